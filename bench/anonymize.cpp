// Time of the whole program, from the bundled data (scripts/run.sh makes it) to a verified release.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

void run(benchmark::State& state, const std::string& verb) {
  const std::string source = THRONG_SOURCE_DIR;
  if (!std::filesystem::exists(source + "/out/ctdc-like.csv"))
    return state.SkipWithError("no data: run scripts/run.sh first");
  const std::string command =
      std::string(THRONG_BINARY) + " " + verb + " " + source + "/jobs/ctdc-like.toml --quiet > /dev/null";
  for (auto _ : state)
    if (std::system(command.c_str()) != 0) state.SkipWithError("the program failed");
}

void anonymize(benchmark::State& state) { run(state, "anonymize"); }
void search(benchmark::State& state) { run(state, "search"); }

BENCHMARK(anonymize)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(search)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
