// Figures of single nodes and their floors.
#include "search/node_evaluator.hpp"

#include "throng/core/parallel.hpp"

namespace throng {

NodeEvaluator::NodeEvaluator(const SearchTask& task)
    : task_(task), plan_(task.problem, task.loss, {task.options.model.k}) {
  for (int worker = 0; worker < task.options.num_threads; ++worker) {
    walks_.emplace_back(plan_);
    levels_.emplace_back(plan_.num_depths());
  }
}

Evaluated NodeEvaluator::evaluate(const Node& node, int worker) {
  ClassWalk& walk = walks_[static_cast<std::size_t>(worker)];
  std::vector<Level>& levels = levels_[static_cast<std::size_t>(worker)];
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = node[plan_.rules.order[i]];
  walk.move_to(levels, levels.size() - 1);
  const ClassSums sums = walk.sums_of_child(levels.back()).front().classes;
  Evaluated evaluated;
  evaluated.loss = task_.loss.loss(walk.costs_of_child(0), sums);
  evaluated.suppressed = sums.suppressed;
  evaluated.floor = sums.suppressed == 0 ? evaluated.loss : floor_of(node, sums);
  ++num_evaluations_;
  return evaluated;
}

std::vector<Evaluated> NodeEvaluator::evaluate_all(std::span<const Node> nodes) {
  std::vector<Evaluated> all(nodes.size());
  parallel_for(task_.options.num_threads, nodes.size(), [&](std::size_t i, int worker) {
    if (!must_stop()) all[i] = evaluate(nodes[i], worker);
  });
  if (must_stop()) all.clear();
  return all;
}

double NodeEvaluator::floor_before(const Node& node) const {
  if (!task_.loss.is_sum_over_cells()) return 0;
  std::vector<std::uint64_t> costs(node.size());
  for (std::size_t j = 0; j < node.size(); ++j) costs[j] = task_.loss.column_cost(j, node[j]);
  return task_.loss.loss(costs);
}

/// Above a node its classes of at least k only merge, and of its suppressed records each is suppressed again
/// or joins a class of at least k: it costs k squares or more, and k of them make a class at most.
double NodeEvaluator::floor_of(const Node& node, const ClassSums& sums) const {
  if (task_.loss.is_sum_over_cells()) return floor_before(node);
  const Count k = task_.options.model.k;
  return task_.loss.loss({}, {sums.classes + sums.suppressed / k, sums.squares + k * sums.suppressed, 0});
}

bool NodeEvaluator::must_stop() {
  if (task_.options.time_limit_seconds <= 0) return false;
  if (has_stopped_) return true;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  if (elapsed.count() > task_.options.time_limit_seconds) has_stopped_ = true;
  return has_stopped_;
}

}  // namespace throng
