// The metric "average_class_size": records per class.
//
//   C = n / c,   loss = (C - C_0) / (n - C_0) = (c_0 - c) / (c (c_0 - 1)),   everything suppressed = 1
//
// for c classes of at least k records, c_0 classes of the original data. K. LeFevre, D. DeWitt, R.
// Ramakrishnan, Mondrian Multidimensional k-Anonymity, ICDE 2006, section 4 (C_AVG, which divides C by k: a
// constant). Suppressed records count in n and make no class, so suppression is never free. Normalized so
// that the original data lose 0 and a single class loses 1.
// Bounds: not for the refinement tree, where deciding a QI makes more classes. Along the lattice classes only
// merge, which is what the strategies that walk it use (docs/algorithms/strategies.md).
#pragma once

#include "throng/loss/loss_metric.hpp"

namespace throng {

class AverageClassSize final : public ClassMetric {
 public:
  static constexpr std::string_view kName = "average_class_size";

  [[nodiscard]] const char* name() const override { return kName.data(); }
  [[nodiscard]] double loss(const ClassSums& sums, const ClassSums& original, Count n) const override {
    const Count c = sums.classes;
    if (c == 0) return n == 0 ? 0 : 1;
    if (c >= original.classes) return 0;
    return static_cast<double>(original.classes - c) /
           (static_cast<double>(c) * static_cast<double>(original.classes - 1));
  }
};

}  // namespace throng
