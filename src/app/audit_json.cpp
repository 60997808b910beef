// Shapes an audit as JSON.
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

}  // namespace

std::string audit_json(const AuditAnswer& answer) {
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
  json["telemetry"] = {{"seconds", result.seconds},
                       {"threads", answer.options.num_threads},
                       {"ranks", answer.ranks},
                       {"peak_rss_bytes", peak_rss_bytes()},
                       {"backend", parallel_backend()}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace throng
