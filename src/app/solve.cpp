// Asks search() or recode_locally() and brings the answer of either into one form.
#include "solve.hpp"

#include "verbs.hpp"

namespace throng {

namespace {

LocalOptions local_options(const Loaded& loaded) {
  LocalOptions options;
  options.model.k = loaded.job.k;
  options.max_suppressed = max_suppressed_records(loaded.job, loaded.problem.num_records());
  options.aggregate = loaded.job.aggregate;
  options.metric = loaded.job.metric;
  options.time_limit_seconds = loaded.job.time_limit_seconds;
  options.max_levels = static_cast<unsigned>(loaded.job.max_levels);
  options.num_threads = loaded.num_threads;
  if (loaded.job.strategy != StrategyKind::kSuppressCells) return options;
  for (const Axis& axis : loaded.problem.lattice.axes) {
    auto& levels = options.levels.emplace_back(1, Level{0});
    if (axis.hierarchy.height() > 0) levels.push_back(axis.hierarchy.height());
  }
  return options;
}

}  // namespace

Solved solve(const Loaded& loaded, const Console& console, Communicator& communicator) {
  Solved solved;
  const StrategyKind strategy = loaded.job.strategy;
  if (strategy != StrategyKind::kLocal && strategy != StrategyKind::kSuppressCells) {
    solved.result = search(loaded.problem, search_options(loaded, console), communicator);
    return solved;
  }
  LocalResult& local =
      solved.local.emplace(recode_locally(loaded.problem, local_options(loaded), communicator));
  if (local.best)
    solved.result.best =
        Solution{{}, local.loss, local.loss_per_qi, local.suppressed, local.best->classes.size()};
  solved.result.proved_optimal = local.is_proved_optimal;
  solved.result.lower_bound = local.lower_bound;
  solved.result.gap = local.best ? local.gap : 0;
  solved.result.telemetry = {local.seconds, local.rounds, loaded.num_threads, communicator.size()};
  return solved;
}

}  // namespace throng
