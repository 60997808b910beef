// Strategy "top_down": from `*` everywhere, specializes one QI at a time, always to the least loss.
//
// From the top of the lattice, all nodes one level finer in one QI are evaluated; the best feasible one is
// taken as long as it is better than where we are. A finer node of an infeasible one is infeasible, so
// nothing feasible is behind those passed over; but the first local optimum ends the walk, and nothing is
// proved. Cost: d evaluations per step, at most the sum of the hierarchies' heights steps, for any lattice.
// B. C. M. Fung, K. Wang, P. S. Yu, Top-Down Specialization for Information and Privacy Preservation, ICDE
// 2005; their score is information gain per anonymity lost, ours the loss itself, so that all strategies
// pursue the same goal.
#include "search/lattice_search.hpp"

namespace throng {

namespace {

std::vector<Node> specializations(const Node& node) {
  std::vector<Node> finer;
  for (std::size_t j = 0; j < node.size(); ++j) {
    if (node[j] == 0) continue;
    finer.push_back(node);
    --finer.back()[j];
  }
  return finer;
}

/// The best feasible node among `nodes`, if it is better than `best`.
bool improve(NodeEvaluator& evaluator, const std::vector<Node>& nodes, Candidate& best) {
  const std::vector<Evaluated> evaluated = evaluator.evaluate_all(nodes);
  bool is_improved = false;
  for (std::size_t i = 0; i < evaluated.size(); ++i) {
    Candidate candidate{evaluated[i].loss, nodes[i]};
    if (!evaluator.is_feasible(evaluated[i]) || !is_better(candidate, best)) continue;
    best = std::move(candidate);
    is_improved = true;
  }
  return is_improved;
}

}  // namespace

Finding search_top_down(const SearchTask& task) {
  NodeEvaluator evaluator(task);
  Finding finding;
  std::vector<Node> nodes{task.problem.lattice.top()};
  while (improve(evaluator, nodes, finding.best)) nodes = specializations(finding.best.levels);
  finding.nodes_visited = evaluator.num_evaluations();
  return agreed(task.communicator, finding);
}

}  // namespace throng
