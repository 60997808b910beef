// Numbers as people read them.
#pragma once

#include <string>
#include <string_view>

#include "throng/core/types.hpp"

namespace throng {

/// "80,000".
std::string grouped(Count number);
/// counted() of a noun with a plural of its own.
std::string counted(Count number, std::string_view one, std::string_view many);
/// "1 class", "2,000 classes": `noun` is singular and takes s, after s es.
std::string counted(Count number, std::string_view noun);
/// The same of a number that may be too large for Count: from 10^15 on "1.15e+18 nodes".
std::string counted_roughly(double number, std::string_view noun);
/// "12 s", "3 min 20 s", "2 h 5 min", "12 days", "126 years".
std::string duration(double seconds);
/// "4,177 (5.2 %)".
std::string share(Count part, Count whole);

}  // namespace throng
