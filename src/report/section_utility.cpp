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
                  "common): total variation is half the sum of the differences of all shares, Hellinger "
                  "weighs rare values more. Count error: mean relative error of the counts of single values; "
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

/// Means over the columns, or the pairs, that hold a quasi-identifier.
struct Means {
  double error = 0, distance = 0;  ///< of columns; errors are of counts of at least k
  double pair_error = 0, change = 0;
  Count num_counts = 0, num_pair_counts = 0;
};

bool is_qi(const ColumnUtility& column) { return column.role == Role::kQuasiIdentifier; }

void add_columns(const Utility& utility, Means& means) {
  double num_columns = 0;
  for (const ColumnUtility& column : utility.columns) {
    if (!is_qi(column)) continue;
    ++num_columns;
    means.distance += column.total_variation;
    means.num_counts += column.error.num_counts_from_k;
    means.error += column.error.mean_from_k * static_cast<double>(column.error.num_counts_from_k);
  }
  means.distance /= std::max(num_columns, 1.0);
  means.error /= static_cast<double>(std::max<Count>(means.num_counts, 1));
}

void add_pairs(const Utility& utility, Means& means) {
  double num_pairs = 0;
  for (const PairUtility& pair : utility.pairs) {
    if (!is_qi(utility.columns[pair.a]) && !is_qi(utility.columns[pair.b])) continue;
    ++num_pairs;
    means.change += change_of(pair);
    means.num_pair_counts += pair.error.num_counts_from_k;
    means.pair_error += pair.error.mean_from_k * static_cast<double>(pair.error.num_counts_from_k);
  }
  means.change /= std::max(num_pairs, 1.0);
  means.pair_error /= static_cast<double>(std::max<Count>(means.num_pair_counts, 1));
}

std::vector<Figure> figures_of(const Utility& utility) {
  Means means;
  add_columns(utility, means);
  add_pairs(utility, means);
  return {{percent_text(means.error), "Error of single counts",
           fmt::format("Mean relative error of the {} counts of one value of a quasi-identifier that were at "
                       "least {}; of all columns {}.",
                       grouped(means.num_counts), utility.k, percent_text(utility.one_way.mean_from_k))},
          {percent_text(means.pair_error), "Error of pair counts",
           fmt::format("The same for the {} counts of two values together, at least one of a "
                       "quasi-identifier; of all pairs {}.",
                       grouped(means.num_pair_counts), percent_text(utility.two_way.mean_from_k))},
          {fmt::format("{:.3f}", means.distance), "Mean distance",
           fmt::format("Total variation between the distributions before and after, averaged over the "
                       "quasi-identifiers; over all columns {:.3f}.",
                       utility.mean_total_variation)},
          {fmt::format("{:.3f}", means.change), "Mean change of association",
           fmt::format("How far Cramer's V of two columns moves, averaged over the pairs with at least one "
                       "quasi-identifier; over all pairs {:.3f}.",
                       utility.mean_association_change)}};
}

}  // namespace

std::string utility_section(const Content& content) {
  if (!content.utility) return "";
  const Utility& utility = *content.utility;
  return section_html("utility", "What an analyst still learns",
                      figures_html(figures_of(utility)) + column_table(utility) + pair_table(utility));
}

}  // namespace throng
