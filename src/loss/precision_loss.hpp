// The metric "precision": the share of a hierarchy's height that a released value has climbed.
//
//   Prec = 1 - (sum over cells of l / h) / (n d),   loss = 1 - Prec,   suppressed = h / h
//
// L. Sweeney, Achieving k-Anonymity Privacy Protection Using Generalization and Suppression, IJUFKS 10(5),
// 2002, section 4. It looks at levels alone, not at how many values they merge: "loss" does.
// Bounds: yes; the cost of a cell is its level.
#pragma once

#include <algorithm>

#include "throng/loss/loss_metric.hpp"

namespace throng {

class PrecisionLoss final : public CellMetric {
 public:
  static constexpr std::string_view kName = "precision";

  [[nodiscard]] const char* name() const override { return kName.data(); }
  [[nodiscard]] bool follows_from_release() const override { return true; }
  [[nodiscard]] std::uint32_t cell_cost(const CountedColumn&, Level l, Code) const override { return l; }
  /// A hierarchy that is a single `*` has height 0, yet a suppressed cell of it is lost.
  [[nodiscard]] std::uint32_t full_cost(const CountedColumn& column) const override {
    return std::max<std::uint32_t>(column.hierarchy.height(), 1);
  }
};

}  // namespace throng
