// Reads roles, hierarchies and weights of columns.
#include "job_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "section.hpp"
#include "values.hpp"

namespace throng {

namespace {

constexpr std::int64_t kMostLevel = 254;

void check_widths(const HierarchySpec& spec, const Place& place) {
  bool is_valid = !spec.widths.empty() && std::isfinite(spec.origin);
  double previous = 0;
  for (const double width : spec.widths) {
    is_valid = is_valid && std::isfinite(width) && width > previous;
    previous = width;
  }
  if (!is_valid)
    throw usage_error("`widths` must be positive numbers, each larger than the one before",
                      "write for example { kind = \"intervals\", widths = [5, 10, 20], origin = 0 }", place);
}

HierarchySpec read_hierarchy_table(const TomlEntry& entry, const std::string& name, Origins& origins) {
  HierarchySpec spec;
  Section section(as_table(entry), name, {"kind", "widths", "origin"}, origins);
  std::string kind;
  const TomlEntry* kind_entry = section.read("kind", kind);
  if (kind_entry == nullptr)
    throw usage_error("the hierarchy has no `kind`", "write kind = \"intervals\" or kind = \"flat\"",
                      entry.place);
  if (kind != "flat" && kind != "intervals")
    throw_not_one_of("kind", kind, {"flat", "intervals"}, kind_entry->value.place);
  const TomlEntry* widths = section.read("widths", spec.widths);
  const TomlEntry* origin = section.read("origin", spec.origin);
  if (kind == "flat" && (widths != nullptr || origin != nullptr))
    throw usage_error("a flat hierarchy has neither `widths` nor `origin`",
                      "remove them or write kind = \"intervals\"", entry.place);
  if (kind == "flat") return spec;
  spec.kind = HierarchySpec::Kind::kIntervals;
  check_widths(spec, entry.place);
  return spec;
}

HierarchySpec read_hierarchy_spec(const TomlEntry& entry, const std::string& name, Job& job) {
  if (const auto* path = std::get_if<std::string>(&entry.value.value)) {
    if (path->empty())
      throw usage_error("`hierarchy` names no file", "name a CSV file `value;level1;...;*`",
                        entry.value.place);
    HierarchySpec spec;
    spec.kind = HierarchySpec::Kind::kExplicit;
    spec.path = resolved_path(*path, job.path);
    return spec;
  }
  if (!std::holds_alternative<TomlTable>(entry.value.value))
    throw usage_error(fmt::format("`hierarchy` is {}, not a file name or a table", type_name(entry.value)),
                      "write \"hierarchy.csv\" or { kind = \"flat\" }", entry.value.place);
  return read_hierarchy_table(entry, name + ".hierarchy", job.origins);
}

AllowedLevels read_levels(const TomlEntry& entry) {
  AllowedLevels allowed{{}, entry.value.place};
  const auto* array = std::get_if<TomlArray>(&entry.value.value);
  const std::vector<TomlValue> items = array == nullptr ? std::vector<TomlValue>{entry.value} : array->items;
  for (const TomlValue& item : items) {
    const auto* level = std::get_if<std::int64_t>(&item.value);
    if (level == nullptr || *level < 0 || *level > kMostLevel)
      throw usage_error("`levels` must be levels of the hierarchy, counted from 0",
                        "write for example levels = [0, 2], or levels = 1 to fix it", item.place);
    allowed.levels.push_back(static_cast<Level>(*level));
  }
  if (items.empty())
    throw usage_error("`levels` is empty", "name the allowed levels, as in levels = [0, 2], or remove it",
                      entry.value.place);
  std::ranges::sort(allowed.levels);
  allowed.levels.erase(std::unique(allowed.levels.begin(), allowed.levels.end()), allowed.levels.end());
  return allowed;
}

ColumnSpec read_column(const TomlEntry& entry, Job& job) {
  ColumnSpec column;
  column.name = entry.key;
  column.place = entry.place;
  const std::string name = "columns." + entry.key;
  Section section(as_table(entry, "columns." + entry.key), name, {"role", "hierarchy", "weight", "levels"},
                  job.origins);
  std::string role;
  const TomlEntry* role_entry = section.read("role", role);
  if (role_entry == nullptr)
    throw usage_error(fmt::format("column `{}` has no role", column.name),
                      "write role = \"quasi_identifier\", \"sensitive\", \"insensitive\" or \"identifier\"",
                      entry.place);
  column.role = checked_role("role", role, role_entry->value.place);
  if (const TomlEntry* hierarchy = section.find("hierarchy"))
    column.hierarchy = read_hierarchy_spec(*hierarchy, name, job);
  if (const TomlEntry* weight = section.read("weight", column.weight))
    column.weight = checked_weight(column.weight, {"weight", weight->value.place});
  if (const TomlEntry* levels = section.find("levels")) job.levels[column.name] = read_levels(*levels);
  return column;
}

}  // namespace

Role checked_role(const std::string& name, const std::string& text, const Place& place) {
  if (const auto role = parse_role(text)) return *role;
  throw_not_one_of(name, text, {"quasi_identifier", "sensitive", "insensitive", "identifier"}, place);
}

void read_columns(const TomlEntry& columns, Job& job) {
  for (const TomlEntry& entry : as_table(columns).entries)
    job.input.columns.push_back(read_column(entry, job));
}

}  // namespace throng
