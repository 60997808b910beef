// Asks search() or recode_locally() and brings the answer of either into one form.
#include "solve.hpp"

namespace throng {

namespace {

LocalOptions local_options(const Problem& problem, const SearchOptions& search, unsigned max_levels) {
  LocalOptions options;
  options.model = search.model;
  options.max_suppressed = search.max_suppressed;
  options.aggregate = search.aggregate;
  options.metric = search.metric;
  options.time_limit_seconds = search.time_limit_seconds;
  options.max_levels = max_levels;
  options.num_threads = search.num_threads;
  if (search.strategy != StrategyKind::kSuppressCells) return options;
  for (const Axis& axis : problem.lattice.axes) {
    auto& levels = options.levels.emplace_back(1, Level{0});
    if (axis.hierarchy.height() > 0) levels.push_back(axis.hierarchy.height());
  }
  return options;
}

}  // namespace

Solved solve(const Problem& problem, const SearchOptions& options, unsigned max_levels,
             Communicator& communicator) {
  Solved solved;
  if (is_of_one_node(options.strategy)) {
    solved.result = search(problem, options, communicator);
    return solved;
  }
  LocalResult& local = solved.local.emplace(
      recode_locally(problem, local_options(problem, options, max_levels), communicator));
  if (local.best)
    solved.result.best =
        Solution{{}, local.loss, local.loss_per_qi, local.suppressed, local.best->classes.size()};
  solved.result.proved_optimal = local.is_proved_optimal;
  solved.result.lower_bound = local.lower_bound;
  solved.result.gap = local.best ? local.gap : 0;
  solved.result.telemetry = {local.seconds, local.rounds, options.num_threads, communicator.size()};
  return solved;
}

}  // namespace throng
