// Shapes the results of a bench as tables.
#include "bench_table.hpp"

#include <algorithm>

namespace throng {

namespace {

const std::vector<std::string> kQuestionNames = {
    "dataset",   "rows", "num_qi",         "lattice_nodes",          "strategy",           "metric",
    "aggregate", "k",    "max_suppressed", "max_suppressed_records", "time_limit_seconds", "threads"};

std::vector<BenchCell> cells_of(const BenchCase& question) {
  return {BenchCell(question.dataset),
          question.rows,
          question.num_qi,
          question.lattice_nodes,
          question.strategy,
          question.metric,
          question.aggregate,
          question.k,
          question.max_suppressed,
          question.max_suppressed_records,
          question.time_limit_seconds,
          question.threads};
}

template <typename T>
BenchCell cell_of(const std::optional<T>& value) {
  return value ? BenchCell(*value) : BenchCell();
}

/// True when the strategy ran at all.
bool has_run(const BenchRun& run) { return run.status != "not served" && run.status != "refused"; }

void add_answer(const BenchCase& question, const BenchRun& run, std::vector<BenchCell>& row) {
  const bool has_bound = has_run(run) && run.loss && question.strategy != kMondrian;
  row.push_back(cell_of(run.loss));
  row.push_back(has_bound ? BenchCell(run.lower_bound) : BenchCell());
  row.push_back(has_bound ? BenchCell(run.gap) : BenchCell());
  row.push_back(cell_of(run.suppressed));
  row.push_back(run.suppressed ? BenchCell(question.rows - *run.suppressed) : BenchCell());
  row.push_back(cell_of(run.classes));
}

void add_names(std::vector<std::string>& names, const std::vector<std::string>& more) {
  names.insert(names.end(), more.begin(), more.end());
}

const std::vector<std::string> kAnswerNames = {"loss",       "lower_bound", "gap",
                                               "suppressed", "retained",    "classes"};

template <typename Figure>
Quartiles quartiles_of(const std::vector<BenchRun>& runs, const Figure& figure) {
  std::vector<double> values;
  for (const BenchRun& run : runs) values.push_back(figure(run));
  return quartiles(values);
}

void add_times(const std::vector<BenchRun>& runs, std::vector<BenchCell>& row) {
  if (!has_run(runs.front())) {
    row.resize(row.size() + 5);  // null
    return;
  }
  const Quartiles wall = quartiles_of(runs, [](const BenchRun& run) { return run.seconds; });
  const Quartiles cpu = quartiles_of(runs, [](const BenchRun& run) { return run.cpu_seconds; });
  for (const double seconds : {wall.lower, wall.median, wall.upper, cpu.median}) row.emplace_back(seconds);
  row.emplace_back(
      quartiles_of(runs, [](const BenchRun& run) { return static_cast<double>(run.nodes_visited); }).median);
}

/// The run of median loss: where time ran out, repetitions may differ.
const BenchRun& typical(std::vector<BenchRun>& runs) {
  std::sort(runs.begin(), runs.end(), [](const BenchRun& a, const BenchRun& b) {
    return a.loss.value_or(2) != b.loss.value_or(2) ? a.loss.value_or(2) < b.loss.value_or(2)
                                                    : a.lower_bound > b.lower_bound;
  });
  return runs[runs.size() / 2];
}

}  // namespace

BenchTable table_of_runs(const std::vector<BenchResult>& results) {
  BenchTable table{kQuestionNames, {}};
  add_names(table.names, {"repetition", "status", "seconds", "cpu_seconds", "nodes_visited"});
  add_names(table.names, kAnswerNames);
  for (const BenchResult& result : results) {
    for (std::size_t i = 0; i < result.runs.size(); ++i) {
      const BenchRun& run = result.runs[i];
      std::vector<BenchCell>& row = table.rows.emplace_back(cells_of(result.question));
      row.emplace_back(i + 1);
      row.emplace_back(run.status);
      row.push_back(has_run(run) ? BenchCell(run.seconds) : BenchCell());
      row.push_back(has_run(run) ? BenchCell(run.cpu_seconds) : BenchCell());
      row.push_back(has_run(run) ? BenchCell(run.nodes_visited) : BenchCell());
      add_answer(result.question, run, row);
    }
  }
  return table;
}

BenchTable table_of_cases(const std::vector<BenchResult>& results) {
  BenchTable table{kQuestionNames, {}};
  add_names(table.names, {"status", "repetitions", "seconds_lower_quartile", "seconds_median",
                          "seconds_upper_quartile", "cpu_seconds_median", "nodes_visited_median"});
  add_names(table.names, kAnswerNames);
  for (const BenchResult& result : results) {
    std::vector<BenchRun> runs = result.runs;
    const BenchRun& middle = typical(runs);
    std::vector<BenchCell>& row = table.rows.emplace_back(cells_of(result.question));
    row.emplace_back(middle.status);
    row.emplace_back(runs.size());
    add_times(runs, row);
    add_answer(result.question, middle, row);
  }
  return table;
}

}  // namespace throng
