// Ruin and recreate: a neighbourhood of classes is dissolved and built again, and kept if it costs less.
#pragma once

#include <functional>

#include "local/recoding.hpp"

namespace throng::local {

struct RuinOptions {
  std::uint64_t rounds = 0;
  std::uint64_t seed = 1;
  double branches = 1e300;                      ///< see AffordableCells::limit_branches()
  std::function<bool()> is_over;                ///< time is up
  std::function<void(std::uint64_t)> on_round;  ///< told the rounds made; may be empty
};

/// Returns the number of rounds made.
std::uint64_t ruin_and_recreate(Recoding& recoding, const RuinOptions& options);

}  // namespace throng::local
