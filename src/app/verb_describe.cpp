// throng describe and throng init: a first look at a table, and a first job for it.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "many_columns.hpp"
#include "suggest.hpp"
#include "throng/app/config.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/file.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

Table read_plainly(const std::string& path) {
  InputSpec input;
  input.path = path;
  return read_table(input, default_num_threads());
}

std::string describe_json(const Table& table, const std::vector<ColumnSketch>& columns) {
  nlohmann::ordered_json json{{"file", table.source}, {"rows", table.num_rows}};
  json["columns"] = nlohmann::ordered_json::array();
  for (const ColumnSketch& column : columns)
    json["columns"].push_back({{"name", column.name},
                               {"type", column.type},
                               {"distinct", column.distinct},
                               {"missing", column.missing},
                               {"suggested_role", to_string(column.role)},
                               {"suggested_hierarchy", column.hierarchy},
                               {"why", column.why}});
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string describe_text(const Table& table, const std::vector<ColumnSketch>& columns) {
  std::size_t width = 6;
  for (const ColumnSketch& column : columns) width = std::max(width, column.name.size());
  std::string text =
      fmt::format("{}, {}\n\n{:<{}}  {:<13}  {:>9}  {:>9}  suggested\n", counted(table.num_rows, "record"),
                  counted(columns.size(), "column"), "column", width, "type", "distinct", "missing");
  for (const ColumnSketch& column : columns)
    text += fmt::format("{:<{}}  {:<13}  {:>9}  {:>9}  {}{}\n", column.name, width, column.type,
                        grouped(column.distinct), grouped(column.missing), to_string(column.role),
                        column.hierarchy.empty() ? "" : ", " + column.hierarchy);
  return text + "\nnext: throng init " + table.source + " writes this as a job file to edit\n";
}

std::string column_toml(const ColumnSketch& column) {
  std::string text = fmt::format("[columns.{}]\nrole = \"{}\"  # {}; {}\n", toml_string(column.name),
                                 to_string(column.role), column.why, counted(column.distinct, "value"));
  if (!column.hierarchy.empty()) text += "hierarchy = " + column.hierarchy + "\n";
  if (column.role == Role::kQuasiIdentifier && column.hierarchy.empty() && column.distinct > 2)
    text += "# hierarchy = \"hierarchy.csv\"  # value;level1;...;*   without one: the value or *\n";
  return text + "\n";
}

/// Nodes and quasi-identifiers of the job that is suggested.
struct SuggestedSize {
  std::size_t num_qi = 0;
  double nodes = 1;
};

SuggestedSize size_of(const std::vector<ColumnSketch>& columns) {
  constexpr double kFlatLevels = 2, kIntervalLevels = 4;
  SuggestedSize size;
  for (const ColumnSketch& column : columns) {
    if (column.role != Role::kQuasiIdentifier) continue;
    ++size.num_qi;
    size.nodes *= column.hierarchy.empty() ? kFlatLevels : kIntervalLevels;
  }
  return size;
}

/// Limits for a job of many quasi-identifiers, so that its first runs end.
std::string limits_toml(std::size_t num_qi) {
  if (num_qi <= kManyColumns) return "";
  return fmt::format(
      "[search]\ntime_limit_seconds = 600  # then the best release so far and its proved gap; 0 = no "
      "limit\n\n"
      "[audit]\nmax_size = {}  # combinations of up to so many columns; 0 = every size, too many for {} "
      "columns\n\n",
      quick_size(num_qi), num_qi);
}

std::string job_toml(const Table& table, const std::vector<ColumnSketch>& columns, const std::string& job) {
  const auto directory = std::filesystem::absolute(job).parent_path();
  const std::string input =
      std::filesystem::absolute(table.source).lexically_normal().lexically_proximate(directory).string();
  std::string text = fmt::format(
      "# A first job, written by throng init: read every role and change what is wrong.\n"
      "# Then: throng explain {0}; throng audit {0}; throng anonymize {0}\n\n[input]\npath = {1}\n"
      "missing = [\"\"]  # cells that mean missing\n\n",
      std::filesystem::path(job).filename().string(), toml_string(input));
  for (const ColumnSketch& column : columns) text += column_toml(column);
  const Count k = std::min<Count>(11, std::max<Count>(2, table.num_rows));
  return text + fmt::format(
                    "[privacy]\nk = {}  # every class has at least so many records\n"
                    "max_suppressed = 1.0  # share of the records that may be left out; 0.05 = 5 %\n\n"
                    "{}[output]\ndirectory = \"out\"  # gets release/ and private/\n",
                    k, limits_toml(size_of(columns).num_qi));
}

}  // namespace

ExitCode run_describe(const Command& command, Communicator& communicator, const Console& console) {
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    const Table table = read_plainly(command.file);
    const std::vector<ColumnSketch> columns = sketch(table, "");
    console.print(command.is_json ? describe_json(table, columns) : describe_text(table, columns));
  });
  return ExitCode::kPass;
}

ExitCode run_init(const Command& command, Communicator& communicator, const Console& console) {
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    const std::string job =
        command.html.value_or(std::filesystem::path(command.file).stem().string() + ".toml");
    if (std::filesystem::exists(job))
      throw usage_error("`" + job + "` is there already", "remove it, or name another with --output");
    const Table table = read_plainly(command.file);
    const std::vector<ColumnSketch> columns = sketch(table, "");
    write_file(job, job_toml(table, columns, job));
    const auto [num_qi, nodes] = size_of(columns);
    if (num_qi > kManyColumns) console.warn(many_columns(num_qi, nodes) + "; " + cut_advice(num_qi));
    console.print("wrote     " + job + "\nnext      read its roles, then: throng explain " + job + "\n");
  });
  return ExitCode::kPass;
}

}  // namespace throng
