// Builds the answer and tells it in words.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "answer.hpp"
#include "core/words.hpp"

namespace throng {

namespace {

/// A value of the level that does not mean missing, to make "level 1 of 3" tangible.
std::string example_of(const Hierarchy& hierarchy, Level level, const std::vector<std::string>& missing) {
  for (const std::string& label : hierarchy.labels[level])
    if (std::find(missing.begin(), missing.end(), label) == missing.end()) return label;
  return "";
}

AnswerColumn describe(const Axis& axis, const InputSpec& input) {
  AnswerColumn column{axis.name, axis.hierarchy.height(), {}};
  const ColumnSpec* spec = input.find(axis.name);
  if (spec == nullptr || spec->hierarchy.kind == HierarchySpec::Kind::kFlat) return column;
  for (unsigned level = 0; level <= axis.hierarchy.height(); ++level)
    column.examples.push_back(example_of(axis.hierarchy, static_cast<Level>(level), input.missing));
  return column;
}

std::string level_in_words(const AnswerColumn& column, Level level) {
  if (level == 0) return "original values";
  if (level == column.height) return "wholly suppressed (*)";
  std::string words = fmt::format("level {} of {}", level, column.height);
  if (level < column.examples.size() && !column.examples[level].empty())
    words += fmt::format(", such as \"{}\"", column.examples[level]);
  return words;
}

/// Where the released records are: "level 0: 71 %, level 2: 29 %".
std::string levels_in_words(const std::vector<Count>& records) {
  const Count released = std::accumulate(records.begin(), records.end(), Count{0});
  std::string words;
  for (std::size_t l = 0; l < records.size(); ++l)
    if (records[l] > 0)
      words += fmt::format("{}level {}: {:.1f} %", words.empty() ? "" : ", ", l,
                           100 * static_cast<double>(records[l]) / static_cast<double>(released));
  return words;
}

std::string proof_in_words(const SearchResult& result, bool is_local) {
  const char* const what = is_local ? "recoding" : "node";
  if (result.proved_optimal) return fmt::format("proved to be the least of all {}s", what);
  return fmt::format("not proved: no {} is below {:.6f} (gap {:.1f} %)", what, result.lower_bound,
                     100 * result.gap);
}

std::string lattice_size(const Answer& answer) {
  if (answer.lattice_nodes) return grouped(*answer.lattice_nodes);
  return fmt::format("{:.3g}", answer.approximate_lattice_nodes);
}

std::string levels_text(const Answer& answer) {
  std::size_t width = 0;
  for (const AnswerColumn& column : answer.qi) width = std::max(width, column.name.size());
  std::string text;
  for (std::size_t j = 0; j < answer.qi.size(); ++j)
    text += fmt::format("  {:<{}}  {}\n", answer.qi[j].name, width,
                        answer.records_at_level.empty()
                            ? level_in_words(answer.qi[j], answer.result.best->levels[j])
                            : levels_in_words(answer.records_at_level[j]));
  return text;
}

std::string drift_text(const Answer& answer) {
  const PlanDrift& drift = *answer.drift;
  return fmt::format(
      "plan      of the records {} fit it, {} had to be recoded anew; of {} {} held, {} broke\n"
      "drift     loss planned {:.6f}, now {:.6f}\n",
      share(drift.fitting, answer.rows), grouped(drift.recoded), counted(drift.planned, "class"),
      grouped(drift.kept), grouped(drift.planned - drift.kept), answer.planned_loss,
      answer.result.best->loss);
}

}  // namespace

Answer make_answer(const Job& job, const Problem& problem, const Solved& solved) {
  Answer answer;
  answer.rows = problem.num_records();
  answer.k = job.k;
  for (const Axis& axis : problem.lattice.axes) answer.qi.push_back(describe(axis, job.input));
  answer.lattice_nodes = problem.lattice.num_nodes();
  answer.approximate_lattice_nodes = problem.lattice.approximate_num_nodes();
  answer.result = solved.result;
  answer.drift = solved.drift;
  if (solved.local) answer.records_at_level = solved.local->records_at_level;
  answer.strategy = to_string(job.strategy);
  answer.metric = job.metric;
  if (solved.result.best)
    answer.follows_from_release =
        follows_from_release(job.metric, problem.lattice, solved.result.best->levels);
  answer.aggregate = job.aggregate == Aggregate::kGeometric ? "geometric" : "arithmetic";
  answer.max_suppressed = job.max_suppressed;
  answer.max_suppressed_records = max_suppressed_records(job, answer.rows);
  answer.reason = fmt::format("none of {} nodes has k = {} with at most {}", lattice_size(answer), answer.k,
                              counted(answer.max_suppressed_records, "suppressed record"));
  return answer;
}

std::string answer_text(const Answer& answer) {
  if (!answer.result.best) return "no solution: " + answer.reason + "\n";
  const Solution& best = *answer.result.best;
  std::string text =
      fmt::format("k = {}: every class has at least {} records; {} on {}\n", answer.k, answer.k,
                  counted(best.classes, "class"), counted(answer.qi.size(), "quasi-identifier"));
  text += fmt::format("records   {} read, {} kept, {} suppressed\n", grouped(answer.rows),
                      share(answer.rows - best.suppressed, answer.rows), share(best.suppressed, answer.rows));
  text += fmt::format("loss      {:.6f} ({}), ", best.loss, answer.aggregate);
  text += answer.strategy == "redact"
              ? "nothing was searched\n"
              : fmt::format("{}; {} nodes\n", proof_in_words(answer.result, !answer.records_at_level.empty()),
                            lattice_size(answer));
  text += levels_text(answer);
  if (answer.redaction)
    text +=
        fmt::format("redaction dropping the small classes without generalizing would keep {}, loss {:.6f}\n",
                    share(answer.rows - answer.redaction->suppressed, answer.rows), answer.redaction->loss);
  if (answer.utility)
    text += fmt::format(
        "utility   counts of at least {} records are off by {:.1f} % (one column) and {:.1f} % (two) on "
        "average\n",
        answer.k, 100 * answer.utility->one_way.mean_from_k, 100 * answer.utility->two_way.mean_from_k);
  if (answer.drift) text += drift_text(answer);
  for (const std::string& file : answer.files) text += fmt::format("wrote     {}\n", file);
  if (answer.is_verified)
    text += "verified  the files were read back: classes, levels and checksums are right\n";
  return text;
}

}  // namespace throng
