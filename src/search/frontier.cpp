// The frontier: one walk over the refinement tree that serves every suppression limit and every k at once.
//
// As in branch and bound, a prefix decides the levels of the first QIs; groups below k stay below k, so it
// knows how many records every completion suppresses at least, and what it loses at least. The answers known
// so far form a staircase: the best loss for every limit. A prefix is dropped when the staircase at its
// suppressed records already lies no higher than its bound, for every k. Invariant: what is dropped changes
// no step, so the staircase is that of all nodes, whatever the order of the walk. One refinement serves all
// k: sums are kept per k over the same groups, those below the least k gone. Cost: O(items) per prefix; more
// prefixes than for one optimum, far fewer than one search per step. The bound is that of branch and bound
// (docs/algorithms/branch-and-bound.md); the staircase is ours.
#include "throng/search/frontier.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <string>

#include "search/frontier_walker.hpp"
#include "search/strategies.hpp"
#include "throng/core/error.hpp"
#include "throng/core/tickets.hpp"

namespace throng {

namespace {

/// Subtrees handed out one by one: enough to keep workers busy.
constexpr std::size_t kSubtrees = 64;

/// All prefixes of the least length that gives enough subtrees, by ascending bound, the hopeless ones gone.
std::vector<std::vector<Level>> subtrees(FrontierTask& task, FrontierWalker& walker) {
  std::vector<std::vector<Level>> prefixes{{}};
  for (std::size_t depth = 0; depth + 1 < task.plan.num_depths() && prefixes.size() < kSubtrees; ++depth) {
    std::vector<std::vector<Level>> longer;
    for (const std::vector<Level>& prefix : prefixes)
      for (Level level = 0; level <= task.plan.rules.hierarchy_at(depth).height(); ++level) {
        longer.push_back(prefix);
        longer.back().push_back(level);
      }
    prefixes = std::move(longer);
  }
  if (prefixes.front().empty()) return prefixes;
  std::vector<std::pair<double, std::vector<Level>>> sorted;
  for (std::vector<Level>& prefix : prefixes) {
    const double bound = walker.bound_of(prefix);
    if (bound < std::numeric_limits<double>::infinity()) sorted.emplace_back(bound, std::move(prefix));
  }
  std::sort(sorted.begin(), sorted.end());
  prefixes.clear();
  for (auto& [bound, prefix] : sorted) prefixes.push_back(std::move(prefix));
  return prefixes;
}

/// *Collective.* The steps of all ranks put together.
Staircase merged(const Staircase& mine, std::size_t num_qi, Communicator& communicator) {
  std::string bytes;
  for (const auto& [suppressed, candidate] : mine.steps()) {
    bytes.append(reinterpret_cast<const char*>(&suppressed), sizeof suppressed);
    bytes.append(reinterpret_cast<const char*>(&candidate.loss), sizeof candidate.loss);
    bytes.append(reinterpret_cast<const char*>(candidate.levels.data()), num_qi);
  }
  Staircase all;
  for (const std::string& each : communicator.all_gather(bytes)) {
    for (const char* at = each.data(); at < each.data() + each.size();) {
      Count suppressed = 0;
      Candidate candidate{0, Node(num_qi)};
      std::memcpy(&suppressed, at, sizeof suppressed);
      std::memcpy(&candidate.loss, at + sizeof suppressed, sizeof candidate.loss);
      std::memcpy(candidate.levels.data(), at + sizeof suppressed + sizeof candidate.loss, num_qi);
      all.add(suppressed, candidate);
      at += sizeof suppressed + sizeof candidate.loss + num_qi;
    }
  }
  return all;
}

/// *Collective.*
void walk_all(FrontierTask& task, Communicator& communicator, FrontierResult& result) {
  std::vector<FrontierWalker> walkers;
  for (int worker = 0; worker < task.options.num_threads; ++worker) walkers.emplace_back(task);
  const std::vector<std::vector<Level>> prefixes = subtrees(task, walkers.front());
  share_work(
      communicator, task.options.num_threads, prefixes.size(),
      [&](std::size_t index, int worker) { walkers[static_cast<std::size_t>(worker)].walk(prefixes[index]); },
      [] {});
  std::uint64_t visited = 0;
  for (const FrontierWalker& walker : walkers) visited += walker.nodes_visited();
  result.nodes_visited = sum_over_ranks(communicator, visited);
  result.is_proved = sum_over_ranks(communicator, task.has_stopped ? 1 : 0) == 0;
}

}  // namespace

FrontierResult frontier(const Problem& problem, const FrontierOptions& options, Communicator& communicator) {
  const auto start = std::chrono::steady_clock::now();
  std::unique_ptr<LossMetric> metric = make_loss_metric(options.metric);
  if (!metric) throw usage_error("unknown loss metric '" + std::string(options.metric) + "'", "use \"loss\"");
  check_served(StrategyKind::kExhaustive, options.metric, options.aggregate);
  const LossModel loss(problem, std::move(metric), options.aggregate);
  FrontierTask task{options, loss, {problem, loss, options.ks}, {options.ks.size(), options.has_every_limit}};
  FrontierResult result;
  walk_all(task, communicator, result);
  for (std::size_t i = 0; i < options.ks.size(); ++i) {
    Frontier& one = result.frontiers.emplace_back(Frontier{options.ks[i], {}});
    const Staircase stairs = merged(task.stairs.of(i), problem.lattice.num_axes(), communicator);
    for (const auto& [suppressed, candidate] : stairs.steps())
      one.steps.push_back(evaluate_node(problem, loss, {options.ks[i]}, candidate.levels));
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

}  // namespace throng
