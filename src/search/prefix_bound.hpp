// What the QIs cost at least below a child of a prefix, from the groups that stay at or above k.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "search/group_path.hpp"
#include "search/strategies.hpp"

namespace throng {

/// Least costs of a cell, per QI.
struct LeastCosts {
  explicit LeastCosts(const SearchTask& task);

  std::vector<std::uint32_t> any;     ///< at level 0, so at any level
  std::vector<std::uint32_t> raised;  ///< above level 0; the full cost when there is no such level
};

/// Costs of one child at a time, in one order of the QIs. One per thread; all references must outlive it.
class PrefixBound {
 public:
  PrefixBound(const SearchTask& task, const GroupRules& rules, const LeastCosts& least,
              std::size_t first_depth);

  /// Speaks of the child at `level` of the prefix `path[first_depth..depth)` from now on. False when the
  /// child must suppress more records than allowed.
  bool set_child(const PrefixGroups& prefix, std::span<const Level> path, std::size_t depth, Level level);

  /// How many records it keeps.
  [[nodiscard]] Count kept() const { return totals_.kept; }
  /// The least loss: exact when all QIs are decided.
  [[nodiscard]] double loss() const { return task_.loss.loss(costs_); }
  /// Least sum of the terms of the QIs at the depths [begin, end) of the order.
  [[nodiscard]] double terms(std::size_t begin, std::size_t end) const;
  /// Least term of the QI of `depth` when at most `kept` records are.
  [[nodiscard]] double least_term(std::size_t depth, Count kept) const;
  /// How much more each QI at the depths [begin, end) costs at least, not decided yet, above level 0.
  [[nodiscard]] double least_rise(std::size_t begin, std::size_t end) const;

 private:
  void sum_child(const PrefixGroups& prefix, std::size_t depth, Level level);
  void sum_star(const PrefixGroups& prefix, std::size_t depth);

  const SearchTask& task_;
  const GroupRules& rules_;
  const LeastCosts& least_;
  std::size_t first_depth_;
  GroupTotals totals_;                ///< of the child
  std::vector<std::uint64_t> costs_;  ///< per QI, least in the child
};

}  // namespace throng
