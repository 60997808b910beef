// The search by definition: every node by plain grouping, the best in the order on answers. No walk, no
// bound.
#pragma once

#include <cmath>

#include "throng/search/search.hpp"

namespace throng::test {

/// True when `a` comes before `b`: (loss at a resolution of 1e-12, height, node).
inline bool comes_before(const Solution& a, const Solution& b) {
  const auto rank_a = std::llround(a.loss * 1e12);
  const auto rank_b = std::llround(b.loss * 1e12);
  if (rank_a != rank_b) return rank_a < rank_b;
  const unsigned height_a = height(a.levels);
  const unsigned height_b = height(b.levels);
  return height_a != height_b ? height_a < height_b : a.levels < b.levels;
}

inline std::optional<Solution> reference_search(const Problem& problem, const SearchOptions& options) {
  const LossModel loss(problem, make_loss_metric(options.metric), options.aggregate);
  std::optional<Solution> best;
  Node node = problem.lattice.bottom();
  do {
    Solution solution = evaluate_node(problem, loss, options.model, node);
    if (solution.suppressed > options.max_suppressed) continue;
    if (!best || comes_before(solution, *best)) best = std::move(solution);
  } while (next_node(problem.lattice, node));
  return best;
}

}  // namespace throng::test
