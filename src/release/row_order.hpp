// The order of the released rows, which has forgotten the order of the records.
#pragma once

#include <string_view>
#include <vector>

#include "throng/release/recode.hpp"

namespace throng {

/// hash(seed, text).
std::uint64_t hash_text(std::uint64_t seed, std::string_view text);

/// Sorts the rows by hash(seed, text of the row). Rows of equal hash are equal, but for collisions: those are
/// settled by codes, which follow from what they mean, since dictionaries and hierarchies are numbered by
/// their texts.
void shuffle_rows(std::vector<ReleasedColumn>& columns, std::size_t num_rows, const RecodeOptions& options);

}  // namespace throng
