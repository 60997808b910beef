// What the values of a released column say about the original ones.
#pragma once

#include <cstddef>
#include <vector>

#include "throng/data/hierarchy.hpp"
#include "throng/data/table.hpp"

namespace throng {

/// A released value that covers a leaf, and the share of it that falls to each leaf it covers.
struct Cover {
  Code value;
  double share;
};

/// One column before and after over one set of leaves: those of its hierarchy, or the values of both tables.
struct Coverage {
  std::size_t num_leaves = 0;
  std::vector<Code> leaf_of_before;          ///< per dictionary code of the column before
  std::vector<std::vector<Cover>> of_leaf;   ///< released values that cover it, most special first
  std::vector<Code> num_leaves_of_released;  ///< per dictionary code of the column after
  std::vector<Code> leaf_of_record;          ///< per record before
};

/// The leaves below each value of a released quasi-identifier; nothing about the records before.
/// Errors: data_error when a value of `after` is in no level of `hierarchy`.
Coverage cover_released(const Column& after, const Hierarchy& hierarchy);

/// Of a quasi-identifier. Errors: data_error when a value of `after` is in no level of `hierarchy`.
Coverage cover_by_hierarchy(const Column& before, const Column& after, const Hierarchy& hierarchy,
                            const std::string& source);

/// Of a column that is released as it is: every value covers itself.
Coverage cover_by_value(const Column& before, const Column& after);

}  // namespace throng
