// Depth-first numbering by sorting the leaves: by value at the top, then one level lower, down to the leaf
// itself. Since levels are nested, a value's leaves then stand side by side at every level. O(leaves log
// leaves x levels).
#include "hierarchy_tree.hpp"

#include <algorithm>
#include <numeric>

#include "throng/core/check.hpp"

namespace throng {

namespace {

std::vector<Code> depth_first_order(const std::vector<RawLevel>& levels) {
  std::vector<Code> order(levels[0].value_of_leaf.size());
  std::iota(order.begin(), order.end(), Code{0});
  std::ranges::sort(order, [&](Code a, Code b) {
    for (std::size_t l = levels.size(); l-- > 0;) {
      const auto& value = levels[l].value_of_leaf;
      if (value[a] != value[b]) return value[a] < value[b];
    }
    return false;
  });
  return order;
}

}  // namespace

Hierarchy number_depth_first(const std::vector<RawLevel>& levels) {
  const std::vector<Code> order = depth_first_order(levels);
  Hierarchy hierarchy;
  for (const RawLevel& level : levels) {
    auto& labels = hierarchy.labels.emplace_back();
    auto& first_leaf = hierarchy.first_leaf.emplace_back();
    auto& value_of_leaf = hierarchy.value_of_leaf.emplace_back();
    for (Code leaf = 0; leaf < order.size(); ++leaf) {
      const Code value = level.value_of_leaf[order[leaf]];
      if (leaf == 0 || value != level.value_of_leaf[order[leaf - 1]]) {
        labels.push_back(level.labels[value]);
        first_leaf.push_back(leaf);
      }
      value_of_leaf.push_back(static_cast<Code>(labels.size() - 1));
    }
    first_leaf.push_back(static_cast<Code>(order.size()));
    THRONG_CHECK(labels.size() == level.labels.size());  // not nested: a value came up twice
  }
  THRONG_CHECK(hierarchy.labels.back().size() == 1);
  return hierarchy;
}

}  // namespace throng
