// Asks search() or recode_locally() and brings the answer of either into one form.
#include "solve.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace throng {

namespace {

/// The levels column `axis` may be released at. Errors: usage_error.
std::vector<Level> allowed_levels(const Axis& axis, const AllowedLevels* allowed, bool has_only_cells) {
  std::vector<Level> levels;
  for (unsigned l = 0; l <= axis.hierarchy.height(); ++l)
    if (!has_only_cells || l == 0 || l == axis.hierarchy.height()) levels.push_back(static_cast<Level>(l));
  if (allowed == nullptr) return levels;
  for (const Level level : allowed->levels)
    if (level > axis.hierarchy.height())
      throw usage_error(fmt::format("column `{}` has no level {}", axis.name, level),
                        fmt::format("did you mean {0}? Its levels are 0 to {0}", axis.hierarchy.height()),
                        allowed->place);
  std::erase_if(levels,
                [&](Level l) { return std::ranges::find(allowed->levels, l) == allowed->levels.end(); });
  if (!levels.empty()) return levels;
  throw usage_error(fmt::format("column `{}`: `levels` leaves nothing to suppress-cells", axis.name),
                    fmt::format("allow 0 or {}, or write strategy = \"local\"", axis.hierarchy.height()),
                    allowed->place);
}

LocalOptions local_options(const SearchOptions& search, const LocalChoice& choice) {
  LocalOptions options;
  options.model = search.model;
  options.max_suppressed = search.max_suppressed;
  options.aggregate = search.aggregate;
  options.metric = search.metric;
  options.time_limit_seconds = search.time_limit_seconds;
  options.max_levels = choice.max_levels;
  options.levels = choice.levels;
  options.num_threads = search.num_threads;
  if (search.on_progress)
    options.on_progress = [&search](const LocalProgress& progress) {
      search.on_progress(
          {progress.seconds, progress.rounds, progress.loss, progress.lower_bound, progress.fraction_done});
    };
  return options;
}

}  // namespace

LocalChoice local_choice(const Job& job, const Problem& problem) {
  LocalChoice choice;
  choice.max_levels = static_cast<unsigned>(job.max_levels);
  const bool has_only_cells = job.strategy == StrategyKind::kSuppressCells;
  bool is_limited = has_only_cells;
  std::vector<std::vector<Level>> levels;
  for (const Axis& axis : problem.lattice.axes) {
    const auto found = job.levels.find(axis.name);
    const AllowedLevels* const allowed = found == job.levels.end() ? nullptr : &found->second;
    if (allowed != nullptr && is_of_one_node(job.strategy))
      throw usage_error(fmt::format("column `{}`: the strategy `{}` does not keep to `levels`", axis.name,
                                    to_string(job.strategy)),
                        "write strategy = \"local\" or remove `levels`", allowed->place);
    is_limited = is_limited || allowed != nullptr;
    levels.push_back(allowed_levels(axis, allowed, has_only_cells));
  }
  if (is_limited) choice.levels = std::move(levels);
  return choice;
}

Solved solve(const Problem& problem, const SearchOptions& options, const LocalChoice& choice,
             Communicator& communicator) {
  Solved solved;
  if (is_of_one_node(options.strategy)) {
    solved.result = search(problem, options, communicator);
    return solved;
  }
  LocalOptions local_ones = local_options(options, choice);
  if (choice.plan != nullptr) {
    PlannedResult planned = apply_plan(problem, *choice.plan, local_ones, communicator);
    solved.local = std::move(planned.result);
    solved.drift = planned.drift;
  } else {
    solved.local = recode_locally(problem, local_ones, communicator);
  }
  const LocalResult& local = *solved.local;
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
