// The groups along one path of the refinement tree, in one of its stages (stages.hpp).
//
// A walk uses the shortest stage that knows the QI it decides, and moves on to the next one with the prefixes
// that are still alive there. A prefix whose children are bounded is only counted; its groups are merged when
// a child is entered. Cost: O(items of the stage) per step; entering a stage repeats the steps that its last
// path does not share.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "search/stages.hpp"
#include "throng/lattice/run_counter.hpp"

namespace throng {

/// Sums over the groups that are at or above k.
struct GroupTotals {
  Count kept = 0;
  std::uint64_t own_cost = 0;               ///< of the QI decided last
  std::vector<std::uint64_t> tagged_costs;  ///< of the tagged QIs decided before
};

/// The groups at or above k of one prefix.
struct PrefixGroups {
  GroupTotals totals;
  std::vector<std::uint32_t> tags;  ///< per group: cell cost of every tagged QI decided before
  std::size_t tags_per_group = 0;
  Runs runs;                ///< by leaf of the next QI; without places until merged
  bool is_counted = false;  ///< all but the groups are those of the path
  Groups groups;
  bool is_merged = false;  ///< the groups are, too

  void clear_totals();
  /// Adds the group whose tags come last.
  void add_to_totals(Count weight);
};

/// State of all depths of one path, kept where the next path shares it. One per thread and stage.
class GroupPath {
 public:
  /// Both must outlive this.
  GroupPath(const GroupRules& rules, const Stage& stage, std::size_t first_depth);

  /// The totals and the runs of the prefix `path[first_depth..depth)`; depth is before the stage's end.
  const PrefixGroups& at(std::span<const Level> path, std::size_t depth);

 private:
  /// The groups of a merged prefix: those of the first depth belong to the stage.
  [[nodiscard]] const Groups& groups_at(std::size_t depth) const {
    return depth == first_depth_ ? stage_.root : prefixes_[depth].groups;
  }
  void count(std::size_t depth);
  void merge(std::size_t depth);
  template <typename Append>
  void for_each_kept(std::size_t depth, const Append& append);

  const GroupRules& rules_;
  const Stage& stage_;
  std::size_t first_depth_;
  std::vector<PrefixGroups> prefixes_;  ///< per depth
  std::vector<Level> path_;             ///< that prefixes_ belong to, as far as they are valid
  RunMerger merger_;
  RunCounter counter_;
};

}  // namespace throng
