// Reads a policy from TOML and turns a risk into a class size.
#include "policy_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "section.hpp"
#include "throng/core/nearest.hpp"
#include "throng/data/file.hpp"
#include "values.hpp"

namespace throng {

namespace {

namespace fs = std::filesystem;

std::optional<DecimalFraction> read_fraction(Section& section, const char* key) {
  double value = 0;
  const TomlEntry* entry = section.read(key, value);
  if (entry == nullptr) return std::nullopt;
  if (auto fraction = decimal_fraction(value)) return fraction;
  throw usage_error(fmt::format("`{}` = {} is not a share from 0 to 1 with at most six decimals", key, value),
                    fmt::format("write for example {} = 0.03 for 3 %", key), entry->value.place);
}

std::optional<Count> read_count(Section& section, const char* key) {
  Count value = 0;
  if (section.read(key, value) == nullptr) return std::nullopt;
  return value;
}

void read_k(Section& section, Policy& policy, const Place& place) {
  policy.max_risk = read_fraction(section, "max_risk");
  Count k = 0;
  if (const TomlEntry* entry = section.read("k", k)) {
    policy.k = checked_k(k, {"k", entry->value.place});
    if (policy.max_risk)
      throw usage_error(
          "both `k` and `max_risk` are given",
          fmt::format("keep one: a risk of {} is k = {}", policy.max_risk->text, k_of_risk(*policy.max_risk)),
          place);
  }
  if (!policy.max_risk) return;
  if (policy.max_risk->numerator == 0 || k_of_risk(*policy.max_risk) < 2)
    throw usage_error(fmt::format("`max_risk` = {} asks for no class size", policy.max_risk->text),
                      "write a risk above 0 and below 1, such as 0.09", place);
  policy.k = k_of_risk(*policy.max_risk);
}

void read_require(const TomlEntry& entry, Policy& policy, Origins& origins) {
  Section section(as_table(entry), "require",
                  {"k", "max_risk", "max_average_risk", "min_retained", "max_loss"}, origins);
  read_k(section, policy, entry.place);
  policy.max_average_risk = read_fraction(section, "max_average_risk");
  policy.min_retained = read_fraction(section, "min_retained");
  policy.max_loss = read_fraction(section, "max_loss");
}

void read_at_risk(const TomlEntry& entry, Policy& policy, Origins& origins) {
  const auto* array = std::get_if<TomlArray>(&entry.value.value);
  if (array == nullptr)
    throw usage_error(fmt::format("`at_risk` is {}, not an array of tables", type_name(entry.value)),
                      "write [[at_risk]] and its keys below", entry.place);
  for (const TomlValue& item : array->items) {
    const TomlEntry one{"at_risk", item.place, item};
    Section section(as_table(one), "at_risk", {"max_size", "max_share"}, origins);
    AtRiskRule rule;
    section.read("max_size", rule.max_size);
    const auto share = read_fraction(section, "max_share");
    if (!share) throw usage_error("[[at_risk]] has no `max_share`", "write max_share = 0.0", item.place);
    rule.max_share = *share;
    policy.at_risk.push_back(rule);
  }
}

void read_columns(const TomlEntry& entry, Policy& policy, Origins& origins) {
  for (const TomlEntry& column : as_table(entry).entries) {
    Section section(as_table(column), "columns." + column.key, {"min_count", "min_values"}, origins);
    ColumnRule rule{column.key, read_count(section, "min_count"), read_count(section, "min_values")};
    if (!rule.min_count && !rule.min_values)
      throw usage_error(fmt::format("column `{}` has no rule", column.key),
                        "write min_count = 11 or min_values = 2", column.place);
    policy.columns.push_back(std::move(rule));
  }
}

void read_head(const TomlEntry& entry, Policy& policy, Origins& origins) {
  Section section(as_table(entry), "policy", {"name", "title", "source"}, origins);
  section.read("name", policy.name);
  section.read("title", policy.title);
  section.read("source", policy.source);
}

void check_has_rules(const Policy& policy) {
  const bool has_rule = policy.k || policy.max_average_risk || policy.min_retained || policy.max_loss ||
                        !policy.at_risk.empty() || !policy.columns.empty();
  if (!has_rule)
    throw usage_error("the policy has no rule: everything would pass", "write [require] and k = 11",
                      {policy.path, 1, 1});
  if (!policy.at_risk.empty() && !policy.k)
    throw usage_error("[[at_risk]] needs a class size below which records are at risk",
                      "write [require] and k = 11", {policy.path, 1, 1});
}

/// Where shipped policies may lie: the working directory, the installation, the build tree.
std::vector<fs::path> policy_directories() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  return {"policies", program / "../share/throng/policies", program / "../../policies"};
}

/// The shipped policies' files by name; the first directory that has one counts.
std::map<std::string, std::string> shipped_files() {
  std::map<std::string, std::string> files;
  for (const fs::path& directory : policy_directories()) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(directory, error))
      if (entry.path().extension() == ".toml")
        files.emplace(entry.path().stem().string(), entry.path().lexically_normal().string());
  }
  return files;
}

std::string shipped_policy(const std::string& name) {
  const std::map<std::string, std::string> files = shipped_files();
  if (const auto found = files.find(name); found != files.end()) return found->second;
  const std::vector<std::string> names = shipped_policies();
  throw usage_error(
      fmt::format("there is no shipped policy `{}`", name),
      names.empty() ? "name a policy file: --policy my-policy.toml"
                    : did_you_mean(name, names,
                                   fmt::format("Shipped: {}; or name a .toml file", fmt::join(names, ", "))));
}

}  // namespace

Policy parse_policy(std::string_view text, const std::string& path) {
  const TomlTable document = parse_toml(text, path);
  Policy policy;
  policy.path = path;
  policy.name = fs::path(path).stem().string();
  Origins origins;
  Section root(document, "", {"policy", "require", "at_risk", "columns"}, origins);
  if (const TomlEntry* head = root.find("policy")) read_head(*head, policy, origins);
  if (const TomlEntry* require = root.find("require")) read_require(*require, policy, origins);
  if (const TomlEntry* at_risk = root.find("at_risk")) read_at_risk(*at_risk, policy, origins);
  if (const TomlEntry* columns = root.find("columns")) read_columns(*columns, policy, origins);
  check_has_rules(policy);
  return policy;
}

std::vector<std::string> shipped_policies() {
  std::vector<std::string> names;
  for (const auto& [name, file] : shipped_files()) names.push_back(name);
  return names;
}

Policy load_policy(const std::string& name) {
  const bool is_path = name.find('/') != std::string::npos || name.ends_with(".toml");
  const std::string path = is_path ? name : shipped_policy(name);
  const MappedFile file(path);
  return parse_policy(file.bytes(), path);
}

}  // namespace throng
