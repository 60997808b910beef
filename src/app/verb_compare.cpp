// throng compare: reads a table and a release of it and says what the release still tells.
#include <fmt/format.h>

#include <algorithm>

#include "compare_answer.hpp"
#include "core/words.hpp"
#include "throng/core/parallel.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

/// One core counts about so many pairs of cells in a second (docs/performance.md).
constexpr double kCellsPerSecond = 1e8;

struct BothTables {
  Table before, after;
  Problem problem;
};

BothTables read_both(Job job, const Command& command, int num_threads, const Console& console) {
  BothTables both;
  both.after = read_release(job, command.file, num_threads);
  job.input.path = command.before;
  both.before = read_table(job.input, num_threads);
  std::vector<std::string> warnings;
  both.problem = make_problem(both.before, job.input, num_threads, warnings);
  for (const std::string& warning : warnings) console.warn(warning);
  return both;
}

/// The job given; without one every column is a quasi-identifier that may be suppressed.
Job compared_job(const Command& command) {
  if (!command.job.empty()) return job_of(command);
  Job job;
  job.input.path = command.before;
  job.input.default_role = Role::kQuasiIdentifier;
  apply_overrides(job, command.overrides);
  return job;
}

/// --dry-run: what was read, and what would be computed. Nothing is ever written.
std::string estimate(const BothTables& both, const Command& command, int num_threads) {
  const auto columns =
      static_cast<std::size_t>(std::ranges::count_if(both.before.columns, [&](const Column& column) {
        return both.after.index_of(column.name) < both.after.columns.size();
      }));
  const std::size_t pairs = columns * (columns - std::min<std::size_t>(columns, 1)) / 2;
  const double cells =
      static_cast<double>(pairs + columns) * static_cast<double>(both.before.num_rows + both.after.num_rows);
  const double seconds = cells / kCellsPerSecond / num_threads;
  if (command.is_json)
    return fmt::format(
        "{{\"rows_before\": {}, \"rows_after\": {}, \"columns\": {}, \"pairs\": {}, \"seconds\": {:.6f}, "
        "\"written\": false}}\n",
        both.before.num_rows, both.after.num_rows, columns, pairs, seconds);
  return fmt::format(
      "read      {} of {} and {} of {}\n"
      "would compare {} and {} of them\n"
      "time      about {} on {}\n"
      "dry run: nothing was compared; compare writes no file\n",
      counted(both.before.num_rows, "record"), command.before, grouped(both.after.num_rows), command.file,
      counted(columns, "shared column"), counted(pairs, "pair"), duration(std::max(1.0, seconds)),
      counted(static_cast<Count>(num_threads), "thread"));
}

}  // namespace

ExitCode run_compare(const Command& command, Communicator& communicator, const Console& console) {
  std::string text;
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    const Job job = compared_job(command);
    const int num_threads = job.num_threads > 0 ? job.num_threads : default_num_threads();
    const BothTables both = read_both(job, command, num_threads, console);
    if (command.is_dry_run) {
      text = estimate(both, command, num_threads);
      return;
    }
    const Utility utility = compare(both.before, both.after, both.problem, {job.k, num_threads});
    text = command.is_json ? compare_json(utility) : compare_text(utility);
  });
  console.print(text);
  return ExitCode::kPass;
}

}  // namespace throng
