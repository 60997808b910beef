// Reads the cost tables through once.
#include "proof/cost_bounds.hpp"

#include <algorithm>

namespace throng {

CostBounds::CostBounds(const ProofTask& task) {
  for (std::size_t j = 0; j < task.problem.lattice.num_axes(); ++j) {
    const Hierarchy& hierarchy = task.problem.lattice.axes[j].hierarchy;
    any.push_back(task.loss.full_cost(j));
    raised.push_back(task.loss.full_cost(j));
    most.emplace_back(hierarchy.labels.size(), 0);
    is_uneven.push_back(false);
    for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
      const auto level = static_cast<Level>(l);
      for (Code g = 0; g < hierarchy.labels[l].size(); ++g) {
        const std::uint32_t cost = task.loss.cell_cost(j, level, g);
        any[j] = std::min(any[j], cost);
        most[j][l] = std::max(most[j][l], cost);
        if (level > 0) raised[j] = std::min(raised[j], cost);
        if (cost != task.loss.cell_cost(j, level, 0)) is_uneven[j] = true;
      }
    }
  }
}

}  // namespace throng
