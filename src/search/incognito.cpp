// Strategy "incognito": decides the nodes of growing subsets of QIs, and drops what a subset rules out.
//
// A generalization of a subset of QIs is the lattice's node with the top value `*` at the others. Subsets are
// taken by size, the nodes of each from fine to coarse. A node is dropped when it is infeasible on a subset
// of its QIs one smaller, since adding a QI only splits classes; it is feasible when a finer one is. Only the
// rest is evaluated. Invariant: a node is decided after its projections and its predecessors. At the end all
// feasible nodes are known; those whose floor is below the best are evaluated, so the answer is exact for
// every metric and every suppression limit. Cost: O(N d) tags, and the evaluations. K. LeFevre, D. DeWitt, R.
// Ramakrishnan, Incognito: Efficient Full-Domain k-Anonymity, SIGMOD 2005, section 3.
#include <algorithm>

#include "search/lattice_search.hpp"

namespace throng {

namespace {

/// Every node, by the number of its QIs below the top, then by height.
std::vector<NodeIndex> by_subset_size(const Lattice& lattice, const TaggedLattice& nodes) {
  std::vector<std::uint16_t> size(nodes.size(), 0);
  for (NodeIndex index = 0; index < nodes.size(); ++index) {
    const Node node = nodes.node_at(index);
    for (std::size_t j = 0; j < node.size(); ++j)
      if (node[j] < lattice.axes[j].hierarchy.height()) ++size[index];
  }
  std::vector<NodeIndex> order = nodes.by_height();
  std::stable_sort(order.begin(), order.end(), [&](NodeIndex a, NodeIndex b) { return size[a] < size[b]; });
  return order;
}

/// True when the node without one of its QIs is infeasible.
bool is_ruled_out(const Lattice& lattice, const TaggedLattice& nodes, NodeIndex index) {
  for (std::size_t j = 0; j < lattice.num_axes(); ++j) {
    const NodeIndex projection = nodes.with_top(index, j);
    if (projection != index && nodes.has(projection, TaggedLattice::kInfeasible)) return true;
  }
  return false;
}

}  // namespace

Finding search_incognito(const SearchTask& task) {
  LatticeSearch search(task);
  TaggedLattice& nodes = search.nodes();
  const Lattice& lattice = task.problem.lattice;
  for (const NodeIndex index : by_subset_size(lattice, nodes)) {
    if (nodes.is_decided(index)) continue;
    if (is_ruled_out(lattice, nodes, index))
      nodes.set(index, TaggedLattice::kInfeasible);
    else if (!search.check(index))
      return search.finding(false);
  }
  search.check_feasible_nodes();
  return search.finding(true);
}

}  // namespace throng
