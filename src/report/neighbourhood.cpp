// Walks outwards from one node of the lattice and evaluates what it meets.
#include "neighbourhood.hpp"

#include <algorithm>
#include <tuple>

namespace throng {

namespace {

/// The nodes one step from `node`: finer and coarser in each column, in file order.
std::vector<Node> steps_from(const Lattice& lattice, const Node& node) {
  std::vector<Node> steps;
  for (std::size_t j = 0; j < node.size(); ++j) {
    Node step = node;
    if (node[j] > 0) {
      step[j] = static_cast<Level>(node[j] - 1);
      steps.push_back(step);
    }
    if (node[j] < lattice.axes[j].hierarchy.height()) {
      step[j] = static_cast<Level>(node[j] + 1);
      steps.push_back(step);
    }
  }
  return steps;
}

bool is_known(const std::vector<NearbyNode>& nodes, const Node& levels) {
  return std::ranges::any_of(nodes, [&](const NearbyNode& node) { return node.solution.levels == levels; });
}

}  // namespace

std::vector<NearbyNode> neighbourhood(const WhatIf& what_if, const Lattice& lattice, const Node& centre,
                                      Count max_suppressed, std::size_t most) {
  std::vector<NearbyNode> nodes = {{what_if.evaluate(centre), 0}};
  for (const Node& node : steps_from(lattice, centre)) nodes.push_back({what_if.evaluate(node), 1});
  std::vector<Solution> starts;
  for (std::size_t i = 1; i < nodes.size(); ++i) starts.push_back(nodes[i].solution);
  std::ranges::stable_sort(starts, [&](const Solution& a, const Solution& b) {
    return std::tuple(a.suppressed > max_suppressed, a.loss) <
           std::tuple(b.suppressed > max_suppressed, b.loss);
  });
  for (const Solution& start : starts)
    for (const Node& node : steps_from(lattice, start.levels)) {
      if (nodes.size() >= most) return nodes;
      if (!is_known(nodes, node)) nodes.push_back({what_if.evaluate(node), 2});
    }
  return nodes;
}

}  // namespace throng
