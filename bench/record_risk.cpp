// Record-level risk: every record's combinations below k and the minimal ones, beside the audit's own time.
#include "throng/audit/record_risk.hpp"

#include <benchmark/benchmark.h>

#include "sample.hpp"
#include "throng/audit/audit.hpp"

namespace throng {
namespace {

void audit_all(benchmark::State& state) {
  const Problem problem = load(static_cast<std::size_t>(state.range(0)));
  AuditOptions options;
  options.num_threads = static_cast<int>(state.range(1));
  const auto communicator = self_communicator();
  for (auto _ : state) benchmark::DoNotOptimize(audit(problem, options, *communicator));
}

/// Every record's combinations below k, and the minimal ones.
void record_level(benchmark::State& state) {
  const Problem problem = load(static_cast<std::size_t>(state.range(0)));
  RecordRiskOptions options;
  options.num_threads = static_cast<int>(state.range(1));
  const auto communicator = self_communicator();
  for (auto _ : state) benchmark::DoNotOptimize(record_risk(problem, options, *communicator));
}

BENCHMARK(audit_all)
    ->ArgsProduct({{7, 12, 16}, {1, 2}})
    ->Args({20, 2})
    ->ArgNames({"qi", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(record_level)
    ->ArgsProduct({{7, 12, 16}, {1, 2}})
    ->Args({20, 2})
    ->ArgNames({"qi", "threads"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace throng

BENCHMARK_MAIN();
