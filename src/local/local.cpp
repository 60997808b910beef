// Greedy start, then improvement and bound side by side; rank 0 does the work and tells the others.
#include "throng/local/local.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <numeric>

#include "local/answer.hpp"
#include "local/bound.hpp"
#include "local/greedy.hpp"
#include "local/move.hpp"
#include "local/ruin.hpp"
#include "local/specialize.hpp"
#include "throng/core/error.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

using namespace local;

constexpr std::uint64_t kRounds = 1000;  // without a time limit
constexpr int kBoundRounds = 16;
constexpr std::uint64_t kBoundWork = 150'000'000;
constexpr int kMostBoundRounds = 200;
constexpr double kMostExactNodes = 1 << 14;  // of a lattice whose affordable cells are all listed
constexpr double kBranches = 1 << 18;        // of a walk in a larger one
constexpr Cost kCoarsePercent = 160;
constexpr double kShareOfGreedy = 0.5;  // of the time limit, in a larger one
constexpr double kRuinBranches = 1 << 10;
constexpr double kShareOfBound = 0.7;  // of the time limit: after it the bound is not improved

/// How long a run may take.
class Clock {
 public:
  explicit Clock(double limit) : begin_(std::chrono::steady_clock::now()), limit_(limit) {}
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  /// Of the limit, 0 without one.
  [[nodiscard]] double share() const { return has_limit() ? seconds() / limit_ : 0; }
  [[nodiscard]] bool has_limit() const { return limit_ > 0; }
  [[nodiscard]] std::function<bool()> after(double share) const {
    if (!has_limit()) return [] { return false; };
    return [this, share] { return seconds() > limit_ * share; };
  }

 private:
  std::chrono::steady_clock::time_point begin_;
  double limit_;
};

double num_nodes(const CellSpace& space) {
  double nodes = 1;
  for (std::size_t a = 0; a < space.num_axes(); ++a)
    nodes *= static_cast<double>(space.axis(a).levels.size());
  return nodes;
}

/// Suppressed records that the limit does not allow are released at the coarsest cell, at any loss.
void keep_limit(Recoding& recoding, Count max_suppressed) {
  MoveEvaluator evaluator(recoding);
  while (recoding.suppressed() > max_suppressed) {
    const Tuple t = recoding.of(kSuppressedClass).tuples.front();
    if (!make_move(recoding, evaluator, recoding.space().top(t), true)) return;
  }
}

/// Prices to begin with on fewer columns: per tuple of `part` the greatest cost its records have in those
/// columns.
std::vector<Cost> costs_within(const Recoding& recoding, const CellSpace& part) {
  const CellSpace& space = recoding.space();
  std::vector<std::size_t> axes(part.num_axes());  // of the part in the whole
  for (std::size_t a = 0; a < axes.size(); ++a)
    while (space.axis(axes[a]).qi != part.axis(a).qi) ++axes[a];
  std::map<std::vector<Code>, Cost> by_leaves;
  std::vector<Code> leaves(axes.size());
  for (Tuple t = 0; t < space.num_tuples(); ++t) {
    for (std::size_t a = 0; a < axes.size(); ++a) leaves[a] = space.leaf(t, axes[a]);
    Cost& most = by_leaves[leaves];
    for (const Piece& piece : recoding.pieces(t)) {
      Cost cost = piece.id == kSuppressedClass ? part.suppressed_cost() : 0;
      for (std::size_t a = 0; piece.id != kSuppressedClass && a < axes.size(); ++a)
        cost += space.axis(axes[a]).cost[recoding.of(piece.id).cell[axes[a]]];
      most = std::max(most, cost);
    }
  }
  std::vector<Cost> costs;  // the map has the order of the part's tuples
  for (const auto& entry : by_leaves) costs.push_back(entry.second);
  return costs;
}

Cost prove(const Problem& problem, const LossModel& loss, const LocalOptions& options, const Recoding& start,
           const Clock& clock) {
  BoundOptions bound{options.model.k, clock.has_limit() ? kMostBoundRounds : kBoundRounds,
                     clock.has_limit() ? ~std::uint64_t{0} : kBoundWork, clock.after(kShareOfBound),
                     clock.after(1)};
  const auto parts = small_parts(problem, options.levels);
  if (parts.size() == 1) return lower_bound(start.space(), shared_costs(start), bound);
  const double used = clock.share();
  Cost sum = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const CellSpace space(problem, loss, options.levels, parts[i]);
    const double part = static_cast<double>(i + 1) / static_cast<double>(parts.size());
    bound.is_late = clock.after(used + (1 - used) * kShareOfBound * part);
    sum += lower_bound(space, costs_within(start, space), bound);
  }
  return sum;
}

struct Work {
  LocalAnswer answer;
  Cost bound = 0;
};

Work work(const Problem& problem, const LossModel& loss, const LocalOptions& options, const Clock& clock) {
  const CellSpace space(problem, loss, options.levels);
  const bool is_exact = num_nodes(space) <= kMostExactNodes;
  Recoding recoding(space, options.model.k);
  GreedyOptions greedy;
  greedy.num_threads = options.num_threads;
  if (!is_exact) greedy.branches = kBranches;
  if (!is_exact) greedy.percent = kCoarsePercent;
  greedy.is_over = clock.after(is_exact ? 1 : kShareOfGreedy);
  open_greedily(recoding, greedy);
  if (!is_exact) specialize(recoding);
  for (Tuple t = 0; t < space.num_tuples(); ++t) recoding.settle(t);
  const Recoding start = recoding;
  Work work;
  RuinOptions ruin;
  if (!is_exact) ruin.branches = kRuinBranches;
  ruin.rounds = clock.has_limit() ? ~std::uint64_t{0} : kRounds;
  ruin.is_over = clock.after(1);
  parallel_for(options.num_threads, 2, [&](std::size_t task, int) {
    if (task == 0)
      work.bound = prove(problem, loss, options, start, clock);
    else
      work.answer.rounds = ruin_and_recreate(recoding, ruin);
  });
  keep_limit(recoding, options.max_suppressed);
  fill_answer(recoding, problem, work.answer);
  return work;
}

/// The levels that carry most released records, per QI, `max_levels` of them, the top among them.
std::vector<std::vector<Level>> busiest_levels(const LocalAnswer& answer, const Problem& problem,
                                               unsigned max_levels) {
  std::vector<std::vector<Level>> levels;
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
    std::vector<Count> records(problem.lattice.axes[j].hierarchy.labels.size(), 0);
    for (const LocalClass& each : answer.recoding.classes) records[each.levels[j]] += each.size;
    std::vector<Level> order(records.size());
    std::iota(order.begin(), order.end(), Level{0});
    std::ranges::stable_sort(order, [&](Level a, Level b) { return records[a] > records[b]; });
    order.resize(std::min<std::size_t>(order.size(), max_levels));
    std::ranges::sort(order);
    levels.push_back(order);
  }
  return levels;
}

}  // namespace

LocalResult recode_locally(const Problem& problem, const LocalOptions& options, Communicator& communicator) {
  const Clock clock(options.time_limit_seconds);
  std::unique_ptr<LossMetric> metric = make_loss_metric(options.metric);
  if (!metric) throw usage_error("unknown loss metric '" + std::string(options.metric) + "'", "use \"loss\"");
  const LossModel loss(problem, std::move(metric), options.aggregate);
  std::string packed;
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    Work done = work(problem, loss, options, clock);
    if (options.max_levels > 0) {
      LocalOptions limited = options;
      limited.levels = busiest_levels(done.answer, problem, options.max_levels);
      done = work(problem, loss, limited, Clock(options.time_limit_seconds));
    }
    done.answer.bound = done.bound;
    packed = pack(done.answer);
  });
  const LocalAnswer answer = unpack(communicator.all_gather(packed).front());
  LocalResult result = make_result(answer, problem, loss, options);
  result.seconds = clock.seconds();
  return result;
}

}  // namespace throng
