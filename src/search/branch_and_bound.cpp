// Branch and bound among threads and ranks: a first dive, a frontier of subtrees, tickets, a shared
// incumbent.
#include "search/branch_and_bound.hpp"

#include <algorithm>
#include <bit>

#include "throng/core/tickets.hpp"

namespace throng {

namespace {

/// Subtrees per worker: enough that a slow one does not leave the others idle, few enough that walking down
/// to them costs little (docs/performance.md).
constexpr std::size_t kSubtreesPerWorker = 32;
constexpr double kProgressSeconds = 0.1;
/// One in so many QIs is among the last ones that are solved alone first: more bounds, but a longer way to
/// them (docs/performance.md).
constexpr std::size_t kLastQisShare = 2;

/// True when the cells of some level of QI j do not all cost the same: then each group must remember its
/// cost.
bool has_uneven_costs(const LossModel& loss, std::size_t j, const Hierarchy& hierarchy) {
  for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
    for (Code g = 1; g < hierarchy.labels[l].size(); ++g) {
      const auto level = static_cast<Level>(l);
      if (loss.cell_cost(j, level, g) != loss.cell_cost(j, level, 0)) return true;
    }
  }
  return false;
}

std::uint32_t least_level_0_cost(const LossModel& loss, std::size_t j, const Hierarchy& hierarchy) {
  std::uint32_t least = loss.full_cost(j);
  for (Code g = 0; g < hierarchy.num_leaves(); ++g) least = std::min(least, loss.cell_cost(j, 0, g));
  return least;
}

/// One search: the walkers of this rank and what they share.
class ParallelSearch {
 public:
  ParallelSearch(const SearchTask& task, const WalkPlan& plan, Incumbent::Deadline deadline)
      : task_(task), plan_(plan), incumbent_(std::numeric_limits<double>::max(), deadline) {}

  Finding run();

 private:
  void make_frontier();
  void walk_frontier();
  void report(std::size_t index, std::size_t count);
  void exchange_incumbent();
  [[nodiscard]] Finding reduce();

  const SearchTask& task_;
  const WalkPlan& plan_;
  Incumbent incumbent_;
  std::vector<Walker> walkers_;  ///< one per thread; the first also dives and makes the frontier
  std::vector<Prefix> frontier_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double next_report_seconds_ = kProgressSeconds;
};

Finding ParallelSearch::run() {
  walkers_.emplace_back(plan_, incumbent_, Candidate{});
  walkers_.front().dive();
  make_frontier();
  for (int worker = 1; worker < task_.options.num_threads; ++worker) {
    walkers_.emplace_back(plan_, incumbent_, walkers_.front().best());
  }
  walk_frontier();
  return reduce();
}

/// Every rank makes the same frontier: it depends on the dive and on the number of workers only.
void ParallelSearch::make_frontier() {
  const auto num_workers = static_cast<std::size_t>(task_.options.num_threads) *
                           static_cast<std::size_t>(task_.communicator.size());
  const Prefix whole{std::vector<Level>(plan_.first_depth, 0), 0};
  if (num_workers == 1) {
    frontier_ = {whole};
    return;
  }
  for (std::size_t depths = plan_.first_depth + 1; depths < plan_.num_depths(); ++depths) {
    frontier_ = walkers_.front().frontier(depths);
    if (frontier_.empty() || frontier_.size() >= num_workers * kSubtreesPerWorker) return;
  }
  if (plan_.first_depth + 1 == plan_.num_depths()) frontier_ = {whole};
}

void ParallelSearch::walk_frontier() {
  task_.communicator.set_word(Communicator::Word::kIncumbent,
                              std::bit_cast<std::uint64_t>(incumbent_.loss()));
  share_work(
      task_.communicator, task_.options.num_threads, frontier_.size(),
      [&](std::size_t index, int worker) {
        walkers_[static_cast<std::size_t>(worker)].walk(frontier_[index]);
        if (worker == 0) report(index, frontier_.size());
      },
      [&] { exchange_incumbent(); });
}

void ParallelSearch::report(std::size_t index, std::size_t count) {
  if (!task_.options.on_progress || !task_.communicator.is_root()) return;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
  if (elapsed.count() < next_report_seconds_) return;
  next_report_seconds_ = elapsed.count() + kProgressSeconds;
  SearchProgress progress;
  progress.seconds = elapsed.count();
  progress.nodes_visited = walkers_.front().nodes_visited();
  progress.best_loss = incumbent_.loss();
  progress.lower_bound = std::min(frontier_[index].bound, progress.best_loss);
  progress.fraction_done = static_cast<double>(index + 1) / static_cast<double>(count);
  task_.options.on_progress(progress);
}

/// Losses are not negative, so their bit patterns are ordered as they are.
void ParallelSearch::exchange_incumbent() {
  const auto mine = std::bit_cast<std::uint64_t>(incumbent_.loss());
  incumbent_.offer(std::bit_cast<double>(task_.communicator.fetch_min(Communicator::Word::kIncumbent, mine)));
}

Finding ParallelSearch::reduce() {
  Finding finding;
  double open_bound = std::numeric_limits<double>::infinity();
  std::uint64_t visited = 0;
  for (const Walker& walker : walkers_) {
    if (is_better(walker.best(), finding.best)) finding.best = walker.best();
    open_bound = std::min(open_bound, walker.open_bound());
    visited += walker.nodes_visited();
  }
  finding.best = best_of_ranks(task_.communicator, finding.best);
  open_bound = min_over_ranks(task_.communicator, open_bound);
  finding.nodes_visited = sum_over_ranks(task_.communicator, visited);
  finding.is_proved = open_bound == std::numeric_limits<double>::infinity();
  finding.lower_bound = finding.best.exists() ? std::min(finding.best.loss, open_bound) : 0;
  return finding;
}

Incumbent::Deadline deadline_of(const SearchOptions& options) {
  using std::chrono::steady_clock;
  if (options.time_limit_seconds <= 0) return Incumbent::Deadline::max();
  return steady_clock::now() + std::chrono::duration_cast<steady_clock::duration>(
                                   std::chrono::duration<double>(options.time_limit_seconds));
}

/// Solves the problems of the last 1, 2, ... QIs, each with the bounds of the ones before: fills
/// plan.rest_terms. Every rank does, so that they need not meet. Returns the prefixes visited.
std::uint64_t bound_last_qis(WalkPlan& plan, Incumbent::Deadline deadline) {
  SearchOptions options = plan.task.options;
  options.on_progress = {};
  const auto alone = self_communicator();
  const SearchTask task{plan.task.problem, options, plan.task.loss, *alone};
  const std::size_t d = plan.num_depths();
  std::uint64_t visited = 0;
  for (std::size_t depth = d - 1; depth > d - d / kLastQisShare; --depth) {
    plan.start_at(depth);
    const Finding last = ParallelSearch(task, plan, deadline).run();
    plan.rest_terms[depth] = task.loss.terms_of_loss(last.lower_bound);
    visited += last.nodes_visited;
  }
  plan.start_at(0);
  return visited;
}

}  // namespace

WalkPlan::WalkPlan(const SearchTask& search_task)
    : task(search_task),
      order(small_domains_first(task.problem.lattice)),
      rules{task.problem, task.loss, task.options.model, order, is_tagged},
      stages(make_stages(task.problem, order)),
      rest_terms(order.size() + 1, 0) {
  for (std::size_t j = 0; j < order.size(); ++j) {
    const Hierarchy& hierarchy = task.problem.lattice.axes[j].hierarchy;
    least_cost.push_back(least_level_0_cost(task.loss, j, hierarchy));
    is_tagged.push_back(has_uneven_costs(task.loss, j, hierarchy));
  }
  start_at(0);
}

void WalkPlan::start_at(std::size_t depth) {
  first_depth = depth;
  for (Stage& stage : stages)
    if (depth < stage.end) stage.root = root_group(stage.suffixes, stage.weights, depth);
}

void Incumbent::offer(double loss) {
  double known = loss_.load(std::memory_order_relaxed);
  while (loss < known && !loss_.compare_exchange_weak(known, loss, std::memory_order_relaxed)) {
  }
}

bool Incumbent::must_stop() {
  if (has_stopped_.load(std::memory_order_relaxed)) return true;
  if (deadline_ == Deadline::max()) return false;
  if (std::chrono::steady_clock::now() < deadline_) return false;
  has_stopped_ = true;
  return true;
}

Finding search_branch_and_bound(const SearchTask& task) {
  WalkPlan plan(task);
  const Incumbent::Deadline deadline = deadline_of(task.options);
  const std::uint64_t visited_before = bound_last_qis(plan, deadline);
  Finding finding = ParallelSearch(task, plan, deadline).run();
  finding.nodes_visited += visited_before;
  return finding;
}

}  // namespace throng
