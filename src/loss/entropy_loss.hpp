// The metric "entropy": bits of the original value that a released value leaves unknown (non-uniform
// entropy).
//
//   cost of a cell = -log2 Pr(a | g) = log2 f(g) - log2 f(a),   suppressed = log2 n - log2 f(a)
//
// for a cell with original value a released as g, where f counts records. A. G. de Waal and L. C. R. J.
// Willenborg, Information Loss through Global Recoding and Local Suppression, Netherlands Official Statistics
// 14, 1999; normalized as in F. Prasser, R. Bild, K. A. Kuhn, A Generic Method for Assessing the Quality of
// De-Identified Health Data, MIE 2016: 1 when every cell is `*`.
// The sum of log2 f(a) over all records is the same at every node: it is what the original data cost, which
// LossModel subtracts. So a cell costs log2 f(g), whatever it held. Unit: 2^-20 bit, rounded to integers.
// Bounds: yes; a coarser value has no fewer records. Looser than for "loss": an undecided column is bounded
// by its cheapest value.
#pragma once

#include <cmath>

#include "throng/loss/loss_metric.hpp"

namespace throng {

class EntropyLoss final : public CellMetric {
 public:
  static constexpr std::string_view kName = "entropy";

  [[nodiscard]] const char* name() const override { return kName.data(); }
  [[nodiscard]] std::uint32_t cell_cost(const CountedColumn& column, Level l, Code g) const override {
    return units(column.records_below(l, g));
  }
  /// One unit above `*`: a column of a single value tells nothing, yet a suppressed cell of it is lost.
  [[nodiscard]] std::uint32_t full_cost(const CountedColumn& column) const override {
    return units(column.num_records) + 1;
  }

 private:
  static constexpr double kUnitsPerBit = 1 << 20;

  /// log2 of a number of records; a value that no record has costs nothing.
  static std::uint32_t units(Count records) {
    if (records == 0) return 0;
    return static_cast<std::uint32_t>(std::llround(std::log2(static_cast<double>(records)) * kUnitsPerBit));
  }
};

}  // namespace throng
