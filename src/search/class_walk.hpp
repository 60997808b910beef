// The classes of single nodes, by refining groups along one order of the QIs: the shared kernel of all
// strategies but branch and bound, and of the frontier.
//
// A node is walked to along a GroupPath; the last QI is not merged, only counted. Sums are kept for several k
// at once, over the groups at or above the least. Cost: O(items of the prefix) per step, memory O(d n').
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "search/group_path.hpp"
#include "throng/loss/loss_metric.hpp"

namespace throng {

/// What all walks over one problem read.
struct ClassWalkPlan {
  /// `ks` ascending. Both references must outlive this.
  ClassWalkPlan(const Problem& problem, const LossModel& loss, std::vector<Count> ks);

  std::vector<Count> ks;
  GroupRules rules;  ///< of the least k
  Stage table;
  std::vector<std::uint32_t> least_cost;     ///< per QI: least cost of a cell at level 0
  std::vector<std::uint32_t> greatest_cost;  ///< per QI: greatest cost of a cell at level 0

  [[nodiscard]] std::size_t num_depths() const { return rules.num_depths(); }
};

/// Sums over the classes of at least k records of a prefix.
struct PrefixSums {
  ClassSums classes;
  Count kept = 0;
  std::uint64_t own_cost = 0;               ///< of the QI decided last
  std::vector<std::uint64_t> tagged_costs;  ///< of the tagged QIs decided before

  PrefixSums& operator+=(const PrefixSums& other);
};

/// One per thread.
class ClassWalk {
 public:
  explicit ClassWalk(const ClassWalkPlan& plan);

  /// Walks to the prefix of the first `num_decided` QIs, at `levels` (by depth).
  void move_to(std::span<const Level> levels, std::size_t num_decided);
  /// One more QI decided at `level` on top of the prefix: sums per k, without merging anything.
  const std::vector<PrefixSums>& sums_of_child(Level level);
  /// Total cost per QI (file order) of that child for sums_of_child()[i]. Exact when it decides the last QI,
  /// else what every completion costs at least.
  const std::vector<std::uint64_t>& costs_of_child(std::size_t i);

 private:
  void add_group(const PrefixGroups& prefix, std::size_t g, Level level);
  [[nodiscard]] std::uint64_t undecided_cost(std::size_t j, Count kept, Count suppressed) const;

  const ClassWalkPlan& plan_;
  GroupPath groups_;
  std::vector<Level> path_;
  std::size_t num_decided_ = 0;
  Level child_level_ = 0;
  std::vector<PrefixSums> sums_;
  std::vector<Count> kept_of_group_;  ///< per k
  std::vector<std::uint64_t> costs_;
};

}  // namespace throng
