// A lattice whose nodes are numbered and carry tags: what is known about a node without evaluating it.
//
// "Suppresses no more records than allowed" passes on to every coarser node and its negation to every finer
// one, because classes only merge on the way up: predictive tagging (El Emam 2009; Kohlmayer 2012). Cost: one
// byte per node; each node is tagged once, so all tagging together costs O(d N).
#pragma once

#include <cstdint>
#include <vector>

#include "throng/lattice/lattice.hpp"

namespace throng {

/// Index of a node, axis 0 the slowest.
using NodeIndex = std::uint32_t;

class TaggedLattice {
 public:
  enum Tag : std::uint8_t {
    kFeasible = 1,    ///< suppresses no more records than allowed
    kInfeasible = 2,  ///< suppresses more
    kEvaluated = 4,   ///< its figures are known
    kBeaten = 8,      ///< neither it nor a node above it can be the answer
  };
  static constexpr std::uint64_t kMaxNodes = std::uint64_t{1} << 26;

  /// Errors: usage_error above kMaxNodes nodes, naming what to do instead.
  explicit TaggedLattice(const Lattice& lattice);

  [[nodiscard]] NodeIndex size() const { return static_cast<NodeIndex>(tags_.size()); }
  [[nodiscard]] Node node_at(NodeIndex index) const;
  [[nodiscard]] NodeIndex index_of(const Node& node) const;
  /// Nodes one level higher in one QI, in the order of the QIs.
  [[nodiscard]] std::vector<NodeIndex> successors(NodeIndex index) const;
  [[nodiscard]] std::vector<NodeIndex> predecessors(NodeIndex index) const;
  /// The same node with axis `j` at its top level.
  [[nodiscard]] NodeIndex with_top(NodeIndex index, std::size_t j) const;
  /// Every node index, sorted by height, then index.
  [[nodiscard]] std::vector<NodeIndex> by_height() const;

  [[nodiscard]] bool has(NodeIndex index, Tag tag) const { return (tags_[index] & tag) != 0; }
  /// True when it is known whether the node is feasible.
  [[nodiscard]] bool is_decided(NodeIndex index) const {
    return (tags_[index] & (kFeasible | kInfeasible)) != 0;
  }
  void set(NodeIndex index, Tag tag) { tags_[index] = static_cast<std::uint8_t>(tags_[index] | tag); }
  /// Tags the node and every coarser one.
  void set_up(NodeIndex index, Tag tag);
  /// Tags the node and every finer one.
  void set_down(NodeIndex index, Tag tag);

 private:
  using Neighbours = std::vector<NodeIndex> (TaggedLattice::*)(NodeIndex) const;
  /// Sets `tag` at `index` and at all that is reached from it by `neighbours` without passing a node that has
  /// it.
  void spread(NodeIndex index, Tag tag, Neighbours neighbours);

  [[nodiscard]] std::uint32_t level_at(NodeIndex index, std::size_t j) const {
    return index / strides_[j] % num_levels_[j];
  }

  std::vector<std::uint32_t> num_levels_;
  std::vector<NodeIndex> strides_;
  std::vector<std::uint8_t> tags_;
};

}  // namespace throng
