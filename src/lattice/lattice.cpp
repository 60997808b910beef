// Sizes and order of the generalization lattice.
#include "throng/lattice/lattice.hpp"

#include <numeric>

namespace throng {

std::optional<std::uint64_t> Lattice::num_nodes() const {
  std::uint64_t product = 1;
  for (const Axis& axis : axes) {
    if (__builtin_mul_overflow(product, axis.hierarchy.labels.size(), &product)) return std::nullopt;
  }
  return product;
}

double Lattice::approximate_num_nodes() const {
  double product = 1;
  for (const Axis& axis : axes) product *= static_cast<double>(axis.hierarchy.labels.size());
  return product;
}

Node Lattice::top() const {
  Node node;
  for (const Axis& axis : axes) node.push_back(axis.hierarchy.height());
  return node;
}

std::vector<Code> leaf_counts(const Lattice& lattice) {
  std::vector<Code> counts;
  for (const Axis& axis : lattice.axes) counts.push_back(axis.hierarchy.num_leaves());
  return counts;
}

unsigned height(const Node& node) { return std::accumulate(node.begin(), node.end(), 0U); }

bool next_node(const Lattice& lattice, Node& node) {
  for (std::size_t j = node.size(); j-- > 0;) {
    if (node[j] < lattice.axes[j].hierarchy.height()) {
      ++node[j];
      return true;
    }
    node[j] = 0;
  }
  return false;
}

}  // namespace throng
