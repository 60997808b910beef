// The counts of a column's values before and after, over the leaves of its hierarchy.
#pragma once

#include <string>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/table.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

/// One quasi-identifier. Entry v of each vector is leaf v of its hierarchy, in the hierarchy's order.
struct LeafCounts {
  std::string name;
  std::vector<std::string> labels;
  std::vector<Count> before;  ///< records
  std::vector<double> after;  ///< records, a released value counting in equal shares for what it covers
};

/// Of every quasi-identifier of `problem`, which is that of `before`. Errors: as compare().
std::vector<LeafCounts> leaf_counts(const Table& before, const Table& after, const Problem& problem);

}  // namespace throng
