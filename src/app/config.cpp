// Lists the resolved settings of a job.
#include "throng/app/config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "values.hpp"

namespace throng {

namespace {

std::string list(const std::vector<std::string>& texts) {
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

std::vector<std::string> all_quoted(const std::vector<std::string>& texts) {
  std::vector<std::string> result;
  for (const std::string& text : texts) result.push_back(toml_string(text));
  return result;
}

/// A TOML key: bare where that is allowed.
std::string key_of(const std::string& name) {
  const auto is_bare = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && std::ranges::all_of(name, is_bare) ? name : toml_string(name);
}

/// A number that TOML reads as a float.
std::string decimal(double value) {
  const std::string text = fmt::format("{}", value);
  return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string hierarchy_of(const HierarchySpec& spec, Audience audience) {
  if (spec.kind == HierarchySpec::Kind::kFlat) return "{ kind = \"flat\" }";
  if (spec.kind == HierarchySpec::Kind::kIntervals)
    return fmt::format("{{ kind = \"intervals\", widths = [{}], origin = {} }}", fmt::join(spec.widths, ", "),
                       spec.origin);
  if (audience == Audience::kInternal)
    return toml_string(std::filesystem::absolute(spec.path).lexically_normal().string());
  return toml_string(std::filesystem::path(spec.path).filename().string());
}

/// Collects settings with their origins.
class Listing {
 public:
  Listing(const Job& job, Audience audience) : job_(job), audience_(audience) {}

  void add(const std::string& key, const std::string& value) { add_as(key, key, value); }
  void add_as(const std::string& key, const std::string& origin_key, const std::string& value) {
    const auto found = job_.origins.find(origin_key);
    settings_.push_back({key, value, found == job_.origins.end() ? "default" : found->second});
  }
  /// For what the external form must not tell.
  void add_private(const std::string& key, const std::string& value) {
    if (audience_ == Audience::kInternal) add(key, value);
  }
  [[nodiscard]] std::vector<Setting> settings() && { return std::move(settings_); }

 private:
  const Job& job_;
  Audience audience_;
  std::vector<Setting> settings_;
};

std::string absolute(const std::string& path) {
  return toml_string(std::filesystem::absolute(path).lexically_normal().string());
}

void add_input(const Job& job, Audience audience, Listing& listing) {
  listing.add_private("input.path", absolute(job.input.path));
  if (job.input.delimiter) listing.add("input.delimiter", toml_string(std::string(1, *job.input.delimiter)));
  listing.add("input.missing", list(all_quoted(job.input.missing)));
  listing.add("input.default_role", toml_string(to_string(job.input.default_role)));
  for (const ColumnSpec& column : job.input.columns) {
    if (column.role == Role::kIdentifier && audience == Audience::kExternal) continue;
    const std::string key = "columns." + key_of(column.name);
    const std::string origin = "columns." + column.name;
    listing.add_as(key + ".role", origin + ".role", toml_string(to_string(column.role)));
    if (column.role != Role::kQuasiIdentifier) continue;
    listing.add_as(key + ".hierarchy", origin + ".hierarchy", hierarchy_of(column.hierarchy, audience));
    listing.add_as(key + ".weight", origin + ".weight", decimal(column.weight));
    const auto allowed = job.levels.find(column.name);
    if (allowed != job.levels.end())
      listing.add_as(key + ".levels", origin + ".levels",
                     fmt::format("[{}]", fmt::join(allowed->second.levels, ", ")));
  }
}

void add_output(const Job& job, Listing& listing) {
  std::vector<std::string> formats;
  for (const ReleaseFormat format : job.formats)
    formats.emplace_back(format == ReleaseFormat::kCsv ? "csv" : "hdf5");
  listing.add_private("output.directory", absolute(job.directory));
  listing.add("output.name", toml_string(job.name));
  listing.add("output.formats", list(all_quoted(formats)));
  listing.add("output.suppressed", toml_string(to_string(job.suppressed)));
  listing.add_private("output.seed", fmt::format("{}", job.seed));
}

}  // namespace

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      result += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    else
      result += c;
  }
  return result + '"';
}

std::vector<Setting> settings_of(const Job& job, Audience audience) {
  const std::vector<Count> thresholds = job.audit_thresholds();
  Listing listing(job, audience);
  add_input(job, audience, listing);
  listing.add("privacy.k", fmt::format("{}", job.k));
  listing.add("privacy.max_suppressed", job.max_suppressed <= 1
                                            ? decimal(job.max_suppressed)
                                            : fmt::format("{}", static_cast<Count>(job.max_suppressed)));
  listing.add("loss.metric", toml_string(job.metric));
  listing.add("loss.aggregate",
              toml_string(job.aggregate == Aggregate::kGeometric ? "geometric" : "arithmetic"));
  listing.add("search.strategy", toml_string(to_string(job.strategy)));
  listing.add("search.time_limit_seconds", decimal(job.time_limit_seconds));
  listing.add("search.max_levels", fmt::format("{}", job.max_levels));
  listing.add_private("search.threads", fmt::format("{}", job.num_threads));
  listing.add("audit.thresholds", fmt::format("[{}]", fmt::join(thresholds, ", ")));
  listing.add("audit.max_size", fmt::format("{}", job.max_size));
  if (!job.saving.directory.empty()) {
    listing.add_private("checkpoint.directory", absolute(job.saving.directory));
    listing.add_private("checkpoint.interval_seconds", decimal(job.saving.interval_seconds));
    listing.add_private("checkpoint.resume", toml_string(to_string(job.saving.resume)));
  }
  add_output(job, listing);
  return std::move(listing).settings();
}

std::vector<std::string> configuration_lines(const Job& job, Audience audience) {
  std::vector<std::string> lines;
  for (const Setting& setting : settings_of(job, audience))
    lines.push_back(setting.key + " = " + setting.value);
  return lines;
}

}  // namespace throng
