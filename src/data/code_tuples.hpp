// Distinct tuples of codes while their dictionaries still grow.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "throng/data/distinct.hpp"
#include "tuple_index.hpp"

namespace throng {

/// Records go in by blocks and are kept once each, packed to the bits their codes take. Invariant: a column
/// has room for a power of two of codes; when a dictionary outgrows it, all tuples are packed anew, which
/// happens at most 32 times per column. Cost: O(d) per record, memory for the distinct tuples only.
class CodeTuples {
 public:
  explicit CodeTuples(std::size_t num_columns);

  /// Adds num_rows records: codes[j * stride + i] is column j's of record i, below num_codes[j].
  void add(std::span<const Code> codes, std::size_t stride, std::size_t num_rows,
           std::span<const std::size_t> num_codes);

  [[nodiscard]] const DistinctTuples& tuples() const { return *tuples_; }
  /// The tuples, which are gone from here.
  DistinctTuples take() { return std::move(*tuples_); }

 private:
  void make_room(std::span<const std::size_t> num_codes);

  std::vector<Code> room_;  ///< codes that fit, per column
  std::unique_ptr<DistinctTuples> tuples_;
  std::unique_ptr<TupleIndex> index_;
  std::vector<std::uint64_t> rows_;  ///< a packed block
};

}  // namespace throng
