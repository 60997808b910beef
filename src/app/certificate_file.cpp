// Certificates by the names of the columns; a family is one short text.
#include "certificate_file.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "private_path.hpp"
#include "saving.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kKey = "throng_certificate";
constexpr int kCertificateVersion = 1;
/// Levels of a family, one letter each.
constexpr std::string_view kLevelLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
static_assert(kLevelLetters.size() > kMostBranchedHeight);
constexpr char kFreeLetter = '.';

[[noreturn]] void refuse_certificate(const std::string& path, const std::string& why) {
  throw data_error(
      "this is no certificate of this job: " + why,
      "give the job and the options of the search that wrote it, or make a new one: throng search "
      "JOB.toml --certificate FILE",
      {path, 0, 0});
}

/// "0.1.. 2": a letter per branched QI, then how many of the free ones are raised.
std::string text_of(const Family& family) {
  std::string text;
  for (const Level level : family.levels) text += level == kFreeLevel ? kFreeLetter : kLevelLetters[level];
  return fmt::format("{} {}", text, family.least_raised);
}

Family parse_family(const std::string& text, const std::string& path) {
  const std::size_t space = text.find(' ');
  if (space == std::string::npos) refuse_certificate(path, "a family has no number of raised columns");
  Family family;
  for (const char letter : text.substr(0, space)) {
    const std::size_t level = kLevelLetters.find(letter);
    if (letter != kFreeLetter && level == std::string_view::npos)
      refuse_certificate(path, "a family has an unknown letter");
    family.levels.push_back(letter == kFreeLetter ? kFreeLevel : static_cast<Level>(level));
  }
  const std::string digits = text.substr(space + 1);
  const bool is_number =
      !digits.empty() && digits.size() < 6 && digits.find_first_not_of("0123456789") == std::string::npos;
  if (!is_number) refuse_certificate(path, "a family has no number of raised columns");
  family.least_raised = static_cast<unsigned>(std::stoul(digits));
  return family;
}

std::vector<std::string> names_of(const std::vector<std::size_t>& axes, const Lattice& lattice) {
  std::vector<std::string> names;
  for (const std::size_t j : axes) names.push_back(lattice.axes[j].name);
  return names;
}

std::size_t axis_of(const std::string& name, const Lattice& lattice, const std::string& path) {
  for (std::size_t j = 0; j < lattice.num_axes(); ++j)
    if (lattice.axes[j].name == name) return j;
  refuse_certificate(path, "it has other quasi-identifiers");
}

std::vector<std::size_t> axes_of(const Json& names, const Lattice& lattice, const std::string& path) {
  std::vector<std::size_t> axes;
  for (const Json& name : names) axes.push_back(axis_of(name.get<std::string>(), lattice, path));
  return axes;
}

void check_origin(const Json& json, const Loaded& loaded, const std::string& path) {
  if (!json.is_object() || !json.contains(kKey))
    refuse_certificate(path, fmt::format("it has no `{}`", kKey));
  if (json.at(kKey) != kCertificateVersion)
    refuse_certificate(path,
                       fmt::format("its format version is not {}, the one known here", kCertificateVersion));
  if (json.at("k") != loaded.job.k) refuse_certificate(path, "its k is another one");
  const StateLabel label = label_of("search", loaded);
  if (json.at("input_sha256") != label.input_sha256) refuse_certificate(path, "its table is another one");
  if (json.at("settings_sha256") != label.answer_sha256)
    refuse_certificate(path, "its columns, hierarchies, loss or suppression limit are others");
}

Certificate certificate_of(const Json& json, const Loaded& loaded, const std::string& path) {
  const Lattice& lattice = loaded.problem.lattice;
  check_origin(json, loaded, path);
  Certificate certificate;
  certificate.levels = lattice.top();
  for (const auto& [name, level] : json.at("levels").items())
    certificate.levels[axis_of(name, lattice, path)] = level.get<Level>();
  certificate.loss = json.at("loss").get<double>();
  certificate.suppressed = json.at("suppressed").get<Count>();
  certificate.branched = axes_of(json.at("branched"), lattice, path);
  certificate.tail = axes_of(json.at("tail"), lattice, path);
  for (const Json& family : json.at("families"))
    certificate.families.push_back(parse_family(family.get<std::string>(), path));
  return certificate;
}

}  // namespace

void check_certificate_path(const std::string& path, const Job& job) {
  if (job.strategy != StrategyKind::kOptimal)
    throw usage_error(
        fmt::format("option --certificate: the strategy `{}` proves nothing that can be written down",
                    to_string(job.strategy)),
        "use --strategy optimal");
  if (job.saving.shard.count > 1)
    throw usage_error("option --certificate: a shard knows only its share", "leave out --shard");
  check_private_path({"--certificate", "a certificate", "proof.json"}, path, job);
}

void write_certificate(const std::string& path, const Loaded& loaded, const Certificate& certificate) {
  const Lattice& lattice = loaded.problem.lattice;
  const StateLabel label = label_of("search", loaded);
  Json json{{kKey, kCertificateVersion},
            {"creator", "throng " THRONG_VERSION},
            {"input_sha256", label.input_sha256},
            {"settings_sha256", label.answer_sha256},
            {"rows", loaded.problem.num_records()},
            {"k", loaded.job.k}};
  for (std::size_t j = 0; j < lattice.num_axes(); ++j)
    json["levels"][lattice.axes[j].name] = certificate.levels[j];
  json["loss"] = certificate.loss;
  json["suppressed"] = certificate.suppressed;
  json["branched"] = names_of(certificate.branched, lattice);
  json["tail"] = names_of(certificate.tail, lattice);
  json["families"] = Json::array();
  for (const Family& family : certificate.families) json["families"].push_back(text_of(family));
  write_file(path, json.dump(1) + '\n');
}

Certificate read_certificate(const std::string& path, const Loaded& loaded) {
  const MappedFile file(path);
  try {
    return certificate_of(Json::parse(file.bytes()), loaded, path);
  } catch (const Json::exception& error) {
    // The library's own words may quote the file.
    refuse_certificate(path, error.id < 200 ? "it is not JSON" : "an entry is missing or of another kind");
  }
}

}  // namespace throng
