// The groups along one path of the refinement tree, in a table of the first few QIs only.
//
// The bound of a prefix needs the groups of the QIs decided and the leaves of the next one; QIs further on
// only make items many. So the tuples are cut to the QIs before `end`, equal ones put together: a stage. A
// walk uses the shortest stage that knows the QI it decides, and moves on to the next one with the prefixes
// that are still alive there. Invariant: groups, their weights and their costs are those of the full table.
// A prefix whose children are bounded is only counted; its groups are merged when a child is entered.
// Cost: O(items of the stage) per step; entering a stage repeats the steps that its last path does not share.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "throng/lattice/run_counter.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

/// What the groups of a walk are refined by. Both references must outlive this.
struct GroupRules {
  GroupRules(const Problem& the_problem, const LossModel& the_loss, KAnonymity the_model);

  const Problem& problem;
  const LossModel& loss;
  KAnonymity model;
  /// order[i] = QI decided at depth i: small domains first, so that many records stay together while flags
  /// are decided and bounds rise early.
  std::vector<std::size_t> order;
  std::vector<bool> is_tagged;  ///< per QI: some level's cost differs between values, so groups remember it

  [[nodiscard]] std::size_t num_depths() const { return order.size(); }
  [[nodiscard]] const Hierarchy& hierarchy_at(std::size_t depth) const {
    return problem.lattice.axes[order[depth]].hierarchy;
  }
  /// Top levels of the QIs of some depths.
  [[nodiscard]] std::vector<Level> heights(std::size_t begin, std::size_t end) const;
};

/// The tuples of the QIs of depths before `end`.
struct Stage {
  std::size_t end = 0;
  SuffixTable suffixes;
  std::vector<Weight> weights;  ///< records per tuple
  Groups root;                  ///< at the first depth of the walk
};

/// The table of all QIs alone, its root at depth 0.
Stage full_stage(const GroupRules& rules);

/// A stage has at most one in so many of the tuples of the next (docs/performance.md).
inline constexpr double kTuplesRatio = 1.25;

/// Tables of ascending length, each with kTuplesRatio times the tuples of the one before, or more; the last
/// has all QIs of the order. QIs that are not in the order are left out of all.
std::vector<Stage> make_stages(const GroupRules& rules);

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
  Runs runs;  ///< by leaf of the next QI; without places until merged
  bool is_counted = false;
  Groups groups;  ///< once merged
  bool is_merged = false;

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
  /// The groups that at() spoke of, merged now: those of the first depth belong to the stage.
  const Groups& groups_at(std::size_t depth);

 private:
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
