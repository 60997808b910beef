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
  return element("div", element("h4", value_html(name)) + line_chart(chart));
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

BarRow bar_of(const TwoWay& pair, const std::string& name, double before, double after) {
  BarRow row{name, {after}, {approximate(after)}};
  if (pair.before.empty()) return row;
  row.values.insert(row.values.begin(), before);
  row.shown.insert(row.shown.begin(), approximate(before));
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
  double before = std::accumulate(pair.before.begin(), pair.before.end(), 0.0);
  double after = std::accumulate(pair.after.begin(), pair.after.end(), 0.0);
  std::vector<BarRow> rows;
  for (const std::size_t cell : cells) {
    const double of_cell = pair.before.empty() ? 0 : pair.before[cell];
    rows.push_back(bar_of(pair, cell_name(pair, cell), of_cell, pair.after[cell]));
    before -= of_cell;
    after -= pair.after[cell];
  }
  if (is_cut) rows.push_back(bar_of(pair, "all others", before, std::max(0.0, after)));
  const auto series = pair.before.empty() ? std::vector<std::string>{"released"}
                                          : std::vector<std::string>{"before", "after"};
  return bar_chart(fmt::format("Records by {} and {}", pair.first, pair.second), series, rows);
}

std::string pair_html(const TwoWay& pair) {
  const bool is_line = is_numeric(pair.first_labels);
  std::string html = element("h3", value_html(pair.first) + " and " + value_html(pair.second));
  html += is_line ? panels(pair) : bars(pair);
  if (pair.error)
    html += element("figcaption", fmt::format("Mean relative error of the counts that were at least k: {}.",
                                              percent_text(*pair.error)));
  return figure_html(html, pair.before.empty() ? "one" : "two");
}

}  // namespace

std::string two_way_section(const Content& content) {
  if (content.two_way.empty()) return "";
  std::string html = element(
      "p", content.is_external()
               ? "Released records by the values of two quasi-identifiers together; each number counts whole "
                 "classes. Each line picture has its own scale."
               : "Records by the values of two quasi-identifiers together, before (grey, dashed) and after "
                 "(blue): whether a trend survives the release. Released values are read as above. Each line "
                 "picture has its own scale; bars show the most frequent pairs.");
  for (const TwoWay& pair : content.two_way) html += pair_html(pair);
  return section_html("two-way", "Main trends", html);
}

}  // namespace throng
