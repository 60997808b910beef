// Checks of the column names of an input, before any cell is read.
#pragma once

#include <span>
#include <string>

#include "throng/data/schema.hpp"

namespace throng {

/// Errors: usage_error at the place of the first described column that is not among `names`, with the nearest
/// name.
void require_described_columns(const InputSpec& input, std::span<const std::string> names);

}  // namespace throng
