// Loads a job and its input on every rank.
#include "loaded.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <thread>

#include "saving.hpp"
#include "throng/app/config.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"

namespace throng {

namespace {

/// The threads the user asked for, or this rank's share of the processors of its machine.
int threads_per_rank(const Job& job, Communicator& communicator) {
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  const std::vector<std::string> names = communicator.all_gather(name.data());
  if (job.num_threads > 0) return job.num_threads;
  const auto ranks_here = static_cast<int>(std::count(names.begin(), names.end(), std::string(name.data())));
  const auto processors = static_cast<int>(std::thread::hardware_concurrency());
  return std::max(1, std::min(default_num_threads(), processors / ranks_here));
}

void check_same(const Loaded& loaded, Communicator& communicator) {
  std::string state =
      std::to_string(loaded.problem.num_records()) + ' ' + std::to_string(loaded.problem.tuples.size());
  for (const std::string& line : configuration_lines(loaded.job, Audience::kExternal)) state += '\n' + line;
  if (!is_same_on_all_ranks(communicator, state))
    throw Error(ExitCode::kIo, "the ranks read different jobs or records",
                "start them with the same files in reach");
}

/// Search and audit look at distinct tuples; recoding, the gate's facts about columns and files of records at
/// records.
bool needs_table(const Command& command) {
  switch (command.verb) {
    case Verb::kSearch:
    case Verb::kFrontier:
      return false;
    case Verb::kAudit:
      return command.gate.policy.has_value() || command.records.has_value();
    default:
      return true;
  }
}

/// Errors: usage_error when the job asks for more than num_records records.
void check_records(const Job& job, Count num_records) {
  check_k_fits(job, num_records);
  static_cast<void>(max_suppressed_records(job, num_records));
}

/// Takes back what a CSV release adds to cells that a spreadsheet would run.
void restore_cells(Column& column) {
  std::map<std::string, Code> code_of;
  for (const std::string& text : column.dictionary) code_of.emplace(restore_neutralized(text), 0);
  std::vector<std::string> dictionary;
  for (auto& [text, code] : code_of) {
    code = static_cast<Code>(dictionary.size());
    dictionary.push_back(text);
  }
  std::vector<Code> moved;
  for (const std::string& text : column.dictionary) moved.push_back(code_of.at(restore_neutralized(text)));
  for (Code& code : column.codes) code = moved[code];
  column.dictionary = std::move(dictionary);
}

/// The job's columns by the names they have in the header of a CSV release, which are neutralized like cells.
void neutralize_names(InputSpec& input) {
  const MappedFile file(input.path);
  CsvReader header(file.bytes(), input.path, detect_delimiter(file.bytes()));
  std::vector<std::string_view> names;
  if (!header.next(names)) return;
  for (ColumnSpec& spec : input.columns) {
    const std::string neutralized = neutralize(spec.name);
    if (std::ranges::find(names, neutralized) != names.end()) spec.name = neutralized;
  }
}

/// Settings that do nothing, or another thing than they seem to.
std::vector<std::string> doubts_of(const Job& job) {
  std::vector<std::string> doubts;
  for (const ColumnSpec& column : job.input.columns) {
    const bool is_left_out = std::ranges::find(job.no_longer_qi, column.name) != job.no_longer_qi.end();
    if (column.hierarchy.kind == HierarchySpec::Kind::kFlat || column.role == Role::kQuasiIdentifier ||
        is_left_out)
      continue;
    doubts.push_back(fmt::format(
        "{}: column `{}` has the role {}: its hierarchy is not used; write role = \"quasi_identifier\", "
        "or remove the hierarchy",
        to_string(column.place), column.name, to_string(column.role)));
  }
  return doubts;
}

/// A count of records that may have been meant as a percentage.
std::vector<std::string> doubts_of(const Job& job, Count num_records) {
  constexpr double kMostPercent = 100;
  constexpr double kFarBelow = 0.1;
  const double count = job.max_suppressed;
  const double meant = count / 100 * static_cast<double>(num_records);
  if (count <= 1 || count >= kMostPercent || count > kFarBelow * meant) return {};
  return {fmt::format(
      "{}: max_suppressed = {:.0f} is a number of records, not a percentage; for {:.0f} % write {}", job.path,
      count, count, count / 100)};
}

/// Takes `input` as the file of a release, which has its own delimiter and, as CSV, neutralized names. True
/// for CSV.
bool take_as_release(InputSpec& input) {
  input.delimiter.reset();
  input.may_lack_identifiers = true;
  const bool is_csv = input.path.ends_with(".csv");
  if (is_csv) neutralize_names(input);
  return is_csv;
}

/// Reads the input of the job into `loaded`. An audit's other table may be a release.
void read_input(Loaded& loaded, const Command& command, Communicator& communicator,
                std::vector<std::string>& warnings) {
  InputSpec input = loaded.job.input;
  bool is_neutralized = false;
  fail_together(communicator, [&] {
    if (command.verb == Verb::kAudit && command.overrides.input) is_neutralized = take_as_release(input);
    if (!needs_table(command)) return;
    loaded.table = read_table(input, loaded.num_threads);
    check_records(loaded.job, loaded.table.num_rows);
    loaded.problem = make_problem(loaded.table, input, loaded.num_threads, warnings);
  });
  if (!needs_table(command)) {
    loaded.problem = read_problem(input, loaded.num_threads, communicator, warnings);
    check_records(loaded.job, loaded.problem.num_records());
  }
  if (!is_neutralized) return;
  for (Column& column : loaded.table.columns) column.name = restore_neutralized(column.name);
  for (Axis& axis : loaded.problem.lattice.axes) axis.name = restore_neutralized(axis.name);
}

}  // namespace

Job job_of(const Command& command) {
  Job job = load_job(command.job);
  apply_overrides(job, command.overrides);
  return job;
}

Loaded load(const Command& command, Communicator& communicator, const Console& console) {
  Loaded loaded;
  std::vector<std::string> warnings;
  fail_together(communicator, [&] {
    loaded.job = job_of(command);
    check_saving(loaded.job, command.verb);
    warnings = doubts_of(loaded.job);
    if (has_state(command.verb) && !loaded.job.saving.directory.empty())
      loaded.stop_requests = std::make_shared<StopRequests>();
    if (command.verb == Verb::kSearch || command.verb == Verb::kAnonymize || command.verb == Verb::kReport ||
        command.verb == Verb::kVerifyProof)
      check_served(loaded.job.strategy, loaded.job.metric, loaded.job.aggregate);
    // An audit keeps or drops columns as they are: the table may be a release, whose values are no leaves.
    if (command.verb == Verb::kAudit)
      for (ColumnSpec& column : loaded.job.input.columns) column.hierarchy = {};
  });
  loaded.num_threads = threads_per_rank(loaded.job, communicator);
  read_input(loaded, command, communicator, warnings);
  std::ranges::copy(doubts_of(loaded.job, loaded.problem.num_records()), std::back_inserter(warnings));
  for (const std::string& warning : warnings) console.warn(warning);
  check_same(loaded, communicator);
  return loaded;
}

Table read_release(const Job& job, const std::string& file, int num_threads) {
  InputSpec input = job.input;
  input.path = file;
  const bool is_csv = take_as_release(input);
  Table table = read_table(input, num_threads);
  if (!is_csv) return table;
  for (Column& column : table.columns) {
    column.name = restore_neutralized(column.name);
    restore_cells(column);
  }
  return table;
}

}  // namespace throng
