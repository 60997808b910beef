// Figures of the node claimed, and the parting of the QIs into branched and tail.
#include "proof/claim.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "throng/core/error.hpp"

namespace throng {

namespace {

void set_figures(const ProofTask& task, Certificate& claim) {
  const Problem& problem = task.problem;
  std::map<std::vector<Code>, Count> classes;
  std::vector<Code> values(claim.levels.size());
  for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
    for (std::size_t j = 0; j < values.size(); ++j)
      values[j] = problem.lattice.axes[j].hierarchy.value_of_leaf[claim.levels[j]][problem.tuples.code(t, j)];
    classes[values] += problem.tuples.weights[t];
  }
  claim.suppressed = 0;
  std::vector<std::uint64_t> costs(claim.levels.size(), 0);
  for (const auto& [cells, records] : classes) {
    const bool is_kept = task.model.is_satisfied_by(records);
    if (!is_kept) claim.suppressed += records;
    for (std::size_t j = 0; j < costs.size(); ++j)
      costs[j] +=
          records * (is_kept ? task.loss.cell_cost(j, claim.levels[j], cells[j]) : task.loss.full_cost(j));
  }
  claim.loss = task.loss.loss(costs);
}

}  // namespace

std::vector<Level> heights_of(const ProofTask& task, const std::vector<std::size_t>& axes) {
  std::vector<Level> heights;
  for (const std::size_t j : axes) heights.push_back(task.problem.lattice.axes[j].hierarchy.height());
  return heights;
}

double num_nodes(const Lattice& lattice, const std::vector<std::size_t>& axes) {
  double nodes = 1;
  for (const std::size_t j : axes) nodes *= lattice.axes[j].hierarchy.height() + 1.0;
  return nodes;
}

void check_certifiable(const Lattice& lattice) {
  std::vector<std::size_t> tall;
  for (std::size_t j = 0; j < lattice.num_axes(); ++j)
    if (lattice.axes[j].hierarchy.height() > kMostBranchedHeight) tall.push_back(j);
  if (num_nodes(lattice, tall) <= kMostTailNodes) return;
  throw usage_error("a certificate has no room for several hierarchies of more than " +
                        std::to_string(kMostBranchedHeight + 1) + " levels",
                    "leave levels out of them, or do without the certificate");
}

Certificate make_claim(const ProofTask& task, const Node& levels) {
  Certificate claim;
  claim.levels = levels;
  set_figures(task, claim);
  const auto height = [&](std::size_t j) { return task.problem.lattice.axes[j].hierarchy.height(); };
  claim.tail = decision_order(task.problem);
  std::stable_partition(claim.tail.begin(), claim.tail.end(),
                        [&](std::size_t j) { return height(j) <= kMostBranchedHeight; });
  double nodes = 1;
  std::size_t first = claim.tail.size();
  while (first > 0) {
    const Level next = height(claim.tail[first - 1]);
    nodes *= next + 1.0;
    if (nodes > task.most_tail_nodes && first < claim.tail.size() && next <= kMostBranchedHeight) break;
    --first;
  }
  const auto begin = claim.tail.begin();
  claim.branched.assign(begin, begin + static_cast<std::ptrdiff_t>(first));
  claim.tail.erase(begin, begin + static_cast<std::ptrdiff_t>(first));
  return claim;
}

}  // namespace throng
