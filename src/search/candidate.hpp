// The total order on answers: (loss, height, node index), so that there is one answer for any number of
// workers.
#pragma once

#include <cmath>
#include <cstdint>

#include "throng/core/types.hpp"
#include "throng/lattice/lattice.hpp"

namespace throng {

/// Losses are compared at this resolution: sums of equal terms in another order differ far below it, real
/// differences lie far above (1 record of 10^8 in one of 100 QIs is 10^-10).
inline constexpr double kLossResolution = 1e-12;

/// A node that satisfies the constraint, and its loss.
struct Candidate {
  double loss = 2;  ///< above every loss: no candidate
  Node levels;      ///< file order

  [[nodiscard]] bool exists() const { return !levels.empty(); }
};

/// The loss in units of kLossResolution.
inline std::int64_t loss_rank(double loss) { return std::llround(loss / kLossResolution); }

/// True when `a` comes before `b`. A candidate that does not exist comes last.
inline bool is_better(const Candidate& a, const Candidate& b) {
  if (!a.exists() || !b.exists()) return a.exists();
  if (loss_rank(a.loss) != loss_rank(b.loss)) return loss_rank(a.loss) < loss_rank(b.loss);
  const unsigned height_a = height(a.levels);
  const unsigned height_b = height(b.levels);
  return height_a != height_b ? height_a < height_b : a.levels < b.levels;
}

}  // namespace throng
