// Tables of the first few QIs of an order, for walks that know no more of it yet.
//
// The bound of a prefix needs the groups of the QIs decided and the leaves of the next one; QIs further on
// only make items many. So the suffixes are cut to the QIs before `end`, equal ones put together: a stage.
// Invariant: groups of a stage, their weights and their costs are those of the full table. Cost: O(d n') for
// the full table, less for each of the d shorter ones, so O(d^2 n') in simple steps at most.
#pragma once

#include <vector>

#include "throng/lattice/groups.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

/// What the groups of a walk are refined by. Both references must outlive this.
struct GroupRules {
  GroupRules(const Problem& the_problem, const LossModel& the_loss, KAnonymity the_model);

  const Problem& problem;
  const LossModel& loss;
  KAnonymity model;
  /// order[i] = QI decided at depth i, as decision_order() says.
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
  Groups root;  ///< at the first depth of the walk
};

/// The table of all QIs alone, its root at depth 0.
Stage full_stage(const GroupRules& rules);

/// A stage has at most one in so many of the tuples of the next (docs/performance.md).
inline constexpr double kTuplesRatio = 1.25;

/// Tables of ascending length, each with kTuplesRatio times the tuples of the one before, or more; the last
/// has all QIs of the order. QIs that are not in the order are left out of all.
std::vector<Stage> make_stages(const GroupRules& rules);

}  // namespace throng
