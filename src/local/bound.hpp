// The proved lower bound of local recoding, by rounds of raising and repairing prices.
#pragma once

#include <functional>
#include <vector>

#include "local/recoding.hpp"

namespace throng::local {

struct BoundOptions {
  Count k = 0;
  int rounds = 0;
  std::uint64_t work = 0;         ///< tuples to look at before the last round
  std::function<bool()> is_late;  ///< no further round
  std::function<bool()> is_over;  ///< time is up
};

/// Nodes of the lattice of the allowed levels.
double num_nodes(const Problem& problem, const LevelSets& levels);

/// Sets of quasi-identifiers whose lattices have at most `most_nodes` nodes, where one of them alone has not
/// more; their bounds add up, since a release is also one of each set's columns and its cost is the sum of
/// theirs.
std::vector<std::vector<std::size_t>> small_parts(const Problem& problem, const LevelSets& levels,
                                                  double most_nodes);

/// Prices to begin with: records that lie in a class for others' sake, which a cheaper open class would take,
/// have the price of that one, and those others bear the difference.
std::vector<Cost> shared_costs(const Recoding& recoding);

/// A cost no local recoding of the records stays below; 0 when time was up before anything was proved.
/// `start`: prices to begin with, per tuple of `space`; they need not be valid.
Cost lower_bound(const CellSpace& space, std::vector<Cost> start, const BoundOptions& options);

}  // namespace throng::local
