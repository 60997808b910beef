// Columns whose values are numbers, such as years: they are drawn as lines.
#pragma once

#include <string>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/utility/distribution.hpp"

namespace throng {

/// True when all labels but at most one (the missing value) are numbers, and there are enough for a line.
bool is_numeric(const std::vector<std::string>& labels);

/// Places of the labels that are numbers, the smallest number first.
std::vector<std::size_t> numbers_of(const std::vector<std::string>& labels);

/// "1,234", or "about 1,234" for an estimate.
std::string approximate(double records, bool is_estimate);

/// The sentence of a caption, as HTML, that tells how many records no line shows since their value is no
/// number; empty where there are none.
std::string outside_text(const LeafCounts& counts);
/// The same of released rows alone: `records` of them hold `label`.
std::string outside_text(const std::string& column, const std::string& label, Count records);

}  // namespace throng
