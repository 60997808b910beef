// Flat hierarchies, the choice among the kinds, and the leaves of a column's values.
#include "throng/data/hierarchy.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "hierarchy_tree.hpp"
#include "throng/core/error.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

constexpr Code kNoLeaf = ~Code{0};

[[noreturn]] void refuse_value(const Column& column, const std::vector<Code>& leaf,
                               const std::string& source) {
  const auto found = first_record(column, [&](Code code) { return leaf[code] == kNoLeaf; });
  const Code code = found ? found->code : static_cast<Code>(std::ranges::find(leaf, kNoLeaf) - leaf.begin());
  const std::string& value = column.dictionary[code];
  std::string message = "column `" + column.name + "`: ";
  message += value.empty() ? "the empty value" : "value `" + printable(value) + "`";
  if (found) message += " (record " + std::to_string(found->record + 1) + ")";
  message += " is not in " + (source.empty() ? std::string("its hierarchy") : source);
  const auto others = std::ranges::count(leaf, kNoLeaf) - 1;
  if (others == 1) message += ", nor is another value of the column";
  if (others > 1) message += ", nor are " + std::to_string(others) + " other values of the column";
  throw data_error(message, others > 0 ? "add a row for each" : "add a row for it");
}

}  // namespace

Hierarchy flat_hierarchy(const std::vector<std::string>& values) {
  RawLevel leaves{values, std::vector<Code>(values.size())};
  std::iota(leaves.value_of_leaf.begin(), leaves.value_of_leaf.end(), Code{0});
  if (values.size() == 1 && values[0] == kSuppressed) return number_depth_first({leaves});
  return number_depth_first({leaves, {{std::string(kSuppressed)}, std::vector<Code>(values.size(), 0)}});
}

Hierarchy make_hierarchy(const Column& column, const HierarchySpec& spec,
                         const std::vector<std::string>& missing, std::vector<std::string>& warnings) {
  switch (spec.kind) {
    case HierarchySpec::Kind::kExplicit:
      return read_hierarchy(spec.path, missing, warnings);
    case HierarchySpec::Kind::kIntervals: {
      Hierarchy intervals =
          interval_hierarchy(column, spec, missing.empty() ? std::string() : missing.front());
      intervals.has_data_leaves = true;
      return intervals;
    }
    case HierarchySpec::Kind::kFlat:
      break;
  }
  return flat_hierarchy(column.dictionary);
}

std::vector<Code> leaf_of_code(const Column& column, const Hierarchy& hierarchy, const std::string& source) {
  std::unordered_map<std::string_view, Code> leaf_of_label;
  for (Code leaf = 0; leaf < hierarchy.num_leaves(); ++leaf)
    leaf_of_label.emplace(hierarchy.labels[0][leaf], leaf);
  std::vector<Code> leaf;
  for (const std::string& value : column.dictionary) {
    const auto found = leaf_of_label.find(value);
    leaf.push_back(found == leaf_of_label.end() ? kNoLeaf : found->second);
  }
  if (std::ranges::find(leaf, kNoLeaf) != leaf.end()) refuse_value(column, leaf, source);
  return leaf;
}

}  // namespace throng
