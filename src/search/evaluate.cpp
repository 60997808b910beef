// One node evaluated by plain grouping: no kernel, no bound, the reference for both.
#include "throng/core/parallel.hpp"
#include "throng/search/search.hpp"

namespace throng {

namespace {

/// The distinct tuples after generalizing to `levels`: their "records" are the tuples of the problem.
DistinctTuples generalize(const Problem& problem, const Node& levels) {
  const DistinctTuples& tuples = problem.tuples;
  std::vector<std::vector<Code>> leaves(levels.size());
  std::vector<LeafColumn> columns;
  for (std::size_t j = 0; j < levels.size(); ++j) {
    tuples.read_codes(j, leaves[j]);
    const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
    const auto num_values = static_cast<Code>(hierarchy.labels[levels[j]].size());
    columns.push_back({leaves[j], hierarchy.value_of_leaf[levels[j]], num_values});
  }
  return make_distinct(columns, tuples.size(), 1);
}

}  // namespace

Solution evaluate_node(const Problem& problem, const LossModel& loss, KAnonymity model, const Node& levels) {
  const DistinctTuples classes = generalize(problem, levels);
  std::vector<Count> class_size(classes.size(), 0);
  for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
    class_size[classes.tuple_of_record[t]] += problem.tuples.weights[t];
  }
  Solution solution;
  solution.levels = levels;
  std::vector<std::uint64_t> costs(levels.size(), 0);
  ClassSums sums;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const bool is_kept = model.is_satisfied_by(class_size[c]);
    sums.classes += is_kept ? 1 : 0;
    sums.squares += is_kept ? class_size[c] * class_size[c] : 0;
    sums.suppressed += is_kept ? 0 : class_size[c];
    for (std::size_t j = 0; j < levels.size(); ++j) {
      const std::uint32_t cost =
          is_kept ? loss.cell_cost(j, levels[j], classes.code(c, j)) : loss.full_cost(j);
      costs[j] += class_size[c] * cost;
    }
  }
  solution.classes = sums.classes;
  solution.suppressed = sums.suppressed;
  solution.loss = loss.loss(costs, sums);
  if (!loss.is_sum_over_cells()) return solution;
  for (std::size_t j = 0; j < levels.size(); ++j)
    solution.loss_per_qi.push_back(loss.loss_of_qi(j, costs[j]));
  return solution;
}

}  // namespace throng
