// Builds the Frictionless description (specs.frictionlessdata.io: Data Package, Tabular Data Resource, Table
// Schema).
#include "throng/release/datapackage.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "throng/data/csv.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

std::string description(const ManifestColumn& column) {
  if (!column.levels.empty())
    return fmt::format("quasi-identifier, generalized row by row to levels {} of 0 to {} of its hierarchy",
                       fmt::join(column.levels, ", "), *column.height);
  if (!column.level)
    return column.role == Role::kSensitive ? "as in the input (sensitive)" : "as in the input";
  if (*column.level == 0) return "quasi-identifier, original values";
  if (column.level == column.height) return "quasi-identifier, wholly suppressed";
  return fmt::format("quasi-identifier, generalized to level {} of {} of its hierarchy", *column.level,
                     *column.height);
}

Json schema(const Manifest& manifest, const std::string& missing) {
  Json fields = Json::array();
  for (const ManifestColumn& column : manifest.columns)
    fields.push_back({{"name", column.name}, {"type", "string"}, {"description", description(column)}});
  return {{"fields", fields}, {"missingValues", {neutralize(missing)}}};
}

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Frictionless names are lower-case letters, digits and ". _ -".
std::string package_name(const std::string& name) {
  std::string text;
  for (const char c : name) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool is_plain = (lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9') || lower == '.';
    text += is_plain || lower == '_' ? lower : '-';
  }
  return text;
}

Json resource(const ManifestFile& file, const std::string& name) {
  const bool is_csv = ends_with(file.path, ".csv");
  Json json{{"name", package_name(name) + (is_csv ? "-csv" : "-hdf5")}, {"path", file.path}};
  if (is_csv) json["profile"] = "tabular-data-resource";
  json["format"] = is_csv ? "csv" : "hdf5";
  json["mediatype"] = is_csv ? "text/csv" : "application/x-hdf5";
  if (is_csv) json["encoding"] = "utf-8";
  json["bytes"] = file.bytes;
  json["hash"] = "sha256:" + file.sha256;
  return json;
}

}  // namespace

std::string datapackage_json(const Manifest& manifest, const std::string& name, const std::string& missing) {
  Json json{{"profile", "data-package"}, {"name", package_name(name)}};
  json["description"] = fmt::format(
      "Microdata in which every class on the quasi-identifiers has at least {} records (k-anonymity, k = {})",
      manifest.k, manifest.k);
  json["resources"] = Json::array();
  for (const ManifestFile& file : manifest.files) {
    const bool is_csv = ends_with(file.path, ".csv");
    if (!is_csv && !ends_with(file.path, ".h5")) continue;
    json["resources"].push_back(resource(file, name));
    if (is_csv) json["resources"].back()["schema"] = schema(manifest, missing);
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace throng
