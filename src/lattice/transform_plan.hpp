// What every worker of a lattice transform shares: the order of the axes, their levels, the blocks of nodes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "throng/lattice/problem.hpp"
#include "throng/lattice/suffixes.hpp"

namespace throng {

/// Axes are decided large domains first, binary ones last. The last `block_axes` of them, binary and with the
/// two levels {keep, *}, span a block; a block is a choice of a level on each axis before (its prefix).
/// Blocks are numbered with the first axis slowest.
struct TransformPlan {
  std::vector<std::size_t> order;          ///< QI decided at each depth
  std::vector<std::vector<Level>> levels;  ///< per depth: the levels visited, ascending
  SuffixTable suffixes;
  unsigned block_axes = 0;
  std::vector<std::uint16_t> pattern;  ///< leaves of the block's axes (first axis = highest bit), per suffix
  std::uint64_t num_blocks = 1;

  [[nodiscard]] std::size_t prefix_depths() const { return order.size() - block_axes; }
  [[nodiscard]] std::size_t block_size() const { return std::size_t{1} << block_axes; }
  /// Which of levels[i] block `block` has at depth i, for every prefix depth.
  [[nodiscard]] std::vector<std::uint8_t> prefix_of(std::uint64_t block) const;
};

/// The corners of the lattice: level 0 and `*` on every axis.
std::vector<std::vector<Level>> keep_or_star(const Lattice& lattice);

/// `levels[j]`: the levels of QI j to be visited, ascending. At most `max_block_axes` (<= 16) axes go into
/// the blocks. Errors: usage_error above 2^63 blocks.
TransformPlan make_transform_plan(const Problem& problem, std::span<const std::vector<Level>> levels,
                                  unsigned max_block_axes);

}  // namespace throng
