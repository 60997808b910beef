// Finds the leaves below each released value, at the level the column was released at.
#include "coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "throng/core/error.hpp"

namespace throng {

namespace {

using Values = std::unordered_map<std::string, Code>;

/// The values of one level by their text.
Values values_of(const std::vector<std::string>& labels) {
  Values values;
  for (std::size_t g = 0; g < labels.size(); ++g) values.emplace(labels[g], static_cast<Code>(g));
  return values;
}

bool holds_all(const Values& values, const Column& column) {
  return std::ranges::all_of(column.dictionary, [&](const std::string& text) {
    return text == kSuppressed || values.contains(text);
  });
}

/// The lowest level that holds all values but `*`: a text may stand at several levels, and the column was
/// released at one. When there is none (local recoding), every level.
std::vector<Level> released_levels(const std::vector<Values>& levels, const Column& after) {
  std::vector<Level> all;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    if (holds_all(levels[l], after)) return {static_cast<Level>(l), static_cast<Level>(levels.size() - 1)};
    all.push_back(static_cast<Level>(l));
  }
  return all;
}

struct ValueAt {
  Level level;
  Code value;
};

std::optional<ValueAt> find(const std::vector<Values>& levels, const std::vector<Level>& candidates,
                            const std::string& text) {
  for (const Level level : candidates) {
    const auto found = levels[level].find(text);
    if (found != levels[level].end()) return ValueAt{level, found->second};
  }
  return std::nullopt;
}

}  // namespace

Coverage cover_released(const Column& after, const Hierarchy& hierarchy) {
  Coverage coverage;
  coverage.num_leaves = hierarchy.num_leaves();
  coverage.of_leaf.resize(coverage.num_leaves);
  std::vector<Values> levels;
  for (const auto& labels : hierarchy.labels) levels.push_back(values_of(labels));
  const std::vector<Level> candidates = released_levels(levels, after);
  for (std::size_t g = 0; g < after.dictionary.size(); ++g) {
    const auto place = find(levels, candidates, after.dictionary[g]);
    if (!place)
      throw data_error(
          fmt::format("column `{}` of the release holds a value of no level of its hierarchy", after.name),
          "give --job the job that the release was made with");
    const Code leaves = hierarchy.leaves_below(place->level, place->value);
    coverage.num_leaves_of_released.push_back(leaves);
    for (Code v = 0; v < leaves; ++v)
      coverage.of_leaf[hierarchy.first_leaf[place->level][place->value] + v].push_back(
          {static_cast<Code>(g), 1.0 / leaves});
  }
  return coverage;
}

Coverage cover_by_hierarchy(const Column& before, const Column& after, const Hierarchy& hierarchy,
                            const std::string& source) {
  Coverage coverage = cover_released(after, hierarchy);
  coverage.leaf_of_before = leaf_of_code(before, hierarchy, source);
  for (const Code code : before.codes) coverage.leaf_of_record.push_back(coverage.leaf_of_before[code]);
  return coverage;
}

Coverage cover_by_value(const Column& before, const Column& after) {
  Coverage coverage;
  Values leaves = values_of(before.dictionary);
  for (std::size_t x = 0; x < before.dictionary.size(); ++x)
    coverage.leaf_of_before.push_back(static_cast<Code>(x));
  coverage.of_leaf.resize(before.dictionary.size());
  coverage.num_leaves_of_released.assign(after.dictionary.size(), 1);
  for (std::size_t g = 0; g < after.dictionary.size(); ++g) {
    const auto [found, is_new] =
        leaves.emplace(after.dictionary[g], static_cast<Code>(coverage.of_leaf.size()));
    if (is_new) coverage.of_leaf.emplace_back();
    coverage.of_leaf[found->second].push_back({static_cast<Code>(g), 1.0});
  }
  coverage.num_leaves = coverage.of_leaf.size();
  coverage.leaf_of_record = before.codes;
  return coverage;
}

}  // namespace throng
