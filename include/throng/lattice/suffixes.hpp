// Suffix numbers: what is still undecided about a tuple, as one small integer.
//
// Put the quasi-identifiers in an order. The suffix of a tuple at depth i is its leaf codes of the QIs
// order[i..d-1]. At every depth the distinct suffixes are numbered in lexicographic order, so the kernel
// compares, merges and splits 32-bit numbers however many quasi-identifiers there are, and "drop the QI just
// decided" is one table look-up. Example: the tuples (a,x), (a,y), (b,x) have suffixes 0,1,2 at depth 0 and
// x=0, y=1 at depth 1; next = {0,1,0}. Cost: O(d n') to build by stable counting sorts, from the last QI to
// the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/distinct.hpp"

namespace throng {

/// Number of a distinct suffix at some depth.
using Suffix = std::uint32_t;

/// The suffixes at one depth.
struct SuffixDepth {
  std::size_t qi = 0;         ///< the QI decided at this depth
  std::vector<Suffix> first;  ///< suffixes that begin with leaf v are [first[v], first[v + 1])
  std::vector<Code> leaf;     ///< leaf of the QI, per suffix
  std::vector<Suffix> next;   ///< number of the rest at the next depth, per suffix; grows within one leaf

  [[nodiscard]] std::size_t size() const { return leaf.size(); }
  [[nodiscard]] std::size_t num_leaves() const { return first.size() - 1; }
  /// True for a QI of two values.
  [[nodiscard]] bool is_of_flag() const { return num_leaves() == 2; }
};

/// All depths, for one order of QIs. After the last there is one suffix, the empty one.
struct SuffixTable {
  std::vector<SuffixDepth> depths;  ///< one per QI of the order
  std::vector<Weight> records;      ///< per suffix at depth 0
  std::vector<Suffix> root;  ///< suffix at depth 0, per tuple: a permutation of 0..n'-1 when no QI is left
                             ///< out. Empty in a shortened table
};

/// `order` names QIs, none twice: tuples that agree on them have the same suffixes; `num_leaves[j]` is |D_j|.
SuffixTable make_suffix_table(const DistinctTuples& tuples, std::span<const Code> num_leaves,
                              std::span<const std::size_t> order);

/// The table of the first `num_depths` QIs of the order alone, without `root`: suffixes that agree on them
/// become one. Cost: O(suffixes of those depths), a sequential pass each.
SuffixTable shortened(const SuffixTable& table, std::size_t num_depths);

}  // namespace throng
