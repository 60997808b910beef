// Numbers as people read them.
#pragma once

#include <string>

#include "throng/core/types.hpp"

namespace throng {

/// "80,000".
std::string grouped(Count number);
/// "4,177 (5.2 %)".
std::string share(Count part, Count whole);

}  // namespace throng
