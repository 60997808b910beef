// Distinct tuples: the records' quasi-identifier codes, each combination once with its multiplicity.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/table.hpp"

namespace throng {

/// n' distinct tuples of d leaf codes, packed to bits: QI j takes `bits[j]` bits of its tuple's words. A
/// tuple takes as many 64-bit words as it needs, so any number of quasi-identifiers works.
struct DistinctTuples {
  std::vector<unsigned> bits;   ///< bits per QI (0 for a single leaf)
  std::vector<unsigned> word;   ///< word that holds QI j (a code never straddles words)
  std::vector<unsigned> shift;  ///< its lowest bit there
  std::size_t words_per_tuple = 0;
  std::vector<std::uint64_t> words;            ///< n' x words_per_tuple
  std::vector<Weight> weights;                 ///< n': records with that tuple
  std::vector<std::uint32_t> tuple_of_record;  ///< n: index of each record's tuple; empty without a table
  Count records = 0;                           ///< n

  [[nodiscard]] std::size_t size() const { return weights.size(); }
  [[nodiscard]] std::size_t num_qi() const { return bits.size(); }
  [[nodiscard]] Count num_records() const { return records; }
  /// Leaf code of QI j of tuple t.
  [[nodiscard]] Code code(std::size_t t, std::size_t j) const {
    const std::uint64_t mask = (std::uint64_t{1} << bits[j]) - 1;
    return static_cast<Code>((words[t * words_per_tuple + word[j]] >> shift[j]) & mask);
  }
  /// Leaf codes of QI j of all tuples: n'. Faster than asking for one after the other.
  void read_codes(std::size_t j, std::vector<Code>& codes) const;
};

/// One quasi-identifier as the tuples see it.
struct LeafColumn {
  std::span<const Code> codes;         ///< dictionary code per record
  std::span<const Code> leaf_of_code;  ///< leaf per dictionary code
  Code num_leaves = 0;                 ///< |D_j|
};

/// Packs and deduplicates the records in one pass with a hash table: O(n d). Tuples are numbered in order of
/// first appearance; what is computed from them must not depend on that order. Errors: data_error above 2^32
/// - 1 records.
DistinctTuples make_distinct(std::span<const LeafColumn> columns, Count num_records, int num_threads);

}  // namespace throng
