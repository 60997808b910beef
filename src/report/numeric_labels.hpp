// Columns whose values are numbers, such as years: they are drawn as lines.
#pragma once

#include <string>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// True when all labels but at most one (the missing value) are numbers, and there are enough for a line.
bool is_numeric(const std::vector<std::string>& labels);

/// Places of the labels that are numbers, the smallest number first.
std::vector<std::size_t> numbers_of(const std::vector<std::string>& labels);

/// "1,234", or "about 1,234" for an estimate that is no whole number.
std::string approximate(double records);

}  // namespace throng
