// Start, then improvement and bound side by side; rank 0 does the work and tells the others.
#include "throng/local/local.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "local/answer.hpp"
#include "local/prove.hpp"
#include "local/ruin.hpp"
#include "local/start.hpp"
#include "throng/core/error.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

using namespace local;

constexpr std::uint64_t kRounds = 1000;  // without a time limit
constexpr double kShareOfGreedy = 0.5;   // of the time limit, in a large lattice
constexpr double kShareOfFirst = 0.25;   // of the time limit, to choose levels
constexpr double kRuinBranches = 1 << 10;

LossModel loss_model(const Problem& problem, const LocalOptions& options) {
  std::unique_ptr<LossMetric> metric = make_loss_metric(options.metric);
  if (!metric) throw usage_error("unknown loss metric '" + std::string(options.metric) + "'", "use \"loss\"");
  return {problem, std::move(metric), options.aggregate};
}

/// One run on rank 0.
class Work {
 public:
  Work(const Problem& problem, const LossModel& loss, LocalOptions options, const Clock& clock)
      : problem_(problem), loss_(loss), options_(std::move(options)), clock_(clock) {}

  LocalAnswer recode() {
    if (options_.max_levels > 0) options_.levels = busiest_levels();
    const CellSpace space(problem_, loss_, options_.levels);
    Recoding recoding(space, options_.model.k);
    start(recoding, 1);
    const Recoding started = recoding;
    LocalAnswer answer;
    parallel_for(options_.num_threads, 2, [&](std::size_t task, int) {
      if (task == 0)
        prove_from(started);
      else
        answer.rounds = improve(recoding);
    });
    return finished(recoding, answer);
  }

  LocalAnswer apply(const std::vector<PlannedClass>& plan) {
    const CellSpace space(problem_, loss_, options_.levels);
    const std::vector<Cell> cells = planned_cells(problem_, space, plan);
    Recoding recoding(space, options_.model.k);
    start_from_plan(recoding, cells, {clock_.after(1), 0}, options_.num_threads);
    prove_from(recoding);
    LocalAnswer answer;
    answer = finished(recoding, answer);
    answer.drift = drift_of(recoding, cells);
    return answer;
  }

 private:
  void start(Recoding& recoding, double share) const {
    const bool is_small = is_walked_wholly(recoding.space());
    const double part = is_small ? share : share * kShareOfGreedy;
    start_greedily(recoding, {clock_.after(part), 0}, options_.num_threads);
    if (is_small) return;
    Recoding cut(recoding.space(), options_.model.k);
    start_from_cuts(cut);
    if (cut.total() < recoding.total()) recoding = std::move(cut);
  }

  void prove_from(const Recoding& recoding) {
    bound_ = prove(problem_, loss_, options_, recoding, clock_, [&](Cost proved) { proved_ = proved; });
  }

  std::uint64_t improve(Recoding& recoding) const {
    RuinOptions ruin;
    if (!is_walked_wholly(recoding.space())) ruin.branches = kRuinBranches;
    ruin.rounds = clock_.has_limit() ? ~std::uint64_t{0} : kRounds;
    ruin.is_over = clock_.after(1);
    if (options_.on_progress)
      ruin.on_round = [&](std::uint64_t round) { options_.on_progress(progress(recoding, round)); };
    return ruin_and_recreate(recoding, ruin);
  }

  [[nodiscard]] LocalProgress progress(const Recoding& recoding, std::uint64_t round) const {
    const double unit =
        static_cast<double>(kFullCost) * static_cast<double>(std::max<Count>(1, problem_.num_records()));
    const double of_rounds = static_cast<double>(round) / static_cast<double>(kRounds);
    return {clock_.seconds(), round, static_cast<double>(recoding.total()) / unit,
            static_cast<double>(proved_.load()) / unit,
            std::min(1.0, clock_.has_limit() ? clock_.share() : of_rounds)};
  }

  LocalAnswer finished(Recoding& recoding, LocalAnswer answer) const {
    keep_limit(recoding, options_.max_suppressed);
    fill_answer(recoding, problem_, answer);
    answer.bound = bound_;
    return answer;
  }

  /// The levels that carry most released records after a free start, per QI.
  [[nodiscard]] LevelSets busiest_levels() const {
    const CellSpace space(problem_, loss_, options_.levels);
    Recoding recoding(space, options_.model.k);
    start(recoding, kShareOfFirst);
    LevelSets chosen(space.num_axes());
    for (std::size_t a = 0; a < space.num_axes(); ++a) {
      const CellAxis& axis = space.axis(a);
      std::vector<Level> order = axis.levels;
      std::vector<Count> records(problem_.lattice.axes[axis.qi].hierarchy.labels.size(), 0);
      for (ClassId id = 1; id < recoding.num_ids(); ++id)
        if (recoding.of(id).size > 0) records[axis.level[recoding.of(id).cell[a]]] += recoding.of(id).size;
      std::ranges::stable_sort(order, [&](Level x, Level y) { return records[x] > records[y]; });
      order.resize(std::min<std::size_t>(order.size(), options_.max_levels));
      std::ranges::sort(order);
      chosen[axis.qi] = order;
    }
    return chosen;
  }

  const Problem& problem_;
  const LossModel& loss_;
  LocalOptions options_;
  const Clock& clock_;
  Cost bound_ = 0;
  std::atomic<Cost> proved_{0};
};

/// Lets rank 0 work and tells every rank its answer.
PlannedResult on_root(const Problem& problem, const LocalOptions& options, Communicator& communicator,
                      const std::function<LocalAnswer(Work&)>& job) {
  const Clock clock(options.time_limit_seconds);
  const LossModel loss = loss_model(problem, options);
  std::string packed;
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    Work work(problem, loss, options, clock);
    packed = pack(job(work));
  });
  const LocalAnswer answer = unpack(communicator.all_gather(packed).front());
  PlannedResult planned{make_result(answer, problem, loss, options), answer.drift};
  planned.result.seconds = clock.seconds();
  return planned;
}

}  // namespace

LocalResult recode_locally(const Problem& problem, const LocalOptions& options, Communicator& communicator) {
  return on_root(problem, options, communicator, [](Work& work) { return work.recode(); }).result;
}

PlannedResult apply_plan(const Problem& problem, const std::vector<PlannedClass>& plan,
                         const LocalOptions& options, Communicator& communicator) {
  return on_root(problem, options, communicator, [&](Work& work) { return work.apply(plan); });
}

}  // namespace throng
