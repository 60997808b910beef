// The main trends: records by two columns together, before and after.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "charts.hpp"
#include "core/words.hpp"
#include "html.hpp"
#include "numeric_labels.hpp"
#include "sections.hpp"

namespace throng {

namespace {

constexpr std::size_t kCells = 12;
constexpr std::size_t kLetters = 28;  ///< of each of two labels

/// One value of the second column over the numbers of the first.
std::string panel(const TwoWay& pair, std::size_t y) {
  LineChart chart;
  const std::string name = fmt::format("{}: {}", pair.second, shortened(pair.second_labels[y], kLetters));
  chart.title = fmt::format("Records by {}, {}", pair.first, name);
  chart.is_panel = true;
  if (!pair.before.empty()) chart.series.push_back({"before", "before", {}});
  chart.series.push_back({"after", "after", {}});
  for (const std::size_t x : numbers_of(pair.first_labels)) {
    const std::size_t cell = x * pair.second_labels.size() + y;
    chart.positions.push_back(pair.first_labels[x]);
    if (!pair.before.empty()) chart.series.front().values.emplace_back(pair.before[cell]);
    chart.series.back().values.emplace_back(pair.after[cell]);
    chart.top = std::max({chart.top, pair.before.empty() ? 0 : pair.before[cell], pair.after[cell]});
  }
  chart.top_text = grouped(static_cast<Count>(std::llround(chart.top)));
  return element("div", element("h4", "<bdi>" + breakable_html(name) + "</bdi>") + line_chart(chart));
}

std::string panels(const TwoWay& pair) {
  std::string html;
  for (std::size_t y = 0; y < pair.second_labels.size(); ++y) html += panel(pair, y);
  return element("div", "panels", html);
}

/// "Female" and "1" with a point between
std::string cell_name(const TwoWay& pair, std::size_t cell) {
  return shortened(pair.first_labels[cell / pair.second_labels.size()], kLetters) + " \u00b7 " +
         shortened(pair.second_labels[cell % pair.second_labels.size()], kLetters);
}

/// Records of one cell or of several together.
struct Records {
  double before = 0, after = 0;
  bool is_estimate = false;
};

Records records_in(const TwoWay& pair, std::size_t cell) {
  return {pair.before.empty() ? 0 : pair.before[cell], pair.after[cell],
          !pair.is_estimate.empty() && pair.is_estimate[cell]};
}

BarRow bar_of(const TwoWay& pair, const std::string& name, const Records& records) {
  BarRow row{name, {records.after}, {approximate(records.after, records.is_estimate)}};
  if (pair.before.empty()) return row;
  row.values.insert(row.values.begin(), records.before);
  row.shown.insert(row.shown.begin(), approximate(records.before, false));
  return row;
}

/// The largest cells, in the order of the first column, and the rest together.
std::string bars(const TwoWay& pair) {
  const std::vector<double>& weight = pair.before.empty() ? pair.after : pair.before;
  std::vector<std::size_t> cells(pair.after.size());
  std::iota(cells.begin(), cells.end(), std::size_t{0});
  std::erase_if(cells, [&](std::size_t cell) { return weight[cell] == 0; });
  std::ranges::stable_sort(cells, std::greater<>(), [&](std::size_t cell) { return weight[cell]; });
  const bool is_cut = cells.size() > kCells;
  cells.resize(std::min(kCells, cells.size()));
  std::ranges::sort(cells);
  Records others{std::accumulate(pair.before.begin(), pair.before.end(), 0.0),
                 std::accumulate(pair.after.begin(), pair.after.end(), 0.0), false};
  std::vector<BarRow> rows;
  for (const std::size_t cell : cells) {
    const Records records = records_in(pair, cell);
    rows.push_back(bar_of(pair, cell_name(pair, cell), records));
    others.before -= records.before;
    others.after = std::max(0.0, others.after - records.after);
    others.is_estimate = others.is_estimate || records.is_estimate;
  }
  if (is_cut) rows.push_back(bar_of(pair, "all others", others));
  const auto series = pair.before.empty() ? std::vector<std::string>{"released"}
                                          : std::vector<std::string>{"before", "after"};
  return bar_chart(fmt::format("Records by {} and {}", pair.first, pair.second), series, rows);
}

/// How many records are in no line picture, since their value of the first column is no number.
std::string left_out(const Content& content, const TwoWay& pair) {
  for (const LeafCounts& counts : content.leaves)
    if (counts.name == pair.first) return outside_text(counts);
  std::vector<double> records(pair.first_labels.size(), 0);
  for (std::size_t cell = 0; cell < pair.after.size(); ++cell)
    records[cell / pair.second_labels.size()] += pair.after[cell];
  for (const std::size_t x : numbers_of(pair.first_labels)) records[x] = 0;
  for (std::size_t x = 0; x < records.size(); ++x)
    if (records[x] > 0) return outside_text(pair.first, pair.first_labels[x], static_cast<Count>(records[x]));
  return "";
}

std::string pair_html(const Content& content, const TwoWay& pair) {
  const bool is_line = is_numeric(pair.first_labels);
  std::string html = element("h3", value_html(pair.first) + " and " + value_html(pair.second));
  html += is_line ? panels(pair) : bars(pair);
  std::string caption = is_line ? left_out(content, pair) : "";
  if (pair.error)
    caption += fmt::format("Mean relative error of the counts of both columns that were at least k: {}.",
                           percent_text(*pair.error));
  if (!caption.empty()) html += element("figcaption", caption);
  return figure_html(html, pair.before.empty() ? "one" : "two");
}

}  // namespace

std::string two_way_section(const Content& content) {
  if (content.two_way.empty()) return "";
  std::string html = element(
      "p", content.is_external()
               ? "Released records by the values of two quasi-identifiers together; each number counts whole "
                 "classes. Each line picture has its own scale."
               : "Records by the values of two columns together, before (grey, dashed) and after (blue): "
                 "whether a trend survives the release. At least one of them is a quasi-identifier. Released "
                 "values are read as above. Each line "
                 "picture has its own scale; bars show the most frequent pairs.");
  for (const TwoWay& pair : content.two_way) html += pair_html(content, pair);
  return section_html("two-way", "Main trends", html);
}

}  // namespace throng
