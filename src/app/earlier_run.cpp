// Reads levels and proof from the answer's JSON; everything that can be computed is computed again and
// compared.
#include "earlier_run.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "throng/data/file.hpp"

namespace throng {

namespace {

using Json = nlohmann::json;

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw data_error("the run is not one of this job: " + why,
                   "give the --json answer of the same job, or leave out --run", {path, 0, 0});
}

Node levels_of(const Json& answer, const Lattice& lattice, const std::string& path) {
  Node levels;
  const Json& by_name = answer.at("levels");
  if (by_name.size() != lattice.num_axes()) refuse(path, "it has other quasi-identifiers");
  for (const Axis& axis : lattice.axes) {
    if (!by_name.contains(axis.name)) refuse(path, "it has no level for `" + axis.name + "`");
    const auto level = by_name.at(axis.name).get<std::uint64_t>();
    if (level > axis.hierarchy.height()) refuse(path, "`" + axis.name + "` has no such level");
    levels.push_back(static_cast<Level>(level));
  }
  return levels;
}

SearchResult result_of(const Json& answer, const Loaded& loaded, const SearchOptions& options,
                       const std::string& path) {
  if (answer.at("rows") != loaded.problem.num_records()) refuse(path, "it has another number of records");
  if (answer.at("k") != options.model.k) refuse(path, "it has another k");
  SearchResult result;
  result.proved_optimal = answer.at("proved_optimal").get<bool>();
  result.lower_bound = answer.at("lower_bound").get<double>();
  if (answer.at("levels").is_null()) return result;
  result.gap = answer.at("gap").get<double>();
  const LossModel loss(loaded.problem, make_loss_metric(options.metric), options.aggregate);
  result.best =
      evaluate_node(loaded.problem, loss, options.model, levels_of(answer, loaded.problem.lattice, path));
  const bool is_same = result.best->suppressed == answer.at("suppressed") &&
                       std::abs(result.best->loss - answer.at("loss").get<double>()) < 1e-9;
  if (!is_same) refuse(path, "its node has other figures here");
  return result;
}

}  // namespace

SearchResult read_run(const std::string& path, const Loaded& loaded, const SearchOptions& options) {
  const MappedFile file(path);
  try {
    return result_of(Json::parse(file.bytes()), loaded, options, path);
  } catch (const Json::exception&) {
    throw data_error("this is no answer of a search",
                     "give what `throng search JOB.toml --json` printed or private/report.json of a bundle",
                     {path, 0, 0});
  }
}

}  // namespace throng
