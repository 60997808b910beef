// The report's own style sheet and script, which its content security policy allows by hash.
#pragma once

#include <string_view>

namespace throng {

std::string_view report_style();
std::string_view report_script();

}  // namespace throng
