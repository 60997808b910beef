// Candidates, tags and bounds of the strategies that walk the lattice.
#include "search/lattice_search.hpp"

#include <algorithm>

namespace throng {

void LatticeSearch::accept(NodeIndex index, const Evaluated& evaluated) {
  nodes_.set(index, TaggedLattice::kEvaluated);
  // A sum over cells has the same floor without evaluation: nothing to remember.
  if (!task_.loss.is_sum_over_cells()) floors_.emplace(index, evaluated.floor);
  if (!evaluator_.is_feasible(evaluated)) {
    nodes_.set_down(index, TaggedLattice::kInfeasible);
    return;
  }
  nodes_.set_up(index, TaggedLattice::kFeasible);
  Candidate candidate{evaluated.loss, nodes_.node_at(index)};
  if (is_better(candidate, best_)) best_ = candidate;
  candidate.loss = evaluated.floor;
  if (!is_better(candidate, best_)) nodes_.set_up(index, TaggedLattice::kBeaten);
}

std::optional<bool> LatticeSearch::check(NodeIndex index) {
  if (evaluator_.must_stop()) return std::nullopt;
  const Evaluated evaluated = evaluator_.evaluate(nodes_.node_at(index));
  accept(index, evaluated);
  return evaluator_.is_feasible(evaluated);
}

std::vector<LatticeSearch::Waiting> LatticeSearch::waiting_nodes() const {
  std::vector<Waiting> waiting;
  for (const NodeIndex index : nodes_.by_height())
    if (nodes_.has(index, TaggedLattice::kFeasible) && !nodes_.has(index, TaggedLattice::kEvaluated) &&
        !nodes_.has(index, TaggedLattice::kBeaten))
      waiting.push_back({floor_before(index), index});
  std::stable_sort(waiting.begin(), waiting.end(),
                   [](const Waiting& a, const Waiting& b) { return a.floor < b.floor; });
  return waiting;
}

void LatticeSearch::check_feasible_nodes() {
  const std::vector<Waiting> waiting = waiting_nodes();
  std::size_t next = 0;
  while (next < waiting.size() && loss_rank(waiting[next].floor) <= loss_rank(best_.loss)) {
    std::vector<NodeIndex> batch;
    for (; next < waiting.size() && batch.size() < kNodesPerBatch; ++next) {
      const auto [floor, index] = waiting[next];
      if (nodes_.has(index, TaggedLattice::kBeaten)) continue;
      if (is_better({floor, nodes_.node_at(index)}, best_)) batch.push_back(index);
    }
    if (!check_all(batch)) return;
  }
}

bool LatticeSearch::check_all(const std::vector<NodeIndex>& batch) {
  std::vector<Node> nodes;
  for (const NodeIndex index : batch) nodes.push_back(nodes_.node_at(index));
  const std::vector<Evaluated> evaluated = evaluator_.evaluate_all(nodes);
  if (evaluated.size() < batch.size()) return false;
  for (std::size_t i = 0; i < batch.size(); ++i) accept(batch[i], evaluated[i]);
  return true;
}

double LatticeSearch::floor_of(NodeIndex index) const {
  const auto known = floors_.find(index);
  return known == floors_.end() ? floor_before(index) : known->second;
}

void LatticeSearch::bound_by(const std::vector<NodeIndex>& lowest) {
  is_bound_proof_ = true;
  lower_bound_ = best_.loss;
  for (const NodeIndex index : lowest) {
    const double floor = floor_of(index);
    lower_bound_ = std::min(lower_bound_, floor);
    if (is_better({floor, nodes_.node_at(index)}, best_)) is_bound_proof_ = false;
  }
}

Finding LatticeSearch::finding(bool is_proved) {
  Finding finding;
  finding.best = best_;
  finding.is_proved = is_proved && !evaluator_.must_stop();
  finding.lower_bound = finding.is_proved && best_.exists() ? best_.loss : 0;
  finding.nodes_visited = evaluator_.num_evaluations();
  return agreed(task_.communicator, finding);
}

Finding LatticeSearch::finding_with_bound() {
  Finding finding;
  finding.best = best_;
  const bool is_complete = !evaluator_.must_stop();
  finding.is_proved = is_complete && is_bound_proof_;
  finding.lower_bound = is_complete && best_.exists() ? lower_bound_ : 0;
  finding.nodes_visited = evaluator_.num_evaluations();
  return agreed(task_.communicator, finding);
}

Finding agreed(Communicator& communicator, Finding mine) {
  mine.best = best_of_ranks(communicator, mine.best);
  mine.lower_bound = min_over_ranks(communicator, mine.lower_bound);
  mine.is_proved = sum_over_ranks(communicator, mine.is_proved ? 0 : 1) == 0;
  mine.nodes_visited = sum_over_ranks(communicator, mine.nodes_visited);
  return mine;
}

}  // namespace throng
