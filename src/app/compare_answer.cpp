// Shapes a comparison as JSON and tells it in words.
#include "compare_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/words.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

Json error_json(const CountError& error) {
  return {{"mean", error.mean},
          {"counts", error.num_counts},
          {"mean_from_k", error.mean_from_k},
          {"counts_from_k", error.num_counts_from_k}};
}

Json column_json(const ColumnUtility& column) {
  Json json{{"name", column.name},
            {"role", to_string(column.role)},
            {"distinct_before", column.distinct_before},
            {"distinct_after", column.distinct_after},
            {"total_variation", column.total_variation},
            {"hellinger", column.hellinger},
            {"jensen_shannon", column.jensen_shannon},
            {"relative_error", error_json(column.error)},
            {"cells_retained", column.cells_retained}};
  if (column.role == Role::kQuasiIdentifier) json["loss"] = column.loss;
  return json;
}

Json pair_json(const Utility& utility, const PairUtility& pair) {
  return {{"columns", {utility.columns[pair.a].name, utility.columns[pair.b].name}},
          {"cramers_v_before", pair.cramers_v_before},
          {"cramers_v_after", pair.cramers_v_after},
          {"relative_error", error_json(pair.error)}};
}

/// The pair whose association changed most.
const PairUtility* most_changed(const Utility& utility) {
  const auto change = [](const PairUtility& pair) {
    return std::abs(pair.cramers_v_after - pair.cramers_v_before);
  };
  const auto found = std::ranges::max_element(utility.pairs, {}, change);
  return found == utility.pairs.end() ? nullptr : &*found;
}

}  // namespace

std::string compare_json(const Utility& utility) {
  Json json{{"rows_before", utility.rows_before},
            {"rows_after", utility.rows_after},
            {"k", utility.k},
            {"records_retained", utility.records_retained()},
            {"cells_retained", utility.cells_retained},
            {"loss", utility.loss},
            {"absent", utility.absent},
            {"mean_total_variation", utility.mean_total_variation},
            {"relative_error_1way", error_json(utility.one_way)},
            {"relative_error_2way", error_json(utility.two_way)},
            {"mean_association_change", utility.mean_association_change},
            {"max_association_change", utility.max_association_change}};
  json["columns"] = Json::array();
  for (const ColumnUtility& column : utility.columns) json["columns"].push_back(column_json(column));
  json["pairs"] = Json::array();
  for (const PairUtility& pair : utility.pairs) json["pairs"].push_back(pair_json(utility, pair));
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string compare_text(const Utility& utility) {
  std::string text = fmt::format("records   {} of {} kept\n", share(utility.rows_after, utility.rows_before),
                                 grouped(utility.rows_before));
  text += fmt::format("cells     {:.1f} % of the quasi-identifiers' cells keep their original value\n",
                      100 * utility.cells_retained);
  text += fmt::format("loss      {:.6f} (a dropped record counts 1)\n", utility.loss);
  if (!utility.absent.empty())
    text += fmt::format("absent    {}: not in the release, so all is lost there\n",
                        fmt::join(utility.absent, ", "));
  const auto counts = [&](const char* name, const CountError& error) {
    return fmt::format("{:<9} {:.1f} % mean relative error of {} counts; {:.1f} % of the {} from {} on\n",
                       name, 100 * error.mean, grouped(error.num_counts), 100 * error.mean_from_k,
                       grouped(error.num_counts_from_k), utility.k);
  };
  text += counts("1-way", utility.one_way) + counts("2-way", utility.two_way);
  text += fmt::format("pairs     Cramer's V changes by {:.3f} on average", utility.mean_association_change);
  if (const PairUtility* pair = most_changed(utility))
    text += fmt::format(", most for {} and {}: {:.3f} before, {:.3f} after", utility.columns[pair->a].name,
                        utility.columns[pair->b].name, pair->cramers_v_before, pair->cramers_v_after);
  text += "\ncolumns   (total variation: 0 = the same distribution, 1 = nothing in common)\n";
  std::size_t width = 0;
  for (const ColumnUtility& column : utility.columns) width = std::max(width, column.name.size());
  for (const ColumnUtility& column : utility.columns)
    text += fmt::format("  {:<{}}  {:.3f}  {} before, {} after\n", column.name, width, column.total_variation,
                        counted(column.distinct_before, "value"), grouped(column.distinct_after));
  return text;
}

}  // namespace throng
