// How much of a record a local recoding keeps: rows by the fate of their cells.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "charts.hpp"
#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"
#include "utility/coverage.hpp"

namespace throng {

namespace {

constexpr std::size_t kPatternsShown = 20;

CellState state_of(const std::string& text, Code leaves) {
  if (text == kSuppressed) return CellState::kStar;
  return leaves == 1 ? CellState::kOriginal : CellState::kGeneralized;
}

double share_of(Count part, const Content& content) {
  return static_cast<double>(part) / static_cast<double>(content.released->num_rows);
}

std::string names_in(const Content& content, const Pattern& pattern, CellState state) {
  std::string html;
  for (std::size_t j = 0; j < pattern.cells.size(); ++j)
    if (pattern.cells[j] == state) html += (html.empty() ? "" : ", ") + value_html(content.qi_name(j));
  return html.empty() ? "\u2013" : html;
}

std::string pattern_table(const Content& content) {
  HtmlTable table{
      "what-records-keep",
      "Released records by what became of their cells: how many columns keep an original value, those with a "
      "value that covers several, and those that are *.",
      {"Original", "Generalized", "Suppressed", "Records", "Share"},
      {},
      true};
  for (std::size_t i = 0; i < std::min(kPatternsShown, content.patterns.size()); ++i) {
    const Pattern& pattern = content.patterns[i];
    std::vector<TableCell>& row = table.rows.emplace_back();
    const auto kept = std::ranges::count(pattern.cells, CellState::kOriginal);
    row.push_back(
        number_cell(fmt::format("{} of {}", kept, pattern.cells.size()), static_cast<double>(kept)));
    for (const CellState state : {CellState::kGeneralized, CellState::kStar}) {
      const std::string names = names_in(content, pattern, state);
      row.push_back({names, fmt::format("{:03}", std::ranges::count(pattern.cells, state)), false});
    }
    row.push_back(count_cell(pattern.records));
    row.push_back(
        number_cell(percent_text(share_of(pattern.records, content)), static_cast<double>(pattern.records)));
  }
  return table_html(table);
}

std::string kept_columns(const Content& content) {
  const std::size_t d = content.lattice().num_axes();
  std::vector<Count> records(d + 1, 0);
  for (const Pattern& pattern : content.patterns)
    records[static_cast<std::size_t>(std::ranges::count(pattern.cells, CellState::kOriginal))] +=
        pattern.records;
  std::vector<BarRow> rows;
  for (std::size_t kept = d + 1; kept-- > 0;)
    if (records[kept] > 0)
      rows.push_back(
          {kept == d ? fmt::format("all {} columns", d) : fmt::format("{} of {} columns", kept, d),
           {static_cast<double>(records[kept])},
           {fmt::format("{} ({})", grouped(records[kept]), percent_text(share_of(records[kept], content)))}});
  return figure_html(
      bar_chart("Released records by columns that keep an original value", {"released"}, rows) +
          element("figcaption",
                  "Released records by how many of their quasi-identifiers still say one "
                  "original value."),
      "one");
}

}  // namespace

std::vector<Pattern> patterns_of(const Table& released, const Problem& problem) {
  const std::size_t d = problem.lattice.num_axes();
  std::vector<const Column*> columns;
  std::vector<std::vector<CellState>> states(d);
  for (std::size_t j = 0; j < d; ++j) {
    const Axis& axis = problem.lattice.axes[j];
    columns.push_back(&released.columns[released.index_of(axis.name)]);
    const Coverage coverage = cover_released(*columns[j], axis.hierarchy);
    for (std::size_t g = 0; g < columns[j]->dictionary.size(); ++g)
      states[j].push_back(state_of(columns[j]->dictionary[g], coverage.num_leaves_of_released[g]));
  }
  std::map<std::vector<CellState>, Count> counts;
  std::vector<CellState> cells(d);
  for (std::size_t i = 0; i < released.num_rows; ++i) {
    for (std::size_t j = 0; j < d; ++j) cells[j] = states[j][columns[j]->codes[i]];
    ++counts[cells];
  }
  std::vector<Pattern> patterns;
  for (const auto& [key, records] : counts) patterns.push_back({key, records});
  std::ranges::stable_sort(patterns, std::greater<>(), &Pattern::records);
  return patterns;
}

std::string patterns_section(const Content& content) {
  if (content.patterns.empty()) return "";
  Count shown = 0;
  for (std::size_t i = 0; i < std::min(kPatternsShown, content.patterns.size()); ++i)
    shown += content.patterns[i].records;
  const std::string text = element(
      "p",
      fmt::format("Each record was generalized only as far as its own class needs. There are {} patterns "
                  "of original, generalized and suppressed cells; the table has the most common, with "
                  "{} of the released records.",
                  grouped(content.patterns.size()), percent_text(share_of(shown, content))));
  return section_html("patterns", "What the records keep",
                      text + kept_columns(content) + pattern_table(content));
}

}  // namespace throng
