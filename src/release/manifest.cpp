// The manifest as JSON, with a checksum over its own text: no byte of it can change unnoticed.
#include "throng/release/manifest.hpp"

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "throng/core/error.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kChecksumKey = "manifest_sha256";
constexpr std::size_t kChecksumSize = 64;

Json to_json(const ManifestColumn& column) {
  Json json{{"name", column.name}, {"role", to_string(column.role)}};
  if (!column.is_quasi_identifier()) return json;
  if (column.level)
    json["level"] = *column.level;
  else
    json["levels"] = std::vector<unsigned>(column.levels.begin(), column.levels.end());
  json["height"] = *column.height;
  json["hierarchy_sha256"] = column.hierarchy_sha256;
  return json;
}

Json to_json(const ManifestFile& file) {
  return {{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}};
}

/// The checksum is taken over the text with zeros in its own place. Returns where that place is.
std::size_t checksum_position(const std::string& text, const std::string& path) {
  const std::size_t key = text.rfind("\"" + std::string(kChecksumKey) + "\": \"");
  const std::size_t begin = key + kChecksumKey.size() + 5;
  if (key == std::string::npos || begin + kChecksumSize > text.size())
    throw data_error("the manifest has no checksum of its own", "write the release again", {path, 0, 0});
  return begin;
}

std::string checksum_of(std::string text, std::size_t position) {
  text.replace(position, kChecksumSize, kChecksumSize, '0');
  return sha256_hex(text);
}

Level level_from(const Json& json) {
  const auto value = json.get<std::uint64_t>();
  return static_cast<Level>(std::min<std::uint64_t>(value, std::numeric_limits<Level>::max()));
}

ManifestColumn column_from(const Json& json) {
  ManifestColumn column;
  column.name = json.at("name").get<std::string>();
  column.role = parse_role(json.at("role").get<std::string>()).value_or(Role::kInsensitive);
  if (!json.contains("level") && !json.contains("levels")) return column;
  if (json.contains("level"))
    column.level = level_from(json.at("level"));
  else
    for (const Json& level : json.at("levels")) column.levels.push_back(level_from(level));
  column.height = level_from(json.at("height"));
  column.hierarchy_sha256 = json.at("hierarchy_sha256").get<std::string>();
  return column;
}

Manifest manifest_from(const Json& json) {
  Manifest manifest;
  manifest.creator = json.at("creator").get<std::string>();
  manifest.k = json.at("k").get<Count>();
  manifest.suppressed =
      parse_suppressed_records(json.at("suppressed").get<std::string>()).value_or(SuppressedRecords::kDrop);
  manifest.rows = json.at("rows").get<Count>();
  for (const Json& column : json.at("columns")) manifest.columns.push_back(column_from(column));
  for (const Json& file : json.at("files"))
    manifest.files.push_back({file.at("path").get<std::string>(), file.at("bytes").get<std::uint64_t>(),
                              file.at("sha256").get<std::string>()});
  manifest.input_sha256 = json.value("input_sha256", "");
  manifest.config_sha256 = json.at("config_sha256").get<std::string>();
  manifest.configuration = json.at("configuration").get<std::vector<std::string>>();
  return manifest;
}

/// Length-prefixed, so that no two hierarchies have the same text.
void append_text(std::string& out, std::string_view text) {
  out += std::to_string(text.size()) + ':';
  out += text;
}

}  // namespace

const ManifestColumn* Manifest::find_column(std::string_view name) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const auto& c) { return c.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

const ManifestFile* Manifest::find_file(std::string_view path) const {
  const auto found = std::find_if(files.begin(), files.end(), [&](const auto& f) { return f.path == path; });
  return found == files.end() ? nullptr : &*found;
}

std::string manifest_json(const Manifest& manifest) {
  Json json{{"format_version", kFormatVersion}, {"creator", manifest.creator}};
  json["guarantee"] = "every class on the quasi-identifiers has at least " + std::to_string(manifest.k) +
                      " records: any selection on their released values gives none or at least that many";
  json["k"] = manifest.k;
  json["missing"] = "category";
  json["suppressed"] = to_string(manifest.suppressed);
  json["rows"] = manifest.rows;
  json["columns"] = Json::array();
  for (const ManifestColumn& column : manifest.columns) json["columns"].push_back(to_json(column));
  json["files"] = Json::array();
  for (const ManifestFile& file : manifest.files) json["files"].push_back(to_json(file));
  if (!manifest.input_sha256.empty()) json["input_sha256"] = manifest.input_sha256;
  json["config_sha256"] = manifest.config_sha256;
  json["configuration"] = manifest.configuration;
  json[std::string(kChecksumKey)] = std::string(kChecksumSize, '0');
  std::string text = json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
  const std::size_t position = checksum_position(text, std::string(kManifestName));
  return text.replace(position, kChecksumSize, checksum_of(text, position));
}

Manifest parse_manifest(std::string_view text, const std::string& path) {
  const std::string copy(text);
  const Json json = Json::parse(copy, nullptr, false);
  if (!json.is_object())
    throw data_error("the manifest is not a JSON object", "write the release again", {path, 0, 0});
  const std::size_t position = checksum_position(copy, path);
  if (checksum_of(copy, position) != copy.substr(position, kChecksumSize))
    throw data_error("the manifest was changed after it was written: its checksum is wrong",
                     "use the manifest that was written with the release", {path, 0, 0});
  try {
    if (json.at("format_version").get<int>() != kFormatVersion)
      throw data_error("the manifest is of another format version than " + std::to_string(kFormatVersion),
                       "verify it with the version of throng that wrote it", {path, 0, 0});
    return manifest_from(json);
  } catch (const Json::exception&) {
    throw data_error("the manifest lacks a key or has one of a wrong type", "write the release again",
                     {path, 0, 0});
  }
}

std::string fingerprint(const HierarchySpec& spec, const Hierarchy& hierarchy) {
  std::string text = "flat";
  if (spec.kind == HierarchySpec::Kind::kIntervals) {
    text = "intervals " + std::to_string(spec.origin);
    for (const double width : spec.widths) text += ' ' + std::to_string(width);
  }
  if (spec.kind == HierarchySpec::Kind::kExplicit) {
    // Ancestors of each leaf, leaves by name: the order of the file's rows says nothing.
    std::vector<std::string> rows(hierarchy.num_leaves());
    for (std::size_t leaf = 0; leaf < rows.size(); ++leaf)
      for (std::size_t l = 0; l < hierarchy.labels.size(); ++l)
        append_text(rows[leaf], hierarchy.labels[l][hierarchy.value_of_leaf[l][leaf]]);
    std::sort(rows.begin(), rows.end());
    text = "explicit";
    for (const std::string& row : rows) text += '\n' + row;
  }
  return sha256_hex(text);
}

}  // namespace throng
