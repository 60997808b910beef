// Reads levels and proof from the answer's JSON; everything that can be computed is computed again and
// compared.
#include "earlier_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "throng/data/file.hpp"
#include "throng/release/manifest.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

[[noreturn]] void refuse_run(const std::string& path, const std::string& why) {
  throw data_error("the run is not one of this job: " + why,
                   "give the answer of the same job, or leave out --run", {path, 0, 0});
}

Node levels_of(const Json& answer, const Lattice& lattice, const std::string& path) {
  Node levels;
  const Json& by_name = answer.at("levels");
  if (by_name.size() != lattice.num_axes()) refuse_run(path, "it has other quasi-identifiers");
  for (const Axis& axis : lattice.axes) {
    if (!by_name.contains(axis.name)) refuse_run(path, "it has no level for `" + axis.name + "`");
    const auto level = by_name.at(axis.name).get<std::uint64_t>();
    if (level > axis.hierarchy.height()) refuse_run(path, "`" + axis.name + "` has no such level");
    levels.push_back(static_cast<Level>(level));
  }
  return levels;
}

/// The proof of the answer, which is not computed again.
SearchResult proof_of(const Json& answer) {
  SearchResult result;
  result.proved_optimal = answer.at("proved_optimal").get<bool>();
  result.lower_bound = answer.at("lower_bound").get<double>();
  if (!answer.at("levels").is_null()) result.gap = answer.at("gap").get<double>();
  return result;
}

SearchResult result_of(const Json& answer, const Loaded& loaded, const SearchOptions& options,
                       const std::string& path) {
  SearchResult result = proof_of(answer);
  if (answer.at("levels").is_null()) return result;
  const LossModel loss(loaded.problem, make_loss_metric(options.metric), options.aggregate);
  result.best =
      evaluate_node(loaded.problem, loss, options.model, levels_of(answer, loaded.problem.lattice, path));
  const bool is_same = result.best->suppressed == answer.at("suppressed") &&
                       std::abs(result.best->loss - answer.at("loss").get<double>()) < 1e-9;
  if (!is_same) refuse_run(path, "its node has other figures here");
  return result;
}

/// The released file of the bundle that `path` is the private report of, as its manifest names it.
std::string released_file(const std::string& path) {
  const auto directory = std::filesystem::absolute(path).parent_path().parent_path() / "release";
  const std::string manifest_path = (directory / kManifestName).string();
  if (!std::filesystem::exists(manifest_path))
    throw data_error("the answer of a local recoding does not hold its rows",
                     "give private/report.json of the bundle that throng anonymize wrote, or leave out --run",
                     {path, 0, 0});
  const MappedFile manifest(manifest_path);
  for (const ManifestFile& file : parse_manifest(manifest.bytes(), manifest_path).files) {
    std::string name = (directory / file.path).string();
    if (!name.ends_with(".csv") && !name.ends_with(".h5")) continue;
    if (sha256_of_file(name) != file.sha256) refuse_run(path, "the released file beside it was changed");
    return name;
  }
  refuse_run(path, "its manifest names no data file");
}

std::vector<std::vector<Count>> records_at_level(const Json& answer, const Loaded& loaded,
                                                 const std::string& path) {
  std::vector<std::vector<Count>> records;
  const Json& by_name = answer.at("levels");
  for (const Axis& axis : loaded.problem.lattice.axes) {
    if (!by_name.contains(axis.name)) refuse_run(path, "it has no level for `" + axis.name + "`");
    std::vector<Count>& of_level = records.emplace_back(std::size_t{axis.hierarchy.height()} + 1, 0);
    for (const auto& [level, count] : by_name.at(axis.name).items()) {
      std::size_t l = of_level.size();
      std::from_chars(level.data(), level.data() + level.size(), l);
      if (l >= of_level.size()) refuse_run(path, "`" + axis.name + "` has no such level");
      of_level[l] = count.get<Count>();
    }
  }
  return records;
}

/// The rows must have classes of at least k: what is read is not taken on trust.
void check_rows(const LocalRows& local, const Loaded& loaded, const std::string& path) {
  InputSpec input;
  for (const Column& column : local.rows.columns)
    input.columns.push_back({column.name, column.role, {}, 1.0, {}});
  std::vector<std::string> warnings;
  const Problem problem = make_problem(local.rows, input, loaded.num_threads, warnings);
  if (*std::ranges::min_element(problem.tuples.weights) < loaded.job.k)
    refuse_run(path, "the released file beside it has a class below k");
}

EarlierRun local_run(const Json& answer, const Loaded& loaded, const std::string& path) {
  EarlierRun run{proof_of(answer), {}};
  if (answer.at("levels").is_null()) return run;
  LocalRows& local = run.local.emplace();
  local.rows = read_release(loaded.job, released_file(path), loaded.num_threads);
  local.records_at_level = records_at_level(answer, loaded, path);
  Solution& best = run.result.best.emplace();
  best.loss = answer.at("loss").get<double>();
  best.suppressed = answer.at("suppressed").get<Count>();
  best.classes = answer.at("classes").get<Count>();
  for (const Axis& axis : loaded.problem.lattice.axes)
    best.loss_per_qi.push_back(answer.at("loss_per_qi").at(axis.name).get<double>());
  const Count retained =
      loaded.problem.num_records() - std::min(best.suppressed, loaded.problem.num_records());
  local.starred = local.rows.num_rows - std::min(local.rows.num_rows, retained);
  if (local.rows.num_rows < retained || (local.starred != 0 && local.starred != best.suppressed))
    refuse_run(path, "the released file beside it has another number of rows");
  check_rows(local, loaded, path);
  return run;
}

EarlierRun run_of(const Json& answer, const Loaded& loaded, const SearchOptions& options,
                  const std::string& path) {
  if (answer.at("rows") != loaded.problem.num_records()) refuse_run(path, "it has another number of records");
  if (answer.at("k") != options.model.k) refuse_run(path, "it has another k");
  if (answer.at("strategy") != to_string(options.strategy)) refuse_run(path, "it has another strategy");
  if (!is_of_one_node(options.strategy)) return local_run(answer, loaded, path);
  return {result_of(answer, loaded, options, path), {}};
}

}  // namespace

EarlierRun read_run(const std::string& path, const Loaded& loaded, const SearchOptions& options) {
  const MappedFile file(path);
  try {
    return run_of(Json::parse(file.bytes()), loaded, options, path);
  } catch (const Json::exception&) {
    throw data_error("this is no answer of a search",
                     "give what `throng search JOB.toml --json` printed or private/report.json of a bundle",
                     {path, 0, 0});
  }
}

}  // namespace throng
