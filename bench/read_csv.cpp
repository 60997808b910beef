// Time to read and encode 80,000 x 37 cells, against the bare pass over the bytes that no reader can
// undercut.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>

#include "data/utf8.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"

namespace throng {
namespace {

/// The sample where it is present (as in docs/performance.md), else the bundled data set.
std::string data_path() {
  const std::string shared = THRONG_SHARED_DIR "/data/ctdc-sample/ctdc-sample-80000.csv";
  return std::filesystem::exists(shared) ? shared : THRONG_SOURCE_DIR "/out/ctdc-like.csv";
}

void read_csv(benchmark::State& state) {
  InputSpec input;
  input.path = data_path();
  if (!std::filesystem::exists(input.path)) return state.SkipWithError("no data: run scripts/run.sh first");
  for (auto _ : state) benchmark::DoNotOptimize(read_csv_table(input, static_cast<int>(state.range(0))));
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(std::filesystem::file_size(input.path)));
}

void scan_bytes(benchmark::State& state) {
  if (!std::filesystem::exists(data_path())) return state.SkipWithError("no data: run scripts/run.sh first");
  const MappedFile file(data_path());
  for (auto _ : state) benchmark::DoNotOptimize(find_invalid_byte(file.bytes()));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(file.bytes().size()));
}

BENCHMARK(read_csv)->Arg(1)->Arg(2)->ArgNames({"threads"})->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(scan_bytes)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace throng

BENCHMARK_MAIN();
