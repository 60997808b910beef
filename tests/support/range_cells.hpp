// All cells of a small problem, by brute force: what exact solutions of local recoding choose from.
#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "support/random_problem.hpp"

namespace throng::test {

/// A generalized tuple as ranges of leaves, with the arithmetic loss of one record in it.
struct RangeCell {
  std::vector<std::pair<Code, Code>> ranges;  ///< per QI: [first, last)
  double cost = 0;

  [[nodiscard]] bool covers(const Problem& problem, std::size_t tuple) const {
    for (std::size_t j = 0; j < ranges.size(); ++j) {
      const Code leaf = problem.tuples.code(tuple, j);
      if (leaf < ranges[j].first || leaf >= ranges[j].second) return false;
    }
    return true;
  }
};

/// The cells that cover some record.
inline std::vector<RangeCell> all_cells(const Problem& problem) {
  std::map<std::vector<std::pair<Code, Code>>, double> found;
  double total = 0;
  for (const Axis& axis : problem.lattice.axes) total += axis.weight;
  Node node = problem.lattice.bottom();
  do {
    for (const auto& [tuple, count] : brute_force_classes(problem, node)) {
      RangeCell cell;
      for (std::size_t j = 0; j < node.size(); ++j) {
        const Axis& axis = problem.lattice.axes[j];
        const auto& first = axis.hierarchy.first_leaf[node[j]];
        cell.ranges.emplace_back(first[tuple[j]], first[tuple[j] + 1]);
        cell.cost += axis.weight / total * (first[tuple[j] + 1] - first[tuple[j]] - 1.0) /
                     (std::max<Code>(axis.hierarchy.num_leaves(), 2) - 1.0);
      }
      found[cell.ranges] = cell.cost;
    }
  } while (next_node(problem.lattice, node));
  std::vector<RangeCell> cells;
  for (const auto& [ranges, cost] : found) cells.push_back({ranges, cost});
  return cells;
}

}  // namespace throng::test
