// Numbers as people read them.
#pragma once

#include <string>
#include <string_view>

#include "throng/core/types.hpp"

namespace throng {

/// "80,000".
std::string grouped(Count number);
/// "1 class", "2,300 classes".
std::string counted(Count number, std::string_view one, std::string_view many);
/// "4,177 (5.2 %)".
std::string share(Count part, Count whole);

}  // namespace throng
