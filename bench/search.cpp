// Time to prove the optimum: the first 7, 14 and 20 columns of a CTDC table, and Adult.
// Data: ../shared where present (as in docs/performance.md), else the bundled data set in out/.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "throng/core/parallel.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

/// Every column a quasi-identifier, with DIRECTORY/hierarchy_NAME.csv where there is one.
Table read_all(const std::string& path, const std::string& directory, InputSpec& input, std::size_t num_qi) {
  input.path = path;
  input.default_role = Role::kInsensitive;
  Table table = read_table(input, default_num_threads());
  for (std::size_t c = 0; c < std::min(num_qi, table.columns.size()); ++c) {
    ColumnSpec spec;
    spec.name = table.columns[c].name;
    spec.role = table.columns[c].role = Role::kQuasiIdentifier;
    const std::string hierarchy = directory + "/hierarchy_" + spec.name + ".csv";
    if (std::filesystem::exists(hierarchy))
      spec.hierarchy = {HierarchySpec::Kind::kExplicit, hierarchy, {}, 0};
    input.columns.push_back(spec);
  }
  return table;
}

Problem load(const std::string& path, const std::string& directory, std::size_t num_qi) {
  InputSpec input;
  std::vector<std::string> warnings;
  const Table table = read_all(path, directory, input, num_qi);
  return make_problem(table, input, default_num_threads(), warnings);
}

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
  const std::string shared = THRONG_SHARED_DIR "/data/ctdc-sample";
  const bool has_shared = std::filesystem::exists(shared);
  const std::string path =
      has_shared ? shared + "/ctdc-sample-80000.csv" : THRONG_SOURCE_DIR "/out/ctdc-like.csv";
  if (!std::filesystem::exists(path)) return state.SkipWithError("no data: run scripts/run.sh first");
  const std::string directory = has_shared ? shared : THRONG_SOURCE_DIR "/datasets/ctdc-like";
  run(state, load(path, directory, static_cast<std::size_t>(state.range(0))),
      static_cast<int>(state.range(1)));
}

void adult(benchmark::State& state) {
  const std::string directory = THRONG_SHARED_DIR "/data/adult";
  if (!std::filesystem::exists(directory)) return state.SkipWithError("no data: ../shared is absent");
  run(state, load(directory + "/adult.csv", directory, 9), static_cast<int>(state.range(0)));
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
