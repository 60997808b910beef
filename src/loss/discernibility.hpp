// The metric "discernibility": how many records each record cannot be told from.
//
//   DM = sum over classes E, |E| >= k, of |E|^2  +  sum over suppressed records of n
//   loss = (DM - DM_0) / (n^2 - DM_0),   DM_0 = sum of |E|^2 over the classes of the original data
//
// R. J. Bayardo and R. Agrawal, Data Privacy through Optimal k-Anonymization, ICDE 2005, section 4.1;
// normalized so that the original data lose 0 and everything suppressed loses 1. DM <= n^2 < 2^64 is exact.
// Bounds: not for the refinement tree, where deciding a QI splits classes and the sum falls. Along the
// lattice classes only merge, which is what the strategies that walk it use (docs/algorithms/strategies.md).
#pragma once

#include <algorithm>

#include "throng/loss/loss_metric.hpp"

namespace throng {

class Discernibility final : public ClassMetric {
 public:
  static constexpr std::string_view kName = "discernibility";

  [[nodiscard]] const char* name() const override { return kName.data(); }
  [[nodiscard]] double loss(const ClassSums& sums, const ClassSums& original, Count n) const override {
    if (sums.suppressed == n) return n == 0 ? 0 : 1;
    const std::uint64_t cost = std::min(sums.squares + n * sums.suppressed, n * n);
    if (cost <= original.squares) return 0;
    return static_cast<double>(cost - original.squares) / static_cast<double>(n * n - original.squares);
  }
};

}  // namespace throng
