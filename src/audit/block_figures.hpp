// The figures of every combination: kept block by block as the walk finds them, then put in the order of the
// bit mask, a slice per rank.
//
// Invariant: a record is a block's number and its figures, so records of any rank, thread, shard or earlier
// leg are put together in any order. Cost: one pass over the figures; a rank holds what it found and its
// slice.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "risk_reduction.hpp"
#include "throng/audit/audit.hpp"
#include "throng/core/communicator.hpp"

namespace throng {

/// How a walk numbers the combinations: bit b of block * block_size() + u set = QI order[d - 1 - b] left out.
struct BlockOrder {
  std::vector<std::uint64_t> order;  ///< QI decided at each depth
  unsigned block_axes = 0;

  [[nodiscard]] std::size_t block_size() const { return std::size_t{1} << block_axes; }
  [[nodiscard]] std::uint64_t num_blocks() const { return std::uint64_t{1} << (order.size() - block_axes); }
  /// QIs that the whole of `block` keeps, beside those of tail().
  [[nodiscard]] Combination prefix_mask(std::uint64_t block) const;
  [[nodiscard]] TailShape tail() const;
};

/// Records of the blocks that the workers of one rank did.
class BlockFigures {
 public:
  BlockFigures(const BlockOrder& blocks, std::size_t num_thresholds, int num_workers);

  /// Workers may add at once.
  void add(std::uint64_t block, int worker, std::span<const RiskCounts> values);
  /// Hands out the records so far, in pieces of some megabytes.
  std::vector<std::string> take();

 private:
  std::size_t num_lanes_;
  std::size_t record_bytes_;
  std::vector<std::vector<std::string>> of_worker_;
};

/// Entries [first, first + size) of the arrays, to be filled.
class ArraySlice {
 public:
  /// That of `rank` among `num_ranks`.
  ArraySlice(const BlockOrder& blocks, std::size_t num_thresholds, int rank, int num_ranks);

  [[nodiscard]] bool holds(Combination qi) const { return qi - arrays_.first < arrays_.classes.size(); }
  /// `lanes`: classes, then records at risk per threshold.
  void set(Combination qi, const std::uint32_t* lanes) {
    arrays_.classes[qi - arrays_.first] = lanes[0];
    for (std::size_t t = 0; t < arrays_.at_risk.size(); ++t)
      arrays_.at_risk[t][qi - arrays_.first] = lanes[1 + t];
  }
  AuditArrays take() && { return std::move(arrays_); }

 private:
  AuditArrays arrays_;
};

/// *Collective.* Checks that every piece of `names` is there and whole. Errors: as PieceStore::open, on every
/// rank.
void check_pieces(const PieceStore& store, const std::vector<std::string>& names, Communicator& communicator);

/// *Collective.* This rank's slice of the arrays, from the records in memory of every rank and from the
/// pieces `names`, equal on every rank, in `store` (null without any).
/// Errors: data_error when these are not the records of every block once.
AuditArrays put_in_order(const BlockOrder& blocks, std::size_t num_thresholds,
                         std::vector<std::string> records, const std::vector<std::string>& names,
                         const PieceStore* store, Communicator& communicator);

}  // namespace throng
