// Reads plans and checks that they fit the job.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "core/words.hpp"
#include "plan_file.hpp"
#include "plan_format.hpp"
#include "section.hpp"
#include "throng/data/file.hpp"
#include "values.hpp"

namespace throng {

namespace {

constexpr const char* kAnew = "make a new plan: throng search JOB.toml --strategy local --plan PLAN.toml";

/// The value of `key`, which must be there.
template <typename T>
T required(Section& section, const char* key, const Place& place) {
  T value{};
  if (section.read(key, value) == nullptr)
    throw usage_error(fmt::format("the plan has no `{}`", key), kAnew, place);
  return value;
}

const TomlArray& required_array(Section& section, const char* key, const Place& place) {
  const TomlEntry* entry = section.find(key);
  const TomlArray* array = entry == nullptr ? nullptr : std::get_if<TomlArray>(&entry->value.value);
  if (array == nullptr) throw usage_error(fmt::format("the plan has no array `{}`", key), kAnew, place);
  return *array;
}

const TomlTable& item_table(const TomlValue& item, const char* what) {
  const auto* table = std::get_if<TomlTable>(&item.value);
  if (table != nullptr) return *table;
  throw usage_error(fmt::format("an item of `{}` is {}, not a table", what, type_name(item)), kAnew,
                    item.place);
}

/// Is it a plan at all, of this version and for this k?
void check_head(const TomlTable& document, const std::string& path) {
  const bool is_plan =
      std::ranges::any_of(document.entries, [](const TomlEntry& e) { return e.key == kPlanKey; });
  if (!is_plan)
    throw usage_error(fmt::format("this is no plan: it has no `{}`", kPlanKey),
                      std::string("name a file that --plan wrote; or ") + kAnew, {path, 1, 1});
}

void check_version(Section& section) {
  std::uint64_t version = 0;
  const TomlEntry* entry = section.read(kPlanKey, version);
  if (version != kPlanVersion)
    throw usage_error(
        fmt::format("format version {} of a plan is not known; this is version {}", version, kPlanVersion),
        kAnew, entry->value.place);
}

void check_k(Section& section, Count k, const Place& place) {
  const auto planned = required<std::uint64_t>(section, "k", place);
  if (planned == k) return;
  throw usage_error(fmt::format("the plan is for k = {}, the job for k = {}", planned, k),
                    fmt::format("use the same k (--k {}), or {}", planned, kAnew),
                    section.find("k")->value.place);
}

std::string names_of(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

void check_columns(Section& section, const Loaded& loaded, const Place& place) {
  std::vector<std::string> planned, present;
  for (const Axis& axis : loaded.problem.lattice.axes) present.push_back(axis.name);
  const TomlArray& columns = required_array(section, "columns", place);
  Origins origins;
  std::vector<std::string> hashes;
  for (const TomlValue& item : columns.items) {
    Section column(item_table(item, "columns"), "columns", {"name", "hierarchy_sha256"}, origins);
    planned.push_back(required<std::string>(column, "name", item.place));
    hashes.push_back(required<std::string>(column, "hierarchy_sha256", item.place));
  }
  if (planned != present)
    throw usage_error(fmt::format("the plan is for the quasi-identifiers {}, the job has {}",
                                  names_of(planned), names_of(present)),
                      std::string("use the same columns in the same order, or ") + kAnew,
                      section.find("columns")->place);
  for (std::size_t j = 0; j < hashes.size(); ++j)
    if (hashes[j] != plan_fingerprint(loaded, loaded.problem.lattice.axes[j]))
      throw usage_error(fmt::format("column `{}`: the plan was made with another hierarchy", planned[j]),
                        std::string("use the hierarchy of the plan, or ") + kAnew, columns.items[j].place);
}

StrategyKind read_strategy(Section& section, const Place& place) {
  const auto text = required<std::string>(section, "strategy", place);
  const Place at = section.find("strategy")->value.place;
  const StrategyKind strategy = checked_strategy(text, {"strategy", at});
  if (is_of_one_node(strategy))
    throw usage_error(fmt::format("the strategy `{}` has no plan", text), kAnew, at);
  return strategy;
}

/// Labels of every level of the axes by their text.
class Labels {
 public:
  explicit Labels(const Loaded& loaded) : loaded_(&loaded) {
    for (const Axis& axis : loaded.problem.lattice.axes) {
      auto& levels = codes_.emplace_back();
      for (const std::vector<std::string>& labels : axis.hierarchy.labels) {
        auto& codes = levels.emplace_back();
        for (Code g = 0; g < labels.size(); ++g) codes.emplace(labels[g], g);
      }
    }
  }

  /// The class, or nothing when the present table lacks one of its values.
  [[nodiscard]] std::optional<PlannedClass> read(const TomlValue& item) const {
    Origins origins;
    Section section(item_table(item, "classes"), "classes", {"records", "levels", "values"}, origins);
    const auto levels = required<std::vector<std::uint64_t>>(section, "levels", item.place);
    const auto values = required<std::vector<std::string>>(section, "values", item.place);
    if (levels.size() != codes_.size() || values.size() != codes_.size())
      throw usage_error(fmt::format("a class has {} and {} for {}", counted(levels.size(), "level"),
                                    counted(values.size(), "value"), counted(codes_.size(), "column")),
                        kAnew, item.place);
    PlannedClass planned;
    for (std::size_t j = 0; j < levels.size(); ++j) {
      const std::optional<Code> code = find(j, levels[j], values[j], item.place);
      if (!code) return std::nullopt;
      planned.levels.push_back(static_cast<Level>(levels[j]));
      planned.values.push_back(*code);
    }
    return planned;
  }

 private:
  [[nodiscard]] std::optional<Code> find(std::size_t j, std::uint64_t level, const std::string& value,
                                         const Place& place) const {
    const std::string& name = loaded_->problem.lattice.axes[j].name;
    if (level >= codes_[j].size())
      throw usage_error(
          fmt::format("column `{}` has no level {}; its highest is {}", name, level, codes_[j].size() - 1),
          kAnew, place);
    const auto found = codes_[j][level].find(value);
    if (found != codes_[j][level].end()) return found->second;
    const ColumnSpec* spec = loaded_->job.input.find(name);
    if (spec == nullptr || spec->hierarchy.kind != HierarchySpec::Kind::kExplicit) return std::nullopt;
    throw usage_error(
        fmt::format("column `{}`: a planned value is not in level {} of its hierarchy", name, level), kAnew,
        place);
  }

  const Loaded* loaded_;
  std::vector<std::vector<std::unordered_map<std::string, Code>>> codes_;  // per axis and level
};

}  // namespace

PlanFile read_plan(const std::string& path, const Loaded& loaded) {
  const MappedFile file(path);
  const TomlTable document = parse_toml(file.bytes(), path);
  check_head(document, path);
  Origins origins;
  Section section(document, "",
                  {kPlanKey, "creator", "k", "strategy", "rows", "suppressed", "loss", "columns", "classes"},
                  origins);
  const Place place{path, 1, 1};
  check_version(section);
  check_k(section, loaded.job.k, place);
  check_columns(section, loaded, place);
  PlanFile plan;
  plan.strategy = read_strategy(section, place);
  plan.loss = required<double>(section, "loss", place);
  const Labels labels(loaded);
  for (const TomlValue& item : required_array(section, "classes", place).items) {
    if (std::optional<PlannedClass> planned = labels.read(item))
      plan.classes.push_back(std::move(*planned));
    else
      ++plan.absent;
  }
  return plan;
}

}  // namespace throng
