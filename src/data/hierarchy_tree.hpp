// Numbers the values of a hierarchy so that every one covers a contiguous range of leaves.
#pragma once

#include <string>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/hierarchy.hpp"

namespace throng {

/// One level before it is numbered: the texts of its values and, per leaf, the index of its value.
struct RawLevel {
  std::vector<std::string> labels;
  std::vector<Code> value_of_leaf;
};

/// Orders the leaves depth first, children in the order of their indices. `levels` must be nested, leaves
/// first, and end with a level of one value.
Hierarchy number_depth_first(const std::vector<RawLevel>& levels);

}  // namespace throng
