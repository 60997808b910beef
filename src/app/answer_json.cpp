// Shapes the answer as JSON, for the private side and for the world.
//
// When 1 to k - 1 records are suppressed, the external form must not tell how many. It follows from the
// number of records read, and from every loss over all records read (a column kept as it is loses exactly the
// suppressed share): these are null there. So are the losses of metrics that depend on how often original
// values occur, which people could solve for, and every bound but a proved one, which is the loss. What
// describes the released rows alone stays, since anybody can compute it from them.
#include <sys/resource.h>

#include <nlohmann/json.hpp>

#include "answer.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

template <typename T>
Json by_name(const Answer& answer, const std::vector<T>& values) {
  Json json = Json::object();
  for (std::size_t j = 0; j < values.size(); ++j) json[answer.qi[j].name] = values[j];
  return json;
}

Json head(const Answer& answer, bool tells_count) {
  Json names = Json::array();
  for (const AnswerColumn& column : answer.qi) names.push_back(column.name);
  Json json{{"rows", answer.rows}, {"k", answer.k}, {"qi", names}};
  if (!tells_count) json["rows"] = nullptr;
  if (answer.lattice_nodes)
    json["lattice_nodes"] = *answer.lattice_nodes;
  else
    json["lattice_nodes"] = answer.approximate_lattice_nodes;
  return json;
}

/// Of a local recoding: released records per level that occurs, and what became of the released cells.
/// Records of one level are whole classes, so no number is in 1..k-1.
void add_levels(Json& json, const Answer& answer) {
  Json levels = Json::object();
  Count original = 0;
  Count generalized = 0;
  Count starred = 0;
  for (std::size_t j = 0; j < answer.qi.size(); ++j) {
    Json& of_qi = levels[answer.qi[j].name] = Json::object();
    for (std::size_t l = 0; l < answer.records_at_level[j].size(); ++l) {
      const Count records = answer.records_at_level[j][l];
      if (records > 0) of_qi[std::to_string(l)] = records;
      (l == 0 ? original : l == answer.qi[j].height ? starred : generalized) += records;
    }
  }
  json["levels"] = levels;
  json["cells"] = {{"original", original}, {"generalized", generalized}, {"suppressed", starred}};
}

struct Told {
  bool count = true;  ///< how many records were read and suppressed
  bool loss = true;
  bool bound = true;
};

Told told_to(Audience audience, const Answer& answer) {
  if (audience != Audience::kExternal) return {};
  const std::optional<Solution>& best = answer.result.best;
  Told told;
  told.count = !(best && best->suppressed > 0 && best->suppressed < answer.k);
  told.loss = told.count && answer.follows_from_release;
  told.bound = told.loss && best && answer.result.proved_optimal;
  return told;
}

void add_solution(Json& json, const Answer& answer, const Told& told) {
  const std::optional<Solution>& best = answer.result.best;
  const Json nothing;
  if (best && !answer.records_at_level.empty())
    add_levels(json, answer);
  else
    json["levels"] = best ? by_name(answer, best->levels) : nothing;
  json["loss"] = best && told.loss ? Json(best->loss) : nothing;
  json["loss_per_qi"] = best && told.loss ? by_name(answer, best->loss_per_qi) : nothing;
  json["suppressed"] = best ? Json(best->suppressed) : nothing;
  if (!told.count) json["suppressed"] = "fewer than " + std::to_string(answer.k);
  json["retained"] = best ? Json(answer.rows - best->suppressed) : nothing;
  json["classes"] = best ? Json(best->classes) : nothing;
  json["proved_optimal"] = answer.result.proved_optimal;
  json["lower_bound"] = told.bound ? Json(answer.result.lower_bound) : nothing;
  json["gap"] = best && told.bound ? Json(answer.result.gap) : nothing;
  if (!best) json["reason"] = answer.reason;
}

void add_question(Json& json, const Answer& answer) {
  json["strategy"] = answer.strategy;
  json["metric"] = answer.metric;
  json["aggregate"] = answer.aggregate;
  json["max_suppressed"] = answer.max_suppressed;
  json["missing"] = "category";
}

/// How the plan fared. It counts records that few others are like, so it is private as a whole.
void add_drift(Json& json, const Answer& answer) {
  const PlanDrift& drift = *answer.drift;
  const std::optional<Solution>& best = answer.result.best;
  json["drift"] = {
      {"records_fitting", drift.fitting},    {"records_not_fitting", answer.rows - drift.fitting},
      {"records_recoded", drift.recoded},    {"classes_planned", drift.planned},
      {"classes_kept", drift.kept},          {"classes_broken", drift.planned - drift.kept},
      {"loss_planned", answer.planned_loss}, {"loss_now", best ? Json(best->loss) : Json()}};
}

/// What the released quasi-identifiers still tell, generalized values spread evenly over what they cover.
void add_utility(Json& json, const Utility& utility) {
  const auto error = [](const CountError& of) {
    return Json{{"mean", of.mean}, {"mean_from_k", of.mean_from_k}, {"counts", of.num_counts}};
  };
  json["utility"] = {{"one_way_error", error(utility.one_way)},
                     {"two_way_error", error(utility.two_way)},
                     {"mean_total_variation", utility.mean_total_variation},
                     {"mean_association_change", utility.mean_association_change},
                     {"cells_retained", utility.cells_retained}};
}

void add_private(Json& json, const Answer& answer) {
  json["max_suppressed_records"] = answer.max_suppressed_records;
  if (answer.redaction)
    json["redaction"] = {{"suppressed", answer.redaction->suppressed},
                         {"retained", answer.rows - answer.redaction->suppressed},
                         {"loss", answer.redaction->loss}};
  if (answer.utility) add_utility(json, *answer.utility);
  if (answer.drift) add_drift(json, answer);
  if (!answer.files.empty()) {
    json["files"] = answer.files;
    json["verified"] = answer.is_verified;
  }
  const SearchResult::Telemetry& telemetry = answer.result.telemetry;
  json["telemetry"] = {{"seconds", telemetry.seconds},       {"nodes_visited", telemetry.nodes_visited},
                       {"threads", telemetry.threads},       {"ranks", telemetry.ranks},
                       {"peak_rss_bytes", peak_rss_bytes()}, {"backend", parallel_backend()}};
}

}  // namespace

std::string answer_json(const Answer& answer, Audience audience) {
  const Told told = told_to(audience, answer);
  Json json = head(answer, told.count);
  add_solution(json, answer, told);
  add_question(json, answer);
  if (audience != Audience::kExternal) add_private(json, answer);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::uint64_t peak_rss_bytes() {
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

}  // namespace throng
