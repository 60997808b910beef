// The counts of one column's values, and of two columns' together, before and after, over the leaves of their
// hierarchies.
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
  std::vector<Count> before;      ///< records
  std::vector<double> after;      ///< records, a released value counting in equal shares for what it covers
  std::vector<bool> is_estimate;  ///< some of `after` are shares of a value that covers several leaves
};

/// Of every quasi-identifier of `problem`, which is that of `before`. Errors: as compare().
std::vector<LeafCounts> leaf_counts(const Table& before, const Table& after, const Problem& problem);

/// Two columns. Entry x * num_b + y is leaf x of the first and leaf y of the second; the leaves of a column
/// that is no quasi-identifier are its values before, then those that only the release has.
struct PairCounts {
  std::size_t num_b = 0;
  std::vector<Count> before;      ///< records
  std::vector<double> after;      ///< records, released values counting in equal shares for what they cover
  std::vector<bool> is_estimate;  ///< as of LeafCounts
};

/// Of columns `a` and `b` of `before`, which both tables have; `problem` is that of `before`. Errors: as
/// compare().
PairCounts pair_counts(const Table& before, const Table& after, const Problem& problem, std::size_t a,
                       std::size_t b);

}  // namespace throng
