// What struct Hierarchy promises, as a list of broken promises.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "throng/data/hierarchy.hpp"

namespace throng::test {

/// Whether level l's values cover the leaves from left to right, each at least one, as both tables say.
inline bool covers_leaves(const Hierarchy& hierarchy, std::size_t l) {
  const auto& first = hierarchy.first_leaf[l];
  const auto& value_of_leaf = hierarchy.value_of_leaf[l];
  if (first.size() != hierarchy.labels[l].size() + 1 || value_of_leaf.size() != hierarchy.num_leaves())
    return false;
  if (first.front() != 0 || first.back() != hierarchy.num_leaves()) return false;
  for (Code value = 0; value + 1 < first.size(); ++value) {
    if (first[value] >= first[value + 1]) return false;
    for (Code leaf = first[value]; leaf < first[value + 1]; ++leaf)
      if (value_of_leaf[leaf] != value) return false;
  }
  return true;
}

/// Whether values that are equal at level l are equal at level l + 1.
inline bool is_nested(const Hierarchy& hierarchy, std::size_t l) {
  for (Code leaf = 1; leaf < hierarchy.num_leaves(); ++leaf)
    if (hierarchy.value_of_leaf[l][leaf] == hierarchy.value_of_leaf[l][leaf - 1] &&
        hierarchy.value_of_leaf[l + 1][leaf] != hierarchy.value_of_leaf[l + 1][leaf - 1])
      return false;
  return true;
}

/// "" when all promises hold, else the first that does not.
inline std::string broken_promise(const Hierarchy& hierarchy) {
  const std::size_t num_levels = hierarchy.labels.size();
  if (num_levels == 0 || num_levels > 256) return "number of levels";
  if (hierarchy.first_leaf.size() != num_levels || hierarchy.value_of_leaf.size() != num_levels)
    return "tables per level";
  if (hierarchy.labels.back() != std::vector<std::string>{"*"}) return "the top is not the one value *";
  for (std::size_t l = 0; l < num_levels; ++l) {
    const auto& labels = hierarchy.labels[l];
    if (!covers_leaves(hierarchy, l)) return "leaves of level " + std::to_string(l);
    if (l + 1 < num_levels && !is_nested(hierarchy, l)) return "nesting of level " + std::to_string(l);
    if (std::set<std::string>(labels.begin(), labels.end()).size() != labels.size())
      return "two values of level " + std::to_string(l) + " look alike";
  }
  for (Code leaf = 0; leaf < hierarchy.num_leaves(); ++leaf)
    if (hierarchy.value_of_leaf[0][leaf] != leaf) return "level 0 is not the leaves";
  return "";
}

}  // namespace throng::test
