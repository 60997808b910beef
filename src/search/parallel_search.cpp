// The rounds: their beginning, their end, and what the ranks tell each other in between.
#include "search/parallel_search.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "throng/core/check.hpp"
#include "throng/core/tickets.hpp"

namespace throng {

namespace {

using std::chrono::steady_clock;

/// Subtrees per worker: enough that a slow one does not leave the others idle, few enough that walking down
/// to them costs little (docs/performance.md).
constexpr std::size_t kSubtreesPerWorker = 8;
/// Where the search looks ahead: its subtrees are large and differ more.
constexpr std::size_t kLargeSubtreesPerWorker = 16;
/// Subtrees per shard: shards cannot share again what turned out to be large.
constexpr std::size_t kSubtreesPerShard = 256;
constexpr double kProgressSeconds = 0.1;
/// Between two meetings of several ranks: short enough that a signal to one of them stops all soon, long
/// enough that walking down to the prefixes of others costs little.
constexpr double kRoundSeconds = 0.5;

}  // namespace

ParallelSearch::ParallelSearch(const SearchTask& task, const WalkPlan& plan, StopRule rule)
    : task_(task), plan_(plan), rule_(std::move(rule)), next_report_seconds_(kProgressSeconds) {}

Finding ParallelSearch::run(SearchState state) {
  bool is_new = !state.has_frontier;  // nobody has saved it
  state_ = std::move(state);
  start();
  const double interval =
      task_.options.checkpointing == nullptr ? 0 : task_.options.checkpointing->interval_seconds;
  if (interval > 0) next_save_ = seconds_from_now(seconds_to_next_save(interval, 0));
  while ((must_dive_ || !state_.open.empty()) && !is_stopped_) {
    walk_round();
    must_dive_ = false;
    meet();
    is_new = true;
    if (!is_save_due_ || is_stopped_) continue;
    const auto begin = steady_clock::now();
    save_state(task_, state_);
    is_new = false;
    const std::chrono::duration<double> save_time = steady_clock::now() - begin;
    next_save_ = seconds_from_now(seconds_to_next_save(interval, save_time.count()));
  }
  if (is_new) save_state(task_, state_);
  return finding();
}

void ParallelSearch::start() {
  if (state_.best.exists()) incumbent_.offer(state_.best.loss);
  walkers_.resize(static_cast<std::size_t>(task_.options.num_threads));
  leftovers_.resize(walkers_.size());
  if (state_.has_frontier) return;
  make_frontier();
  take_shard();
  state_.has_frontier = must_dive_ = true;
}

/// Made by the thread that uses it, while others are at work.
Walker& ParallelSearch::walker_of(int worker) {
  std::unique_ptr<Walker>& walker = walkers_[static_cast<std::size_t>(worker)];
  if (!walker) walker = std::make_unique<Walker>(plan_, incumbent_, state_.best);
  return *walker;
}

/// Every rank makes the same frontier: it depends on the number of workers or shards only.
void ParallelSearch::make_frontier() {
  const std::size_t num_shards = task_.options.shard.count;
  const auto num_workers = static_cast<std::size_t>(task_.options.num_threads) *
                           static_cast<std::size_t>(task_.communicator.size());
  const std::size_t wanted =
      num_shards > 1
          ? num_shards * kSubtreesPerShard
          : num_workers * (plan_.lookaheads.empty() ? kSubtreesPerWorker : kLargeSubtreesPerWorker);
  state_.open = walker_of(0).frontier(num_workers == 1 && num_shards == 1 ? 1 : wanted);
}

/// Every n-th prefix, so that each shard gets promising and hopeless ones.
void ParallelSearch::take_shard() {
  const Shard& shard = task_.options.shard;
  if (shard.count == 1) return;
  state_.division = division_of(state_.order, state_.open);
  std::vector<Prefix> mine;
  for (std::size_t i = shard.index; i < state_.open.size(); i += shard.count)
    mine.push_back(std::move(state_.open[i]));
  state_.open = std::move(mine);
}

StopRule::Deadline ParallelSearch::end_of_round() const {
  const auto end = std::min(rule_.deadline, next_save_);
  return task_.communicator.size() == 1 ? end : std::min(end, seconds_from_now(kRoundSeconds));
}

void ParallelSearch::walk_round() {
  least_bounds_.assign(state_.open.size(), std::numeric_limits<double>::infinity());
  for (std::size_t i = state_.open.size(); i-- > 0;)
    least_bounds_[i] =
        std::min(state_.open[i].bound, i + 1 < least_bounds_.size() ? least_bounds_[i + 1] : 2.0);
  incumbent_.start({end_of_round(), rule_.must_stop});
  task_.communicator.set_word(Communicator::Word::kIncumbent,
                              std::bit_cast<std::uint64_t>(incumbent_.loss()));
  const std::size_t num_dives = must_dive_ ? 1 : 0;
  share_work(
      task_.communicator, task_.options.num_threads, num_dives + state_.open.size(),
      [&](std::size_t ticket, int worker) {
        Walker& walker = walker_of(worker);
        if (ticket < num_dives) return walker.dive();
        const std::size_t index = ticket - num_dives;
        if (worker == 0) walker.set_watch([this, index] { report(index); });
        walker.walk(state_.open[index]);
        for (Prefix& prefix : walker.take_open())
          leftovers_[static_cast<std::size_t>(worker)].push_back({index, std::move(prefix)});
      },
      [&] { exchange_incumbent(); });
}

/// Losses are not negative, so their bit patterns are ordered as they are.
void ParallelSearch::exchange_incumbent() {
  const auto mine = std::bit_cast<std::uint64_t>(incumbent_.loss());
  incumbent_.offer(std::bit_cast<double>(task_.communicator.fetch_min(Communicator::Word::kIncumbent, mine)));
}

/// Puts the leftovers of all ranks in the place of the prefixes they are left over from.
void ParallelSearch::meet() {
  std::vector<Leftover> leftovers;
  const std::vector<std::string> messages = task_.communicator.all_gather(message());
  is_save_due_ = false;
  for (std::size_t rank = messages.size(); rank-- > 0;) read_message(messages[rank], leftovers);
  std::stable_sort(leftovers.begin(), leftovers.end(),
                   [](const Leftover& a, const Leftover& b) { return a.source < b.source; });
  std::size_t num_open = 0;
  for (std::size_t i = 0; i < leftovers.size(); ++i)
    num_open += i == 0 || leftovers[i].source != leftovers[i - 1].source;
  num_closed_ += state_.open.size() - num_open;
  state_.open.clear();
  for (Leftover& leftover : leftovers) state_.open.push_back(std::move(leftover.prefix));
  if (state_.best.exists()) incumbent_.offer(state_.best.loss);
  visited_before_ = 0;
  for (const auto& walker : walkers_) visited_before_ += walker ? walker->nodes_visited() : 0;
  for (auto& own : leftovers_) own.clear();
}

std::string ParallelSearch::message() const {
  StateWriter writer;
  writer.number(rule_.holds() ? 1 : 0);
  writer.number(steady_clock::now() >= next_save_ ? 1 : 0);
  Candidate best = state_.best;
  std::uint64_t visited = 0;
  for (const auto& walker : walkers_) {
    if (!walker) continue;
    if (is_better(walker->best(), best)) best = walker->best();
    visited += walker->nodes_visited();
  }
  writer.number(visited - visited_before_);
  write_prefix(writer, {best.levels, best.loss});
  for (const auto& own : leftovers_)
    for (const Leftover& leftover : own) {
      writer.number(leftover.source);
      write_prefix(writer, leftover.prefix);
    }
  return std::move(writer).take();
}

void ParallelSearch::read_message(std::string_view message, std::vector<Leftover>& leftovers) {
  StateReader reader(message);
  is_stopped_ = reader.number() != 0 || is_stopped_;
  is_save_due_ = reader.number() != 0;  // rank 0's, which is read last, decides
  state_.nodes_visited += reader.number();
  const Prefix best = read_prefix(reader);
  const Candidate candidate{best.bound, best.levels};
  if (is_better(candidate, state_.best)) state_.best = candidate;
  while (!reader.is_whole()) {
    const std::uint64_t source = reader.number();
    leftovers.push_back({source, read_prefix(reader)});
    THRONG_CHECK(reader.is_good());
  }
}

void ParallelSearch::report(std::size_t index) {
  if (!task_.options.on_progress || !task_.communicator.is_root()) return;
  const std::chrono::duration<double> elapsed = steady_clock::now() - start_;
  if (elapsed.count() < next_report_seconds_) return;
  next_report_seconds_ = elapsed.count() + kProgressSeconds;
  SearchProgress progress;
  progress.seconds = elapsed.count();
  progress.nodes_visited = walkers_.front()->nodes_visited();
  progress.best_loss = incumbent_.loss();
  progress.lower_bound = std::min(least_bounds_[index], progress.best_loss);
  progress.fraction_done =
      static_cast<double>(num_closed_ + index) / static_cast<double>(num_closed_ + state_.open.size());
  task_.options.on_progress(progress);
}

Finding ParallelSearch::finding() const {
  Finding finding;
  finding.best = state_.best;
  finding.nodes_visited = state_.nodes_visited;
  finding.is_proved = state_.open.empty();
  finding.is_stopped = !state_.open.empty();
  finding.division = state_.division;
  double open_bound = std::numeric_limits<double>::infinity();
  for (const Prefix& prefix : state_.open) open_bound = std::min(open_bound, prefix.bound);
  finding.lower_bound = finding.best.exists() ? std::min(finding.best.loss, open_bound) : 0;
  return finding;
}

}  // namespace throng
