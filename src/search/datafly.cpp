// Strategy "datafly": generalizes the QI with the most distinct values until few enough records are below k.
//
// From the original data on, the QI that has the most distinct values in the table goes one level up, until
// the records in classes below k are no more than may be suppressed. No node is compared with another, so
// nothing is proved; the loss plays no part. Cost: one evaluation per level climbed, the sum of the
// hierarchies' heights at most, for any lattice. L. Sweeney, Achieving k-Anonymity Privacy Protection Using
// Generalization and Suppression, IJUFKS 10(5), 2002, section 4.1. Where the paper suppresses up to k
// records, the suppression limit of the job counts; of equal QIs the first goes up.
#include "search/lattice_search.hpp"

namespace throng {

namespace {

/// distinct[j][l]: values of level l of QI j that some record has.
std::vector<std::vector<std::size_t>> distinct_values(const Problem& problem) {
  std::vector<std::vector<std::size_t>> distinct;
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
    const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
    auto& counts = distinct.emplace_back();
    for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
      std::vector<bool> occurs(hierarchy.labels[l].size(), false);
      for (std::size_t t = 0; t < problem.tuples.size(); ++t)
        occurs[hierarchy.value_of_leaf[l][problem.tuples.code(t, j)]] = true;
      std::size_t count = 0;
      for (const bool does_occur : occurs) count += does_occur ? 1 : 0;
      counts.push_back(count);
    }
  }
  return distinct;
}

/// Moves the QI with the most distinct values one level up; false at the top of the lattice.
bool climb(const std::vector<std::vector<std::size_t>>& distinct, Node& node) {
  std::size_t chosen = node.size();
  for (std::size_t j = 0; j < node.size(); ++j) {
    const bool is_at_top = node[j] + std::size_t{1} == distinct[j].size();
    if (is_at_top) continue;
    if (chosen == node.size() || distinct[j][node[j]] > distinct[chosen][node[chosen]]) chosen = j;
  }
  if (chosen == node.size()) return false;
  ++node[chosen];
  return true;
}

}  // namespace

Finding search_datafly(const SearchTask& task) {
  NodeEvaluator evaluator(task);
  const auto distinct = distinct_values(task.problem);
  Node node = task.problem.lattice.bottom();
  Finding finding;
  while (!evaluator.must_stop()) {
    const Evaluated evaluated = evaluator.evaluate(node);
    if (evaluator.is_feasible(evaluated)) {
      finding.best = {evaluated.loss, node};
      break;
    }
    if (!climb(distinct, node)) break;
  }
  finding.nodes_visited = evaluator.num_evaluations();
  return agreed(task.communicator, finding);
}

}  // namespace throng
