// What the release still tells an analyst, as measures.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

constexpr std::size_t kPairsShown = 12;

double change_of(const PairUtility& pair) { return std::abs(pair.cramers_v_after - pair.cramers_v_before); }

TableCell decimal_cell(double value) { return number_cell(fmt::format("{:.3f}", value), value); }

std::string column_table(const Utility& utility) {
  HtmlTable table{
      "measures",
      fmt::format("Distances between the distributions before and after (0 = the same, 1 = nothing in "
                  "common): total variation is the largest difference of any share, Hellinger weighs "
                  "rare values more. Count error: mean relative error of the counts of single values; "
                  "the last column only those of at least {}.",
                  utility.k),
      {"Column", "Total variation", "Hellinger", "Count error", "Count error, large"},
      {},
      true};
  for (const ColumnUtility& column : utility.columns)
    table.rows.push_back({text_cell(column.name), decimal_cell(column.total_variation),
                          decimal_cell(column.hellinger),
                          number_cell(percent_text(column.error.mean), column.error.mean),
                          number_cell(percent_text(column.error.mean_from_k), column.error.mean_from_k)});
  return table_html(table);
}

std::string pair_table(const Utility& utility) {
  std::vector<const PairUtility*> pairs;
  for (const PairUtility& pair : utility.pairs) pairs.push_back(&pair);
  std::ranges::stable_sort(pairs, std::greater<>(), [](const PairUtility* pair) { return change_of(*pair); });
  pairs.resize(std::min(kPairsShown, pairs.size()));
  HtmlTable table{
      "pairs",
      "Association of two columns as Cramer's V (0 = independent, 1 = one tells the other), of the "
      "values as they stand before and after; the pairs that changed most.",
      {"First", "Second", "V before", "V after", "Change"},
      {},
      true};
  for (const PairUtility* pair : pairs)
    table.rows.push_back({text_cell(utility.columns[pair->a].name), text_cell(utility.columns[pair->b].name),
                          decimal_cell(pair->cramers_v_before), decimal_cell(pair->cramers_v_after),
                          decimal_cell(change_of(*pair))});
  return pairs.empty() ? "" : element("h3", "Associations") + table_html(table);
}

}  // namespace

std::string utility_section(const Content& content) {
  if (!content.utility) return "";
  const Utility& utility = *content.utility;
  const std::vector<Figure> figures = {
      {percent_text(utility.one_way.mean_from_k), "Error of single counts",
       fmt::format("Mean relative error of the {} counts of one value that were at least {}.",
                   grouped(utility.one_way.num_counts_from_k), utility.k)},
      {percent_text(utility.two_way.mean_from_k), "Error of pair counts",
       fmt::format("The same for the {} counts of two values together.",
                   grouped(utility.two_way.num_counts_from_k))},
      {fmt::format("{:.3f}", utility.mean_total_variation), "Mean distance",
       "Total variation between the distributions before and after, averaged over the columns."},
      {fmt::format("{:.3f}", utility.mean_association_change), "Mean change of association",
       "How far Cramer's V of two columns moves, averaged over all pairs."}};
  return section_html("utility", "What an analyst still learns",
                      figures_html(figures) + column_table(utility) + pair_table(utility));
}

}  // namespace throng
