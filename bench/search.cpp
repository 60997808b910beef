// Time to prove the optimum: the first 7, 14 and 20 columns of a CTDC table, and Adult.
// Data: ../shared where present (as in docs/performance.md), else the bundled data set in out/.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "sample.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

void run(benchmark::State& state, const Problem& problem, int threads) {
  SearchOptions options;
  options.num_threads = threads;
  const auto communicator = self_communicator();
  std::uint64_t visited = 0;
  for (auto _ : state) {
    const SearchResult result = search(problem, options, *communicator);
    if (!result.proved_optimal) state.SkipWithError("not proved");
    visited = result.telemetry.nodes_visited;
  }
  state.counters["visited"] = static_cast<double>(visited);
  state.counters["lattice"] = problem.lattice.approximate_num_nodes();
}

void ctdc(benchmark::State& state) {
  const std::optional<Problem> problem = load_for_search(static_cast<std::size_t>(state.range(0)));
  if (!problem) return state.SkipWithError("no data: run scripts/run.sh first");
  run(state, *problem, static_cast<int>(state.range(1)));
}

void adult(benchmark::State& state) {
  const std::string directory = THRONG_SHARED_DIR "/data/adult";
  if (!std::filesystem::exists(directory)) return state.SkipWithError("no data: ../shared is absent");
  run(state, load_with_hierarchies(directory + "/adult.csv", directory, 9), static_cast<int>(state.range(0)));
}

BENCHMARK(ctdc)
    ->ArgsProduct({{7, 14, 20}, {1, 2}})
    ->ArgNames({"qi", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(adult)->Arg(1)->Arg(2)->ArgNames({"threads"})->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace throng

BENCHMARK_MAIN();
