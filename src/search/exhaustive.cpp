// Strategy "exhaustive": every node of the lattice evaluated, no bound, no tag. The reference inside the
// project.
#include <algorithm>
#include <atomic>

#include "search/node_evaluator.hpp"
#include "throng/core/error.hpp"
#include "throng/core/tickets.hpp"

namespace throng {

namespace {

constexpr std::uint64_t kNodesPerTicket = 16;

/// The node of index `index`, axis 0 the slowest.
Node node_at(const Lattice& lattice, std::uint64_t index) {
  Node node(lattice.num_axes());
  for (std::size_t j = node.size(); j-- > 0;) {
    const std::uint64_t levels = lattice.axes[j].hierarchy.labels.size();
    node[j] = static_cast<Level>(index % levels);
    index /= levels;
  }
  return node;
}

/// Nodes evaluated one by one; each worker keeps the best it has seen.
class Evaluation {
 public:
  Evaluation(const SearchTask& task, std::uint64_t num_nodes)
      : task_(task),
        evaluator_(task),
        num_nodes_(num_nodes),
        best_(static_cast<std::size_t>(task.options.num_threads)) {}

  void run(std::size_t ticket, int worker) {
    if (evaluator_.must_stop()) is_complete_ = false;
    if (!is_complete_) return;
    const std::uint64_t begin = ticket * kNodesPerTicket;
    const std::uint64_t end = std::min(num_nodes_, begin + kNodesPerTicket);
    for (std::uint64_t index = begin; index < end; ++index) evaluate(index, worker);
  }

  /// *Collective.*
  [[nodiscard]] Finding finding() const {
    Finding finding;
    for (const Candidate& candidate : best_) {
      if (is_better(candidate, finding.best)) finding.best = candidate;
    }
    finding.best = best_of_ranks(task_.communicator, finding.best);
    finding.is_proved = sum_over_ranks(task_.communicator, is_complete_ ? 0 : 1) == 0;
    finding.lower_bound = finding.is_proved ? finding.best.loss : 0;
    finding.nodes_visited = sum_over_ranks(task_.communicator, evaluator_.num_evaluations());
    return finding;
  }

 private:
  void evaluate(std::uint64_t index, int worker) {
    Candidate& mine = best_[static_cast<std::size_t>(worker)];
    Candidate candidate{0, node_at(task_.problem.lattice, index)};
    const Evaluated evaluated = evaluator_.evaluate(candidate.levels, worker);
    candidate.loss = evaluated.loss;
    if (evaluator_.is_feasible(evaluated) && is_better(candidate, mine)) mine = std::move(candidate);
  }

  const SearchTask& task_;
  NodeEvaluator evaluator_;
  std::uint64_t num_nodes_;
  std::vector<Candidate> best_;
  std::atomic<bool> is_complete_{true};
};

}  // namespace

Finding search_exhaustive(const SearchTask& task) {
  const auto num_nodes = task.problem.lattice.num_nodes();
  if (!num_nodes) throw usage_error("the lattice has over 2^64 nodes", "use strategy = \"optimal\"");
  Evaluation evaluation(task, *num_nodes);
  const std::size_t num_tickets = *num_nodes / kNodesPerTicket + (*num_nodes % kNodesPerTicket != 0 ? 1 : 0);
  share_work(
      task.communicator, task.options.num_threads, num_tickets,
      [&](std::size_t ticket, int worker) { evaluation.run(ticket, worker); }, [] {});
  return evaluation.finding();
}

}  // namespace throng
