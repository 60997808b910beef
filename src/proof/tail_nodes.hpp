// The records as each node of the tail's lattice classes them, before any family looks at them.
//
// A family groups the records by the QIs that it fixes and by the tail's levels at a node. What the tail
// alone does is the same for every family: records in classes below k are suppressed, and those that agree in
// all branched QIs (the *pattern*) never part. So each node's records are classed and merged once, and
// families count what is left.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "proof/numbering.hpp"
#include "throng/proof/certificate.hpp"

namespace throng {

/// The tail's classes of at least k records at one node.
struct TailNode {
  /// Records of one pattern in a class: the pattern above the lowest bits, how many in these. A class may
  /// have several items of a pattern.
  using Item = std::uint32_t;

  std::vector<Item> items;                ///< by class
  std::vector<std::uint32_t> class_ends;  ///< per class: behind its last item
  Count records = 0;                      ///< in all classes
  std::vector<std::size_t> uneven;       ///< QIs, by position in the tail, whose values cost differently here
  std::vector<std::uint32_t> costs;      ///< per class: of a cell of each uneven QI
  std::vector<std::uint64_t> all_costs;  ///< per QI of the tail: of all records in the classes
};

/// What nodes are made of, and those made so far. Shared by threads.
class TailNodes {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{1} << 28;

  /// All references must outlive this. Nodes are kept up to `most_bytes` together.
  TailNodes(const ProofTask& task, const Certificate& certificate, std::size_t most_bytes = kMostBytes);
  ~TailNodes();
  TailNodes(const TailNodes&) = delete;
  TailNodes& operator=(const TailNodes&) = delete;

  /// Nodes are numbered so that a coarser one has a higher number: by `stride(i)` per level of the tail's QI
  /// i.
  [[nodiscard]] std::size_t size() const { return num_nodes_; }
  [[nodiscard]] std::size_t stride(std::size_t i) const { return strides_[i]; }
  [[nodiscard]] Level height(std::size_t i) const { return heights_[i]; }
  [[nodiscard]] Level level(std::size_t node, std::size_t i) const {
    return levels_[node * heights_.size() + i];
  }

  [[nodiscard]] std::size_t num_patterns() const { return num_patterns_; }
  /// Leaf of a branched QI, by position, per pattern.
  [[nodiscard]] const std::vector<Code>& pattern_leaves(std::size_t branch) const {
    return pattern_leaves_[branch];
  }
  [[nodiscard]] unsigned pattern_shift() const { return shift_; }

  /// Makes nodes, one after the other. One per thread.
  class Maker;
  /// The records at a node: kept for the next who asks while memory lasts, else in `maker` until its next
  /// call.
  const TailNode& at(std::size_t node, Maker& maker);

 private:
  struct Tuple {
    std::uint32_t pattern;
    Weight records;
  };

  void number_nodes();
  Numbering number_patterns();
  void sort_by_tail(const Numbering& patterns);

  const ProofTask& task_;
  const Certificate& certificate_;
  std::vector<Level> heights_;
  std::vector<std::size_t> strides_;
  std::size_t num_nodes_ = 1;
  std::vector<Level> levels_;  ///< per node and QI of the tail
  unsigned shift_ = 0;
  std::uint32_t num_patterns_ = 0;
  std::vector<std::vector<Code>> pattern_leaves_;  ///< per branched QI
  std::vector<std::vector<Code>> tail_leaves_;     ///< per QI of the tail and distinct tail
  std::vector<std::uint32_t> end_of_tail_;         ///< per distinct tail: behind its tuples
  std::vector<Count> records_of_tail_;
  std::vector<Tuple> tuples_;                             ///< by tail
  std::unique_ptr<std::atomic<const TailNode*>[]> made_;  ///< per node; null = not yet
  const std::size_t most_bytes_;
  std::atomic<std::size_t> bytes_made_ = 0;
};

class TailNodes::Maker {
 public:
  explicit Maker(const TailNodes& of);

 private:
  friend class TailNodes;
  std::unique_ptr<TailNode> make(std::size_t node);
  void class_tails(std::size_t node);
  void start_node(std::size_t node, TailNode& made) const;
  void add_class(std::uint32_t c, std::size_t node, TailNode& made);
  void add_items(std::uint32_t pattern, Count records, TailNode& made) const;

  const TailNodes& of_;
  std::vector<Level> levels_;       ///< of the tail in `classes_`; empty = nothing there yet
  std::vector<Numbering> classes_;  ///< of the distinct tails by the first QIs of the tail, per depth
  std::vector<Count> records_of_class_;
  std::vector<std::uint32_t> first_of_class_;
  std::vector<std::uint32_t> tails_;        ///< by class
  std::vector<Weight> records_of_pattern_;  ///< in the class in hand
  std::vector<std::uint32_t> seen_;         ///< patterns of that class, and room for one more
  std::unique_ptr<TailNode> spare_;         ///< made last, if not kept
  std::size_t spare_node_ = 0;
};

}  // namespace throng
