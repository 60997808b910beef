// throng explain: a job in plain words.
#include <fmt/format.h>

#include "core/words.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

std::string hierarchy_text(const ColumnSpec& column) {
  switch (column.hierarchy.kind) {
    case HierarchySpec::Kind::kExplicit:
      return "may be generalized by " + column.hierarchy.path;
    case HierarchySpec::Kind::kIntervals:
      return fmt::format("may be cut into intervals of {}", fmt::join(column.hierarchy.widths, ", "));
    case HierarchySpec::Kind::kFlat:
      break;
  }
  return "stays as it is or becomes *";
}

std::string levels_text(const Job& job, const std::string& column) {
  const auto allowed = job.levels.find(column);
  if (allowed == job.levels.end()) return "";
  return fmt::format(", at level {} only", fmt::join(allowed->second.levels, " or "));
}

std::string columns_text(const Job& job) {
  std::string text;
  for (const ColumnSpec& column : job.input.columns) {
    text += "  " + column.name + ": ";
    if (column.role == Role::kIdentifier) text += "names a person; it is dropped when the file is read\n";
    if (column.role == Role::kQuasiIdentifier)
      text += "somebody may know it; it " + hierarchy_text(column) + levels_text(job, column.name) + "\n";
    if (column.role == Role::kSensitive) text += "must not be learned; it is released as it is\n";
    if (column.role == Role::kInsensitive) text += "released as it is\n";
  }
  return text + fmt::format("  every other column: {}\n", to_string(job.input.default_role));
}

std::string limit_text(const Job& job) {
  if (job.max_suppressed <= 1) return fmt::format("{:g} % of the records", 100 * job.max_suppressed);
  return counted(static_cast<Count>(job.max_suppressed), "record");
}

std::string strategy_text(const Job& job) {
  if (job.strategy == StrategyKind::kRedact)
    return "Nothing is generalized: the records in smaller classes are left out.";
  if (!is_of_one_node(job.strategy))
    return "Each record is generalized as little as its class allows, with a proved bound on what could be "
           "saved.";
  std::string text = "Among all ways to generalize, the one that loses least is searched and proved.";
  if (job.time_limit_seconds > 0)
    text += fmt::format(" After {:g} s the best so far is taken, with how far it may be from the best.",
                        job.time_limit_seconds);
  return text;
}

}  // namespace

ExitCode run_explain(const Command& command, Communicator& communicator, const Console& console) {
  Job job;
  fail_together(communicator, [&] { job = job_of(command); });
  console.print(fmt::format(
      "This job reads {0}.\n\nColumns:\n{1}\nThe promise: whatever somebody asks about the released "
      "quasi-identifiers, no record fits or at\nleast {2} do (k = {2}). Records in smaller classes are "
      "suppressed: at most {3}, and they {4}.\n{5}\nA missing value is a value like any other.\n\nThe "
      "release is "
      "written to {6}/release, everything private to {6}/private.\nk-anonymity does not stop somebody from "
      "learning "
      "what all records of a class share.\n",
      job.input.path, columns_text(job), job.k, limit_text(job),
      job.suppressed == SuppressedRecords::kStar ? "stay with every quasi-identifier *" : "are left out",
      strategy_text(job), job.directory));
  return ExitCode::kPass;
}

}  // namespace throng
