// The metric "loss": the share of a column's leaves that a released value may stand for (LM, NCP).
//
//   cost of a cell = (leaves(g) - 1) / (|D| - 1),   suppressed = 1
//
// V. Iyengar, Transforming Data to Satisfy Privacy Constraints, KDD 2002 (LM); J. Xu et al., Utility-Based
// Anonymization Using Local Recoding, KDD 2006 (NCP). Here in integers: leaves(g) - 1 against |D| - 1.
// Bounds: yes; a value never covers fewer leaves at a higher level.
#pragma once

#include <algorithm>

#include "throng/loss/loss_metric.hpp"

namespace throng {

class GranularityLoss final : public CellMetric {
 public:
  static constexpr std::string_view kName = "loss";

  [[nodiscard]] const char* name() const override { return kName.data(); }
  [[nodiscard]] bool follows_from_release() const override { return true; }
  [[nodiscard]] bool counts_leaves() const override { return true; }
  [[nodiscard]] std::uint32_t cell_cost(const CountedColumn& column, Level l, Code g) const override {
    return column.hierarchy.leaves_below(l, g) - 1;
  }
  /// A column with one leaf has nothing to generalize, yet a suppressed cell of it is lost.
  [[nodiscard]] std::uint32_t full_cost(const CountedColumn& column) const override {
    return std::max<Code>(column.hierarchy.num_leaves(), 2) - 1;
  }
};

}  // namespace throng
