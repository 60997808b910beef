// Shapes an audit as JSON, for the private side and for the world.
#include <cmath>
#include <nlohmann/json.hpp>

#include "answer.hpp"
#include "audit_answer.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

Json names_of(const AuditAnswer& answer, Combination qi) {
  Json names = Json::array();
  for (std::size_t j = 0; j < answer.qi.size(); ++j)
    if ((qi >> j & 1) != 0) names.push_back(answer.qi[j]);
  return names;
}

Json risks(const AuditAnswer& answer, const std::vector<CombinationRisk>& worst) {
  Json list = Json::array();
  for (const CombinationRisk& risk : worst) {
    Json at_risk = Json::object();
    for (std::size_t t = 0; t < risk.at_risk.size(); ++t)
      at_risk[std::to_string(answer.options.thresholds[t])] = risk.at_risk[t];
    list.push_back({{"qi", names_of(answer, risk.qi)}, {"classes", risk.classes}, {"at_risk", at_risk}});
  }
  return list;
}

Json sizes(const AuditAnswer& answer) {
  Json list = Json::array();
  for (const SizeSummary& size : answer.result.by_size)
    list.push_back({{"size", size.size},
                    {"combinations", size.combinations},
                    {"safe", size.safe},
                    {"min", size.min},
                    {"median", size.median},
                    {"max", size.max},
                    {"mean", size.mean},
                    {"worst", risks(answer, size.worst)}});
  return list;
}

template <typename T>
Json by_name(const AuditAnswer& answer, const std::vector<T>& values) {
  if (values.empty()) return nullptr;
  Json json = Json::object();
  for (std::size_t j = 0; j < values.size(); ++j) json[answer.qi[j]] = values[j];
  return json;
}

std::uint64_t num_safe(const AuditResult& result) {
  std::uint64_t safe = 0;
  for (const SizeSummary& size : result.by_size) safe += size.safe;
  return safe;
}

Json bins_of(const std::vector<RecordBin>& bins) {
  Json list = Json::array();
  for (const RecordBin& bin : bins)
    list.push_back({{"from", bin.from}, {"to", bin.to}, {"records", bin.records}});
  return list;
}

Json record_risk_of(const AuditAnswer& answer, bool is_external) {
  const RecordRiskAnswer& records = *answer.records;
  const Count k = answer.options.k;
  Json quantiles = Json::object();
  for (std::size_t q = 0; q < records.quantiles.size(); ++q) {
    // A quantile that fewer than k records reach would be a figure about them.
    const double above = (1 - kScoreQuantiles[q]) * static_cast<double>(answer.rows);
    const Json value =
        is_external ? Json(std::floor(100 * records.quantiles[q]) / 100) : Json(records.quantiles[q]);
    quantiles[std::to_string(kScoreQuantiles[q]).substr(0, 4)] =
        is_external && above < static_cast<double>(k) ? Json() : value;
  }
  const auto bins = [&](const std::vector<RecordBin>& all) {
    return bins_of(is_external ? external_bins(all, k) : all);
  };
  return {{"max_size", records.risk.max_size},
          {"by_smallest_size", bins(records.by_smallest_size)},
          {"by_score_tenth", bins(records.by_score)},
          {"score_quantiles", quantiles}};
}

/// Names of columns, numbers of combinations, and numbers of records rounded down to multiples of k.
Json external_json(const AuditAnswer& answer) {
  const AuditResult& result = answer.result;
  const Count k = answer.options.k;
  const auto rounded = [&](double records) { return static_cast<Count>(records) / k * k; };
  Json json{{"rows", rounded(static_cast<double>(answer.rows))},
            {"rounded_down_to_multiples_of", k},
            {"k", k},
            {"qi", answer.qi},
            {"max_size", answer.options.max_size},
            {"missing", "category"},
            {"combinations", result.combinations},
            {"safe_combinations", num_safe(result)}};
  json["by_size"] = Json::array();
  for (const SizeSummary& size : result.by_size)
    json["by_size"].push_back({{"size", size.size},
                               {"combinations", size.combinations},
                               {"safe", size.safe},
                               {"median", rounded(static_cast<double>(size.median))},
                               {"max", rounded(static_cast<double>(size.max))},
                               {"mean", rounded(size.mean)}});
  json["num_minimal_unsafe"] = result.num_minimal_unsafe;
  if (answer.records) json["record_risk"] = record_risk_of(answer, true);
  return json;
}

Json internal_json(const AuditAnswer& answer) {
  const AuditResult& result = answer.result;
  const auto rows = static_cast<double>(answer.rows);
  Json json{{"rows", answer.rows},
            {"k", answer.options.k},
            {"qi", answer.qi},
            {"thresholds", answer.options.thresholds},
            {"max_size", answer.options.max_size},
            {"missing", "category"},
            {"combinations", result.combinations},
            {"distinct_tuples", answer.distinct_tuples},
            {"safe_combinations", num_safe(result)},
            {"largest_prosecutor_risk", 1.0 / static_cast<double>(result.smallest_class)},
            {"average_prosecutor_risk", static_cast<double>(result.classes) / rows},
            {"by_size", sizes(answer)},
            {"worst", risks(answer, result.worst)}};
  Json minimal = Json::array();
  for (const Combination qi : result.minimal_unsafe) minimal.push_back(names_of(answer, qi));
  json["minimal_unsafe"] = minimal;
  json["num_minimal_unsafe"] = result.num_minimal_unsafe;
  json["shapley"] = by_name(answer, result.shapley);
  json["at_risk_without"] = by_name(answer, result.at_risk_without);
  if (answer.records) json["record_risk"] = record_risk_of(answer, false);
  json["telemetry"] = {{"seconds", result.seconds},
                       {"threads", answer.options.num_threads},
                       {"ranks", answer.ranks},
                       {"peak_rss_bytes", peak_rss_bytes()},
                       {"backend", parallel_backend()}};
  return json;
}

}  // namespace

std::string audit_json(const AuditAnswer& answer, Audience audience) {
  const Json json = audience == Audience::kExternal ? external_json(answer) : internal_json(answer);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace throng
