// Counts the records of a merged group by leaf of the next quasi-identifier, without merging it.
//
// To bound a child, a walk needs how many records of each group have each leaf of the next QI, and no item.
// Most children are bounded and never entered, so counting them is all the work there is: one pass that adds
// weights in a table of leaves, where a merge sorts suffixes and another pass finds the runs. Invariant: the
// runs are those that find_runs() finds in the group that RunMerger makes, but for their places. Cost:
// O(items), and O(leaves / 64) per group of several runs.
#pragma once

#include <span>

#include "throng/lattice/groups.hpp"

namespace throng {

/// Keeps scratch space, so one per thread.
class RunCounter {
 public:
  /// Appends to `to` the next group: the runs, all of place [0, 0), of the items of `runs` (of groups `from`,
  /// at `depth`) by leaf of the QI of `next`, the depth after it.
  void append(const Groups& from, std::span<const Run> runs, const SuffixDepth& depth,
              const SuffixDepth& next, Runs& to);

 private:
  OrderedSums sums_;
};

}  // namespace throng
