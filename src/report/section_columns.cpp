// What was done to each column.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

/// The released value that most rows hold, but for `*`: to make a level tangible.
std::string example_of(const Table& released, const std::string& name) {
  const Column& column = released.columns[released.index_of(name)];
  std::vector<Count> counts(column.dictionary.size(), 0);
  for (const Code code : column.codes) ++counts[code];
  std::size_t best = counts.size();
  for (std::size_t v = 0; v < counts.size(); ++v) {
    const bool is_value =
        counts[v] > 0 && column.dictionary[v] != kSuppressed && !column.dictionary[v].empty();
    if (is_value && (best == counts.size() || counts[v] > counts[best])) best = v;
  }
  return best == counts.size() ? "" : column.dictionary[best];
}

Count num_values(const Table& released, const std::string& name) {
  const Column& column = released.columns[released.index_of(name)];
  std::vector<bool> occurs(column.dictionary.size(), false);
  for (const Code code : column.codes) occurs[code] = true;
  return static_cast<Count>(std::ranges::count(occurs, true));
}

const ColumnUtility* utility_of(const Content& content, const std::string& name) {
  if (!content.utility) return nullptr;
  const auto found = std::ranges::find(content.utility->columns, name, &ColumnUtility::name);
  return found == content.utility->columns.end() ? nullptr : &*found;
}

/// "level 1: 8,128 (10.2 %)", a line for every level between the original values and `*`.
std::string levels_between(const std::vector<Count>& records, Count rows) {
  std::string html;
  for (std::size_t l = 1; l + 1 < records.size(); ++l)
    if (records[l] > 0)
      html += fmt::format("<span class=\"entry\">level {}: {}</span> ", l, share(records[l], rows));
  return html.empty() ? "\u2013" : html;
}

/// Where the cells of a locally recoded column stand.
void add_levels(const Content& content, std::size_t j, std::vector<TableCell>& row) {
  const std::vector<Count>& records = content.request.local->records_at_level[j];
  const Count rows = content.released->num_rows;
  const bool has_top = records.size() > 1;
  const Count suppressed = (has_top ? records.back() : 0) + content.starred;
  row.push_back({share(records.front(), rows), std::to_string(records.front()), true});
  const Count between = std::accumulate(records.begin() + 1, records.end() - (has_top ? 1 : 0), Count{0});
  row.push_back({levels_between(records, rows), std::to_string(between), false});
  row.push_back({share(suppressed, rows), std::to_string(suppressed), true});
}

bool has_losses(const Content& content) {
  return content.tells_loss() && !content.best()->loss_per_qi.empty();
}

std::vector<TableCell> row_of(const Content& content, std::size_t j) {
  const std::string& name = content.qi_name(j);
  std::vector<TableCell> row{text_cell(name)};
  if (content.is_local()) {
    add_levels(content, j, row);
  } else {
    const Level level = content.best()->levels[j];
    row.push_back({level_text(content, j, level), std::to_string(level), false});
  }
  const std::string example = example_of(*content.released, name);
  row.push_back(example.empty() ? TableCell{"\u2013", "", false} : text_cell(example));
  row.push_back(count_cell(num_values(*content.released, name)));
  if (const ColumnUtility* utility = utility_of(content, name)) {
    row.push_back(count_cell(utility->distinct_before));
    row.push_back(number_cell(percent_text(utility->cells_retained), utility->cells_retained));
  }
  if (has_losses(content)) {
    const std::string loss = fmt::format("{:.4f}", content.best()->loss_per_qi[j]);
    row.push_back({loss, loss, true});
  }
  return row;
}

}  // namespace

std::string level_text(const Content& content, std::size_t qi, Level level) {
  const Level height = content.lattice().axes[qi].hierarchy.height();
  if (level == 0) return "original values";
  if (level == height) return "wholly suppressed";
  return fmt::format("level {} of {}", level, height);
}

std::string columns_section(const Content& content) {
  if (!content.best() || !content.released || content.released->num_rows == 0) return "";
  std::string caption =
      content.is_local()
          ? "Each quasi-identifier of the release: the rows that keep its original value, those with a value "
            "of a level between, those where it is *; a common value, and how many values occur"
          : "Each quasi-identifier of the release: the level it was generalized to, a value that is common "
            "at "
            "that level, and how many values occur";
  HtmlTable table{"columns", "", {"Column"}, {}, false};
  if (content.is_local())
    table.heads.insert(table.heads.end(), {"Original", "Generalized", "Suppressed"});
  else
    table.heads.emplace_back("Released at");
  table.heads.insert(table.heads.end(), {"Such as", "Values"});
  if (content.utility) {
    caption += ", of how many before; the cells that still say one original value";
    table.heads.insert(table.heads.end(), {"Values before", "Cells retained"});
  }
  if (has_losses(content)) {
    caption += "; the loss (0 = as it was, 1 = nothing left; a suppressed record counts 1)";
    table.heads.emplace_back("Loss");
  }
  table.caption = caption + ".";
  for (std::size_t j = 0; j < content.lattice().num_axes(); ++j) table.rows.push_back(row_of(content, j));
  return section_html("columns", "What was generalized and suppressed", table_html(table));
}

}  // namespace throng
