// Who is at risk, by what is known: curve over the number of columns, pairs, and each column's share.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <numeric>

#include "charts.hpp"
#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

double share_of(Count part, Count whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string curve(const Content& content) {
  const Count rows = content.request.table.num_rows;
  LineChart chart;
  chart.title = "Share of the original records at risk by number of columns known";
  chart.x_title = "columns known";
  chart.series = {{"worst combination", "worst", {}},
                  {"median combination", "median", {}},
                  {"safest combination", "least", {}}};
  for (const SizeSummary& size : content.before->by_size) {
    chart.positions.push_back(std::to_string(size.size));
    chart.series[0].values.emplace_back(share_of(size.max, rows));
    chart.series[1].values.emplace_back(share_of(size.median, rows));
    chart.series[2].values.emplace_back(share_of(size.min, rows));
  }
  chart.top = 1e-3;
  for (const auto& value : chart.series[0].values) chart.top = std::max(chart.top, *value);
  chart.top_text = percent_text(chart.top);
  return figure_html(
      line_chart(chart) +
      element("figcaption", fmt::format("Original records in classes below k = {}, for an adversary "
                                        "who knows so many columns: the worst, the median and the "
                                        "safest choice of them.",
                                        content.k)));
}

std::string sizes_table(const Content& content) {
  HtmlTable table{
      "sizes",
      "The same in numbers: combinations of so many columns, how many of them put nobody at risk, "
      "and the records at risk for the safest, the median and the worst.",
      {"Columns known", "Combinations", "Safe", "Safest", "Median", "Worst"},
      {},
      false};
  for (const SizeSummary& size : content.before->by_size)
    table.rows.push_back({count_cell(size.size), count_cell(size.combinations), count_cell(size.safe),
                          count_cell(size.min), count_cell(size.median), count_cell(size.max)});
  return table_html(table);
}

std::string pairs(const Content& content) {
  const std::size_t d = content.lattice().num_axes();
  if (d < 2) return "";
  std::vector<std::string> names;
  for (std::size_t j = 0; j < d; ++j) names.push_back(content.qi_name(j));
  std::vector<std::vector<std::optional<double>>> shares(d, std::vector<std::optional<double>>(d));
  double largest = 0;
  for (const CombinationRisk& risk : content.singles_and_pairs) {
    const auto low = static_cast<std::size_t>(std::countr_zero(risk.qi));
    const auto high = static_cast<std::size_t>(std::bit_width(risk.qi)) - 1;
    shares[high][low] = share_of(risk.at_risk[content.k_index()], content.request.table.num_rows);
    largest = std::max(largest, *shares[high][low]);
  }
  return element("h3", "Pairs of columns") +
         figure_html(
             heat_map("Share of the original records at risk by pair of columns", names, shares, largest) +
             element("figcaption",
                     fmt::format(
                         "Share of the original records in classes below {} when two columns are known (the "
                         "diagonal: one), by the numbers of the columns; the stronger the color, the more.",
                         content.k)));
}

std::string shapley(const Content& content) {
  const AuditResult& audited = *content.before;
  if (audited.shapley.empty()) return "";
  std::vector<std::size_t> order(audited.shapley.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(
      order, [&](std::size_t a, std::size_t b) { return audited.shapley[a] > audited.shapley[b]; });
  std::vector<BarRow> rows;
  for (const std::size_t j : order)
    rows.push_back(
        {content.qi_name(j),
         {std::max(0.0, audited.shapley[j])},
         {fmt::format("{:.1f} points; without it {} at risk", 100 * audited.shapley[j],
                      percent_text(share_of(audited.at_risk_without[j], content.request.table.num_rows)))}});
  return element("h3", "Which column makes the risk") +
         figure_html(
             bar_chart("Share of the risk by column", {"share of the risk"}, rows) +
                 element(
                     "figcaption",
                     "Exact Shapley values: each column's fair part of the share at risk when all are "
                     "known, averaged over every order of learning them; they add up to that share. A point "
                     "is "
                     "1 % of the records. Without it: the share at risk when all other columns are known."),
             "risk");
}

std::string released_risk(const Content& content) {
  if (!content.after) return "";
  Count safe = 0;
  for (const SizeSummary& size : content.after->by_size) safe += size.safe;
  return element("p",
                 fmt::format("In the release, {} of {} combinations of quasi-identifiers that were looked at "
                             "put nobody at risk: whatever is known of them, at least {} records fit.",
                             grouped(safe), grouped(content.after->combinations), content.k));
}

}  // namespace

std::string risk_section(const Content& content) {
  std::string body = released_risk(content);
  if (content.before) body += curve(content) + sizes_table(content) + pairs(content) + shapley(content);
  if (body.empty()) return "";
  return section_html("risk", "Risk by what is known", body);
}

}  // namespace throng
