// Which columns to coarsen or drop, computed for the whole table and for single combinations.
#pragma once

#include <vector>

#include "content.hpp"

namespace throng {

/// Evaluates what-ifs on one problem: nodes by plain grouping, columns by their own loss.
class WhatIf {
 public:
  WhatIf(const Problem& problem, const SearchOptions& search);

  [[nodiscard]] Solution evaluate(const Node& levels) const;
  /// Loss of QI j at level l with nothing suppressed, in [0, 1].
  [[nodiscard]] double column_loss(std::size_t j, Level l) const { return column_loss_[j][l]; }
  /// Every column at every level above 0, least at risk first, then least loss.
  [[nodiscard]] std::vector<SingleChange> single_changes() const;
  /// The cheapest change of one column of `qi` that leaves nobody at risk by `qi`.
  [[nodiscard]] std::optional<Fix> cheapest_fix(Combination qi) const;
  /// The cheapest change of two columns of `qi`, by the sum of their losses, that leaves nobody at risk by
  /// it; empty when there is none. Each node that is looked at takes one of `trials`; nothing when they run
  /// out.
  [[nodiscard]] std::optional<std::vector<Fix>> cheapest_pair(Combination qi, std::size_t& trials) const;

 private:
  [[nodiscard]] Count at_risk(const Node& levels) const;
  [[nodiscard]] std::vector<Fix> changes_of(std::size_t j) const;

  const Problem& problem_;
  KAnonymity model_;
  LossModel loss_;
  std::vector<std::vector<double>> column_loss_;
};

}  // namespace throng
