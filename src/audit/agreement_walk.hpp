// One record's combinations: in which of them is its class below k, and which of these are minimal?
//
// Idea: the class of a record at a combination T holds the records that agree with it on all of T. List, for
// one record, on which QIs the others agree with it, as bit patterns, sorted, equal ones added up. Decide the
// QIs one by one: the list of those that agree on one more QI is the second run of the list; when the QI is
// left out, the two runs are merged. A list below k stays below k whatever else is kept, so the rest is
// counted by binomials; when k agree on all that is left, nothing is below k. A dense block ends the walk.
// Invariant: T is minimal when it is below k and no T without one QI is; those are followed along
// (`relatives`) in the tree of what was visited before, since "left out" goes first.
// Cost: a sort per tuple, one merge per node, R 2^R / 8 operations per block. After SUDA2 (Manning, Haglin &
// Keane 2008) and minimal infrequent itemsets (Haglin & Manning 2007), with any k and all combinations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agreement_block.hpp"
#include "agreement_list.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

/// Where a walk counts, by size of the combination: entries 0 .. max_size.
struct SizeCounts {
  std::span<std::uint64_t> below;
  std::span<std::uint64_t> minimal;
};

/// One per worker; consecutive tuples that share values are faster.
class AgreementWalk {
 public:
  /// `order`: the QIs, those that tell records apart best first. Combinations of up to max_size QIs.
  AgreementWalk(const Problem& problem, std::span<const std::size_t> order, Count k, std::size_t max_size);

  /// Adds to `counts` what is below k, and minimal so, for a record of tuple `tuple`.
  void count(std::size_t tuple, const SizeCounts& counts);

 private:
  using NodeIndex = std::uint32_t;
  enum Choice : std::uint8_t { kLeftOut, kKept };
  static constexpr NodeIndex kSafe = ~NodeIndex{0};       ///< nothing below k from here on
  static constexpr NodeIndex kBelow = ~NodeIndex{0} - 1;  ///< all below k
  struct Node {
    NodeIndex child[2];  ///< by Choice; of a block: its number
  };
  struct Depth {
    std::vector<Agreement> merged;          ///< list of the child that leaves the QI out
    std::vector<NodeIndex> left_out, kept;  ///< relatives of the children
  };
  using List = AgreementList;
  using Relatives = std::span<const NodeIndex>;

  void find_agreements(std::size_t tuple);
  NodeIndex visit(std::size_t depth, std::size_t size, List list, Relatives relatives);
  NodeIndex visit_kept(std::size_t depth, std::size_t size, List agreeing);
  NodeIndex visit_block(std::size_t size, List list, Relatives relatives);
  void count_below(std::size_t depth, std::size_t size, Relatives relatives);
  [[nodiscard]] NodeIndex child(NodeIndex node, Choice choice) const {
    return node == kSafe ? kSafe : nodes_[node].child[choice];
  }
  List drop_covered(List list, std::span<Agreement> space);
  [[nodiscard]] bool is_safe(List list, std::size_t depth) const;
  [[nodiscard]] bool is_below(List list) const;
  [[nodiscard]] std::uint64_t bit_of(std::size_t depth) const {
    return std::uint64_t{1} << (columns_.size() - 1 - depth);
  }

  Count k_;
  std::size_t max_size_;
  std::vector<std::vector<Code>> columns_;  ///< per depth: leaf code of every tuple
  std::vector<Code> values_;                ///< per depth: of the tuple that root_ is about
  std::vector<Agreement> root_;             ///< per tuple
  AgreementSort sort_;
  std::vector<Agreement> root_list_;
  std::vector<std::uint64_t> covers_;
  std::size_t block_depth_;
  AgreementBlock block_;
  std::vector<Depth> depths_;
  std::vector<Node> nodes_;
  std::vector<std::uint64_t> bits_;     ///< below k, block after block
  std::vector<std::uint64_t> minimal_;  ///< of one block
  std::vector<std::vector<std::uint64_t>> binomial_;
  SizeCounts counts_;
};

/// binomial[n][m] for n, m <= largest; wraps around where 64 bits do not hold it.
std::vector<std::vector<std::uint64_t>> pascal_triangle(std::size_t largest);

}  // namespace throng
