// Runs a bench: every strategy on every question, timed alike.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bench_plan.hpp"
#include "throng/core/communicator.hpp"

namespace throng {

/// One question put to one strategy.
struct BenchCase {
  std::string dataset;
  Count rows = 0;
  std::size_t num_qi = 0;
  double lattice_nodes = 0;
  std::string strategy;
  std::string metric;
  std::string aggregate;
  Count k = 0;
  double max_suppressed = 1;
  Count max_suppressed_records = 0;
  double time_limit_seconds = 0;
  int threads = 1;
};

/// What came of it once.
struct BenchRun {
  /// "proved", "found" (an answer without proof), "none" (no node satisfies the limit), "time limit",
  /// "not served" (the metric) or "refused" (the lattice is too large for the strategy).
  std::string status;
  double seconds = 0;
  double cpu_seconds = 0;  ///< user time of all threads of this process
  std::uint64_t nodes_visited = 0;
  std::optional<double> loss;
  double lower_bound = 0;
  double gap = 0;
  std::optional<Count> suppressed;
  std::optional<Count> classes;
};

struct BenchResult {
  BenchCase question;
  std::vector<BenchRun> runs;  ///< one per repetition; one alone when the first met its end early
};

/// *Collective.* Runs `plan`, data set by data set. Within one, the order of the runs is shuffled by the
/// plan's seed, so that a slow minute of the machine does not fall on one strategy. `on_run` is called after
/// each. Errors: as reading the data; usage_error when a k or limit does not fit it.
std::vector<BenchResult> run_bench(const BenchPlan& plan, Communicator& communicator,
                                   const std::function<void(const BenchCase&, const BenchRun&)>& on_run);

/// Runs of `plan` when each repetition of each is made.
std::size_t most_runs(const BenchPlan& plan);

/// Quartiles by linear interpolation between the sorted values.
struct Quartiles {
  double lower = 0;
  double median = 0;
  double upper = 0;
};
Quartiles quartiles(std::vector<double> values);

}  // namespace throng
