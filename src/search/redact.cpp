// Strategy "redact": drop the records in classes below k and generalize nothing, the published practice.
#include "search/strategies.hpp"

namespace throng {

Finding search_redact(const SearchTask& task) {
  const Node bottom = task.problem.lattice.bottom();
  const Solution solution = evaluate_node(task.problem, task.loss, task.options.model, bottom);
  Finding finding;
  finding.nodes_visited = 1;
  if (solution.suppressed <= task.options.max_suppressed) finding.best = {solution.loss, bottom};
  return finding;
}

}  // namespace throng
