// Node numbers, neighbours and the spreading of tags.
#include "search/tagged_lattice.hpp"

#include <algorithm>
#include <numeric>

#include "throng/core/error.hpp"

namespace throng {

TaggedLattice::TaggedLattice(const Lattice& lattice) {
  const auto num_nodes = lattice.num_nodes();
  if (!num_nodes || *num_nodes > kMaxNodes)
    throw usage_error("the lattice has more than 2^26 nodes, too many to tag each",
                      "use fewer quasi-identifiers, or strategy = \"optimal\", \"datafly\" or \"top_down\"");
  strides_.assign(lattice.num_axes(), 1);
  for (const Axis& axis : lattice.axes)
    num_levels_.push_back(static_cast<std::uint32_t>(axis.hierarchy.labels.size()));
  for (std::size_t j = strides_.size() - 1; j-- > 0;) strides_[j] = strides_[j + 1] * num_levels_[j + 1];
  tags_.assign(*num_nodes, 0);
}

Node TaggedLattice::node_at(NodeIndex index) const {
  Node node(strides_.size());
  for (std::size_t j = 0; j < node.size(); ++j) node[j] = static_cast<Level>(level_at(index, j));
  return node;
}

NodeIndex TaggedLattice::index_of(const Node& node) const {
  NodeIndex index = 0;
  for (std::size_t j = 0; j < node.size(); ++j) index += node[j] * strides_[j];
  return index;
}

std::vector<NodeIndex> TaggedLattice::successors(NodeIndex index) const {
  std::vector<NodeIndex> result;
  for (std::size_t j = 0; j < strides_.size(); ++j)
    if (level_at(index, j) + 1 < num_levels_[j]) result.push_back(index + strides_[j]);
  return result;
}

std::vector<NodeIndex> TaggedLattice::predecessors(NodeIndex index) const {
  std::vector<NodeIndex> result;
  for (std::size_t j = 0; j < strides_.size(); ++j)
    if (level_at(index, j) > 0) result.push_back(index - strides_[j]);
  return result;
}

NodeIndex TaggedLattice::with_top(NodeIndex index, std::size_t j) const {
  return index + (num_levels_[j] - 1 - level_at(index, j)) * strides_[j];
}

std::vector<NodeIndex> TaggedLattice::by_height() const {
  std::vector<std::uint16_t> heights(size(), 0);
  for (std::size_t j = 0; j < strides_.size(); ++j)
    for (NodeIndex index = 0; index < size(); ++index)
      heights[index] = static_cast<std::uint16_t>(heights[index] + level_at(index, j));
  std::vector<NodeIndex> order(size());
  std::iota(order.begin(), order.end(), NodeIndex{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](NodeIndex a, NodeIndex b) { return heights[a] < heights[b]; });
  return order;
}

void TaggedLattice::set_up(NodeIndex index, Tag tag) { spread(index, tag, &TaggedLattice::successors); }

void TaggedLattice::set_down(NodeIndex index, Tag tag) { spread(index, tag, &TaggedLattice::predecessors); }

void TaggedLattice::spread(NodeIndex index, Tag tag, Neighbours neighbours) {
  std::vector<NodeIndex> open{index};
  while (!open.empty()) {
    const NodeIndex next = open.back();
    open.pop_back();
    if (has(next, tag)) continue;
    set(next, tag);
    for (const NodeIndex neighbour : (this->*neighbours)(next))
      if (!has(neighbour, tag)) open.push_back(neighbour);
  }
}

}  // namespace throng
