// The runs of a bench, their order and their clock.
#include "bench_run.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include "solve.hpp"
#include "throng/core/hash.hpp"
#include "throng/core/parallel.hpp"
#include "throng/search/mondrian.hpp"

namespace throng {

namespace {

double user_seconds() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

std::string joined(const std::vector<std::string>& names, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + names[i];
  return text;
}

/// A data set at one number of quasi-identifiers.
struct BenchProblem {
  Job job;
  Problem problem;
};

BenchProblem load_problem(const BenchDataset& dataset, std::uint64_t num_qi, int num_threads) {
  BenchProblem loaded{dataset.job, {}};
  Overrides overrides;
  overrides.qi = joined(dataset.qi, num_qi);
  apply_overrides(loaded.job, overrides);
  const Table table = read_table(loaded.job.input, num_threads);
  std::vector<std::string> warnings;  // the job's own runs tell them
  loaded.problem = make_problem(table, loaded.job.input, num_threads, warnings);
  return loaded;
}

/// Every combination of the plan's lists on one problem.
std::vector<BenchResult> questions(const BenchPlan& plan, const std::string& name, BenchProblem& loaded) {
  std::vector<BenchResult> results;
  BenchCase each;
  each.dataset = name;
  each.rows = loaded.problem.num_records();
  each.num_qi = loaded.problem.lattice.num_axes();
  each.lattice_nodes = loaded.problem.lattice.approximate_num_nodes();
  each.threads = plan.num_threads;
  for (const std::string& metric : plan.metrics) {
    each.metric = metric;
    const bool is_geometric = is_sum_over_cells(metric) && loaded.job.aggregate == Aggregate::kGeometric;
    each.aggregate = is_geometric ? "geometric" : "arithmetic";
    for (const Count k : plan.k)
      for (const double limit : plan.max_suppressed)
        for (const double seconds : plan.time_limits_seconds)
          for (const std::string& strategy : plan.strategies) {
            loaded.job.k = each.k = k;
            loaded.job.max_suppressed = each.max_suppressed = limit;
            check_k_fits(loaded.job, each.rows);
            each.max_suppressed_records = max_suppressed_records(loaded.job, each.rows);
            each.time_limit_seconds = seconds;
            each.strategy = strategy;
            results.push_back({each, {}});
          }
  }
  return results;
}

void take_search(const SearchResult& result, BenchRun& run) {
  run.nodes_visited = result.telemetry.nodes_visited;
  run.lower_bound = result.lower_bound;
  run.gap = result.gap;
  if (!result.best) return;
  run.loss = result.best->loss;
  run.suppressed = result.best->suppressed;
  run.classes = result.best->classes;
}

BenchRun run_search(const Problem& problem, const BenchCase& question, Communicator& communicator) {
  SearchOptions options;
  options.strategy = *parse_strategy(question.strategy);
  options.metric = question.metric;
  options.aggregate = question.aggregate == "geometric" ? Aggregate::kGeometric : Aggregate::kArithmetic;
  options.model.k = question.k;
  options.max_suppressed = question.max_suppressed_records;
  options.time_limit_seconds = question.time_limit_seconds;
  options.num_threads = question.threads;
  BenchRun run;
  if (!serves(options.strategy, question.metric)) {
    run.status = "not served";
    return run;
  }
  try {
    Job job;
    job.strategy = options.strategy;
    const SearchResult result = solve(problem, options, local_choice(job, problem), communicator).result;
    take_search(result, run);
    const bool is_late =
        question.time_limit_seconds > 0 && result.telemetry.seconds >= question.time_limit_seconds;
    run.status = result.proved_optimal && result.best ? "proved" : result.best ? "found" : "none";
    if (is_late && !result.proved_optimal) run.status = "time limit";
  } catch (const Error& error) {
    if (error.code() != ExitCode::kUsage) throw;
    run.status = "refused";
  }
  return run;
}

BenchRun run_mondrian(const Problem& problem, const BenchCase& question) {
  const Aggregate aggregate =
      question.aggregate == "geometric" ? Aggregate::kGeometric : Aggregate::kArithmetic;
  const LossModel loss(problem, make_loss_metric(question.metric), aggregate);
  const auto recoding = mondrian(problem, loss, {question.k});
  BenchRun run;
  run.status = recoding ? "found" : "none";
  if (!recoding) return run;
  run.loss = recoding->loss;
  run.suppressed = 0;
  run.classes = recoding->classes.size();
  return run;
}

BenchRun timed_run(const Problem& problem, const BenchCase& question, Communicator& communicator) {
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start = user_seconds();
  BenchRun run = question.strategy == kMondrian ? run_mondrian(problem, question)
                                                : run_search(problem, question, communicator);
  run.cpu_seconds = user_seconds() - cpu_start;
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

/// True when there is nothing to gain from another repetition. All ranks must agree, and their clocks do not.
bool is_settled(const BenchResult& result, Communicator& communicator) {
  const bool mine = !result.runs.empty() &&
                    (result.runs.back().status == "not served" || result.runs.back().status == "refused" ||
                     result.runs.back().status == "time limit");
  return communicator.all_gather(mine ? "1" : "0").front() == "1";
}

std::vector<std::size_t> shuffled_order(std::size_t size, std::uint64_t seed) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [seed](std::size_t a, std::size_t b) { return hash_at(seed, a) < hash_at(seed, b); });
  return order;
}

}  // namespace

std::vector<BenchResult> run_bench(const BenchPlan& plan, Communicator& communicator,
                                   const std::function<void(const BenchCase&, const BenchRun&)>& on_run) {
  std::vector<BenchResult> all;
  for (const BenchDataset& dataset : plan.datasets) {
    for (const std::uint64_t num_qi : dataset.num_qi) {
      BenchProblem loaded;
      std::vector<BenchResult> results;
      fail_together(communicator, [&] {
        loaded = load_problem(dataset, num_qi, default_num_threads());
        results = questions(plan, dataset.name, loaded);
      });
      for (std::uint64_t repetition = 0; repetition < plan.repetitions; ++repetition)
        for (const std::size_t i : shuffled_order(results.size(), hash_at(plan.seed, repetition))) {
          if (is_settled(results[i], communicator)) continue;
          results[i].runs.push_back(timed_run(loaded.problem, results[i].question, communicator));
          on_run(results[i].question, results[i].runs.back());
        }
      all.insert(all.end(), results.begin(), results.end());
    }
  }
  return all;
}

std::size_t most_runs(const BenchPlan& plan) {
  std::size_t problems = 0;
  for (const BenchDataset& dataset : plan.datasets) problems += dataset.num_qi.size();
  return problems * plan.metrics.size() * plan.k.size() * plan.max_suppressed.size() *
         plan.time_limits_seconds.size() * plan.strategies.size() * plan.repetitions;
}

Quartiles quartiles(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    const double position = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(position));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (position - std::floor(position)) * (values[above] - values[below]);
  };
  if (values.empty()) return {};
  return {at(0.25), at(0.5), at(0.75)};
}

}  // namespace throng
