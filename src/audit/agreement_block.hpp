// The last quasi-identifiers of one record, all combinations of them at once: who agrees on at least these?
//
// Idea: lane x of a block holds the weight of the records that agree with the one looked at on exactly the
// set x of QIs; adding, axis by axis, the half that has the bit to the half that has not gives the weight of
// those that agree on at least x (the zeta transform over supersets): the size of the record's class at x.
// Invariant: sums saturate at the largest value of a lane, which is at least k, so "below k" stays exact.
// Cost: R 2^R / lanes operations on 64-bit words that hold 8, 4 or 2 lanes; no vector instruction is named,
// and compilers find them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agreement_list.hpp"
#include "throng/core/types.hpp"

namespace throng {

/// Bit x = the combination x of a block's QIs, in words of 64.
using BlockBits = std::span<std::uint64_t>;

class AgreementBlock {
 public:
  /// 2^num_axes combinations; k < 2^31. Errors: none.
  AgreementBlock(unsigned num_axes, Count k);

  [[nodiscard]] unsigned num_axes() const { return num_axes_; }
  [[nodiscard]] std::size_t num_words() const {
    return num_axes_ > 6 ? std::size_t{1} << (num_axes_ - 6) : 1;
  }

  /// Sets bit x of `below` where fewer than k records agree on at least x, among the agreements of `items`
  /// on the block's QIs (their lowest bits).
  void find_below(std::span<const Agreement> items, BlockBits below);

  /// Clears in `sets` (an up-set) what is not minimal.
  void keep_minimal(std::span<const std::uint64_t> up_set, BlockBits sets) const;

  /// counts[first + s] += number of bits of size s, as far as `counts` reaches.
  void count_by_size(std::span<const std::uint64_t> sets, std::size_t first,
                     std::span<std::uint64_t> counts) const;

 private:
  template <unsigned lane_bits>
  void sum_and_compare(std::span<const Agreement> items, BlockBits below);

  unsigned num_axes_;
  std::uint64_t k_;
  std::vector<std::uint64_t> lanes_;
};

}  // namespace throng
