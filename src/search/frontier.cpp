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
#include <atomic>
#include <chrono>
#include <cstring>
#include <limits>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "search/class_walk.hpp"
#include "search/staircase.hpp"
#include "search/strategies.hpp"
#include "throng/core/error.hpp"
#include "throng/core/tickets.hpp"

namespace throng {

namespace {

/// Subtrees handed out one by one: enough to keep workers busy.
constexpr std::size_t kSubtrees = 64;

/// The staircases of all k, shared by the threads of a rank.
class Staircases {
 public:
  Staircases(std::size_t num_ks, bool has_every_limit) : stairs_(num_ks), has_every_limit_(has_every_limit) {}

  [[nodiscard]] bool is_beaten(std::size_t i, Count suppressed, const Candidate& least) const {
    const std::shared_lock lock(mutex_);
    return stairs_[i].is_beaten(key(suppressed), least);
  }
  void add(std::size_t i, Count suppressed, const Candidate& candidate) {
    const std::unique_lock lock(mutex_);
    stairs_[i].add(key(suppressed), candidate);
  }
  [[nodiscard]] const Staircase& of(std::size_t i) const { return stairs_[i]; }

 private:
  /// When one limit alone is of interest, all that keep it compete.
  [[nodiscard]] Count key(Count suppressed) const { return has_every_limit_ ? suppressed : 0; }

  std::vector<Staircase> stairs_;
  bool has_every_limit_;
  mutable std::shared_mutex mutex_;
};

/// What the walkers of one rank share.
struct FrontierTask {
  const FrontierOptions& options;
  const LossModel& loss;
  ClassWalkPlan plan;
  Staircases stairs;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::atomic<bool> has_stopped{false};

  bool must_stop() {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    if (options.time_limit_seconds > 0 && elapsed.count() > options.time_limit_seconds) has_stopped = true;
    return has_stopped;
  }
};

/// Least figures of the completions of one prefix, for one k.
struct Least {
  Count suppressed = 0;
  double loss = 0;
};

struct FrontierChild {
  Level level = 0;
  double key = 0;  ///< least loss over all k
  std::vector<Least> least;
};

class FrontierWalker {
 public:
  explicit FrontierWalker(FrontierTask& task)
      : task_(task), walk_(task.plan), path_(task.plan.num_depths(), 0) {}

  /// Walks the subtree of a prefix of levels by depth.
  void walk(const std::vector<Level>& prefix) {
    std::copy(prefix.begin(), prefix.end(), path_.begin());
    visit(prefix.size());
  }
  /// Least loss over all k of the completions of `prefix`; infinite when it is out of question.
  double bound_of(const std::vector<Level>& prefix) {
    std::copy(prefix.begin(), prefix.end(), path_.begin());
    return child_of(prefix.size() - 1, prefix.back()).key;
  }
  [[nodiscard]] std::uint64_t nodes_visited() const { return nodes_visited_; }

 private:
  void visit(std::size_t depth);
  FrontierChild child_of(std::size_t depth, Level level);
  [[nodiscard]] Least least_of(std::size_t i, const PrefixSums& sums, bool is_leaf);
  [[nodiscard]] bool is_alive(const FrontierChild& child, std::size_t num_decided) const;
  void accept(const FrontierChild& child);
  [[nodiscard]] Node node_of_path(std::size_t num_decided) const;

  FrontierTask& task_;
  ClassWalk walk_;
  std::vector<Level> path_;
  std::uint64_t nodes_visited_ = 0;
};

Least FrontierWalker::least_of(std::size_t i, const PrefixSums& sums, bool is_leaf) {
  const Count k = task_.plan.ks[i];
  ClassSums classes = sums.classes;
  // Below a prefix classes split, but every class that is kept has at least k records.
  if (!is_leaf) classes = {sums.kept / k, sums.kept * k, classes.suppressed};
  return {classes.suppressed, task_.loss.loss(walk_.costs_of_child(i), classes)};
}

FrontierChild FrontierWalker::child_of(std::size_t depth, Level level) {
  walk_.move_to(path_, depth);
  const std::vector<PrefixSums>& sums = walk_.sums_of_child(level);
  const bool is_leaf = depth + 1 == task_.plan.num_depths();
  FrontierChild child{level, std::numeric_limits<double>::infinity(), {}};
  for (std::size_t i = 0; i < sums.size(); ++i) {
    child.least.push_back(least_of(i, sums[i], is_leaf));
    if (child.least.back().suppressed <= task_.options.max_suppressed)
      child.key = std::min(child.key, child.least.back().loss);
  }
  ++nodes_visited_;
  return child;
}

/// The node whose undecided QIs are at level 0: it comes before every completion that loses as little.
Node FrontierWalker::node_of_path(std::size_t num_decided) const {
  Node node(path_.size(), 0);
  for (std::size_t i = 0; i < num_decided; ++i) node[task_.plan.order[i]] = path_[i];
  return node;
}

bool FrontierWalker::is_alive(const FrontierChild& child, std::size_t num_decided) const {
  Candidate candidate{0, node_of_path(num_decided)};
  for (std::size_t i = 0; i < child.least.size(); ++i) {
    if (child.least[i].suppressed > task_.options.max_suppressed) continue;
    candidate.loss = child.least[i].loss;
    if (!task_.stairs.is_beaten(i, child.least[i].suppressed, candidate)) return true;
  }
  return false;
}

void FrontierWalker::accept(const FrontierChild& child) {
  Candidate candidate{0, node_of_path(path_.size())};
  for (std::size_t i = 0; i < child.least.size(); ++i) {
    if (child.least[i].suppressed > task_.options.max_suppressed) continue;
    candidate.loss = child.least[i].loss;
    task_.stairs.add(i, child.least[i].suppressed, candidate);
  }
}

void FrontierWalker::visit(std::size_t depth) {
  if (task_.must_stop()) return;
  std::vector<FrontierChild> children;
  for (Level level = 0; level <= task_.plan.hierarchy_at(depth).height(); ++level) {
    FrontierChild child = child_of(depth, level);
    path_[depth] = level;
    if (is_alive(child, depth + 1)) children.push_back(std::move(child));
  }
  std::stable_sort(children.begin(), children.end(),
                   [](const FrontierChild& a, const FrontierChild& b) { return a.key < b.key; });
  for (const FrontierChild& child : children) {
    path_[depth] = child.level;
    if (!is_alive(child, depth + 1)) continue;
    if (depth + 1 == task_.plan.num_depths())
      accept(child);
    else
      visit(depth + 1);
  }
}

/// All prefixes of the least length that gives enough subtrees, by ascending bound, the hopeless ones gone.
std::vector<std::vector<Level>> subtrees(FrontierTask& task, FrontierWalker& walker) {
  std::vector<std::vector<Level>> prefixes{{}};
  for (std::size_t depth = 0; depth + 1 < task.plan.num_depths() && prefixes.size() < kSubtrees; ++depth) {
    std::vector<std::vector<Level>> longer;
    for (const std::vector<Level>& prefix : prefixes)
      for (Level level = 0; level <= task.plan.hierarchy_at(depth).height(); ++level) {
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
