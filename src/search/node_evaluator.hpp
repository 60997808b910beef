// Evaluates single nodes for the strategies that walk the lattice: one kernel, one count, one stop rule.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

#include "search/class_walk.hpp"
#include "search/strategies.hpp"

namespace throng {

/// Figures of one node. `floor` is a loss that no node above this one (coarser or equal) stays below; it
/// equals `loss` when nothing is suppressed.
struct Evaluated {
  double loss = 1;
  double floor = 0;
  Count suppressed = 0;
};

class NodeEvaluator {
 public:
  explicit NodeEvaluator(const SearchTask& task);

  /// Figures of `node`, by the walk of `worker`; calls of one worker do not overlap.
  Evaluated evaluate(const Node& node, int worker = 0);
  /// Figures of all `nodes`, shared among the threads. Empty when the time is up before the end.
  std::vector<Evaluated> evaluate_all(std::span<const Node> nodes);

  /// The floor as far as it is known without looking at a record: the loss of `node` if nothing were
  /// suppressed for a sum over cells, 0 for other metrics.
  [[nodiscard]] double floor_before(const Node& node) const;

  [[nodiscard]] bool is_feasible(const Evaluated& evaluated) const {
    return evaluated.suppressed <= task_.options.max_suppressed;
  }
  /// True once the time limit has passed.
  [[nodiscard]] bool must_stop();
  [[nodiscard]] std::uint64_t num_evaluations() const { return num_evaluations_; }
  [[nodiscard]] const Lattice& lattice() const { return task_.problem.lattice; }

 private:
  [[nodiscard]] double floor_of(const Node& node, const ClassSums& sums) const;

  const SearchTask& task_;
  ClassWalkPlan plan_;
  std::vector<ClassWalk> walks_;            ///< one per thread
  std::vector<std::vector<Level>> levels_;  ///< one per thread: levels by depth
  std::atomic<std::uint64_t> num_evaluations_{0};
  std::atomic<bool> has_stopped_{false};
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace throng
