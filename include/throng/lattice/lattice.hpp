// The generalization lattice: the product of the quasi-identifiers' hierarchies.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/hierarchy.hpp"

namespace throng {

/// One axis: a quasi-identifier with its chain of levels.
struct Axis {
  std::string name;
  double weight = 1.0;  ///< in the loss
  Hierarchy hierarchy;
};

/// The product of the axes' chains; a node is a level per axis, in file order, axis 0 the slowest in the node
/// index.
struct Lattice {
  std::vector<Axis> axes;

  [[nodiscard]] std::size_t num_axes() const { return axes.size(); }
  /// Number of nodes, or nothing when it exceeds 2^64 - 1.
  [[nodiscard]] std::optional<std::uint64_t> num_nodes() const;
  /// Number of nodes as a float, for lattices of any size.
  [[nodiscard]] double approximate_num_nodes() const;
  [[nodiscard]] Node bottom() const { return Node(axes.size(), 0); }
  [[nodiscard]] Node top() const;
};

/// |D_j| per axis.
std::vector<Code> leaf_counts(const Lattice& lattice);

/// Sum of the levels.
unsigned height(const Node& node);

/// Moves `node` to the next in node-index order; false (and back at the bottom) after the last.
bool next_node(const Lattice& lattice, Node& node);

}  // namespace throng
