// The distribution of each quasi-identifier, before and after side by side.
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

constexpr std::size_t kBars = 12;

std::string line_of(const LeafCounts& counts) {
  LineChart chart{"Records by " + counts.name, {}, {}, 1, "", counts.name};
  chart.series = {{"before", "before", {}}, {"after", "after", {}}};
  for (const std::size_t v : numbers_of(counts.labels)) {
    chart.positions.push_back(counts.labels[v]);
    chart.series[0].values.emplace_back(static_cast<double>(counts.before[v]));
    chart.series[1].values.emplace_back(counts.after[v]);
    chart.top = std::max({chart.top, static_cast<double>(counts.before[v]), counts.after[v]});
  }
  chart.top_text = grouped(static_cast<Count>(std::llround(chart.top)));
  const std::string outside = outside_text(counts);
  return line_chart(chart) + (outside.empty() ? "" : element("figcaption", outside));
}

std::string bars_of(const LeafCounts& counts) {
  std::vector<std::size_t> order;
  for (std::size_t v = 0; v < counts.labels.size(); ++v)
    if (counts.before[v] > 0) order.push_back(v);
  const bool is_cut = order.size() > kBars;
  if (is_cut) {
    std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t v) { return counts.before[v]; });
    order.resize(kBars);
  }
  std::vector<BarRow> rows;
  Count before = std::accumulate(counts.before.begin(), counts.before.end(), Count{0});
  double after = std::accumulate(counts.after.begin(), counts.after.end(), 0.0);
  bool is_estimate = false;
  for (const std::size_t v : order) {
    rows.push_back({counts.labels[v],
                    {static_cast<double>(counts.before[v]), counts.after[v]},
                    {grouped(counts.before[v]), approximate(counts.after[v], counts.is_estimate[v])}});
    is_estimate = is_estimate || counts.is_estimate[v];
    before -= counts.before[v];
    after -= counts.after[v];
  }
  if (is_cut)
    rows.push_back({"all others",
                    {static_cast<double>(before), after},
                    {grouped(before), approximate(after, is_estimate)}});
  return bar_chart("Records by " + counts.name, {"before", "after"}, rows);
}

std::string before_and_after(const Content& content) {
  std::string html = element(
      "p",
      "Records by value of each quasi-identifier, before and after. A released value that covers several "
      "original ones counts in equal shares for each, as an analyst must read it, and a suppressed cell (*) "
      "in "
      "equal shares for all; dropped records are missing after.");
  for (const LeafCounts& counts : content.leaves)
    html += figure_html(element("h3", value_html(counts.name)) +
                        (is_numeric(counts.labels) ? line_of(counts) : bars_of(counts)));
  return html;
}

/// The released values of one quasi-identifier, most frequent first; each is held by at least k rows.
std::string released_bars(const Column& column) {
  std::vector<Count> counts(column.dictionary.size(), 0);
  for (const Code code : column.codes) ++counts[code];
  std::vector<std::size_t> order;
  for (std::size_t v = 0; v < counts.size(); ++v)
    if (counts[v] > 0) order.push_back(v);
  std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t v) { return counts[v]; });
  std::vector<BarRow> rows;
  Count others = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i < kBars)
      rows.push_back({column.dictionary[order[i]],
                      {static_cast<double>(counts[order[i]])},
                      {grouped(counts[order[i]])}});
    else
      others += counts[order[i]];
  }
  if (others > 0) rows.push_back({"all others", {static_cast<double>(others)}, {grouped(others)}});
  return bar_chart("Released records by " + column.name, {"released"}, rows);
}

std::string released_only(const Content& content) {
  std::string html =
      element("p", "Released records by value of each quasi-identifier; * is a suppressed value.");
  for (const Column& column : content.released->columns)
    if (column.role == Role::kQuasiIdentifier)
      html += figure_html(element("h3", value_html(column.name)) + released_bars(column), "one");
  return html;
}

}  // namespace

std::string trends_section(const Content& content) {
  if (!content.released || content.classes_after.empty()) return "";
  return section_html("trends", "The columns in numbers",
                      content.is_external() ? released_only(content) : before_and_after(content));
}

}  // namespace throng
