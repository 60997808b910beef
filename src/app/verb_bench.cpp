// throng bench: run the plan, print a table, write the figures.
#include <fmt/format.h>

#include <chrono>

#include "bench_table.hpp"
#include "core/words.hpp"
#include "progress_line.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

std::string optional_figure(const std::optional<double>& value) {
  return value ? fmt::format("{:.6f}", *value) : "-";
}

std::string line_of(const BenchCase& question, const BenchRun& run) {
  const std::string records = run.suppressed ? grouped(question.rows - *run.suppressed) : std::string("-");
  const std::string problem = fmt::format("{} {} QIs, {}, k {}, limit {}", question.dataset, question.num_qi,
                                          question.metric, question.k, question.max_suppressed);
  return fmt::format("{:<52} {:<10} {:<10} {:>9.4f} s  loss {:<8}  kept {}", problem, question.strategy,
                     run.status, run.seconds, optional_figure(run.loss), records);
}

}  // namespace

ExitCode run_bench_verb(const Command& command, Communicator& communicator, const Console& console) {
  BenchPlan plan;
  fail_together(communicator, [&] {
    plan = load_bench_plan(command.job);
    if (command.overrides.output) plan.directory = *command.overrides.output;
  });
  const auto start = std::chrono::steady_clock::now();
  std::size_t num_done = 0;
  const std::vector<BenchResult> results =
      run_bench(plan, communicator, [&](const BenchCase& question, const BenchRun& run) {
        console.status("");
        console.note(line_of(question, run));
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        show_bench_progress(console, ++num_done, most_runs(plan), elapsed.count());
      });
  console.status("");
  std::vector<std::string> files;
  const Provenance provenance = provenance_of(plan, command.job, communicator.size());
  fail_together(communicator, [&] {
    if (communicator.is_root()) files = write_bench(plan.directory, provenance, results);
  });
  if (command.is_json) {
    console.print(bench_json(provenance, table_of_cases(results), table_of_runs(results)));
    return ExitCode::kPass;
  }
  for (const std::string& file : files) console.print(fmt::format("wrote {}\n", file));
  return ExitCode::kPass;
}

}  // namespace throng
