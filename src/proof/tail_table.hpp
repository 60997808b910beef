// The distinct tuples as the tail sees them: in the order of their tails, every suffix of a tail numbered.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "throng/lattice/problem.hpp"

namespace throng {

/// The leaves of the tail's QIs from one depth on.
struct TailSuffix {
  std::uint32_t rest = 0;  ///< number, at the next depth, of what follows the first leaf
  Code next_leaf = 0;      ///< first leaf of that
};

struct TailTable {
  /// Cost: a sort of the tuples per QI of the tail.
  TailTable(const Problem& problem, std::span<const std::size_t> branched, std::span<const std::size_t> tail);

  std::vector<std::vector<TailSuffix>> suffixes;  ///< per depth of the tail, in the order of their leaves
  std::vector<Code> first_leaf;                   ///< of the suffixes at depth 0
  std::vector<std::uint32_t> suffix_of_tuple;     ///< at depth 0, ascending
  std::vector<Weight> weights;                    ///< records per tuple, in that order, like the leaves
  std::vector<std::vector<Code>> leaves;          ///< per branched QI and tuple
};

}  // namespace throng
