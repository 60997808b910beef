// Packed tuples, each once: how codes lie in words, and the hash table that finds a tuple again.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "throng/core/hash.hpp"
#include "throng/data/distinct.hpp"

namespace throng {

/// Places codes of columns of num_leaves[j] leaves in words, first fit in order; a code never straddles two.
void lay_out(std::span<const Code> num_leaves, DistinctTuples& tuples);

/// The tuple with code(j) in column j, packed as `layout` lays it out, goes to `row`.
template <typename CodeOf>
void pack_tuple(const DistinctTuples& layout, const CodeOf& code, std::span<std::uint64_t> row) {
  std::ranges::fill(row, std::uint64_t{0});
  for (std::size_t j = 0; j < layout.num_qi(); ++j)
    row[layout.word[j]] |= std::uint64_t{code(j)} << layout.shift[j];
}

/// Of one packed tuple; the same for the same leaves, whoever packed them.
inline std::uint64_t hash_tuple(const std::uint64_t* row, std::size_t width) {
  std::uint64_t h = 0;
  for (std::size_t i = 0; i < width; ++i) h = mix(h ^ row[i]);
  return h;
}

/// The hash table: slots hold tuple numbers; it doubles when half full.
class TupleIndex {
 public:
  explicit TupleIndex(DistinctTuples& tuples) : tuples_(tuples), slots_(1024, kEmpty) {}

  /// Number of the tuple `row`, appended if it is new.
  std::uint32_t find_or_add(const std::uint64_t* row) {
    const std::size_t width = tuples_.words_per_tuple;
    std::size_t slot = hash(row) & (slots_.size() - 1);
    while (slots_[slot] != kEmpty) {
      if (is_equal(tuples_.words.data() + slots_[slot] * width, row)) return slots_[slot];
      slot = (slot + 1) & (slots_.size() - 1);
    }
    const auto tuple = static_cast<std::uint32_t>(tuples_.weights.size());
    slots_[slot] = tuple;
    tuples_.words.insert(tuples_.words.end(), row, row + width);
    tuples_.weights.push_back(0);
    if (2 * tuples_.weights.size() > slots_.size()) grow();
    return tuple;
  }

 private:
  static constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();

  [[nodiscard]] std::uint64_t hash(const std::uint64_t* row) const {
    return hash_tuple(row, tuples_.words_per_tuple);
  }

  [[nodiscard]] bool is_equal(const std::uint64_t* a, const std::uint64_t* b) const {
    for (std::size_t i = 0; i < tuples_.words_per_tuple; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }

  void grow() {
    slots_.assign(slots_.size() * 2, kEmpty);
    for (std::uint32_t tuple = 0; tuple < tuples_.weights.size(); ++tuple) {
      std::size_t slot = hash(tuples_.words.data() + tuple * tuples_.words_per_tuple) & (slots_.size() - 1);
      while (slots_[slot] != kEmpty) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = tuple;
    }
  }

  DistinctTuples& tuples_;
  std::vector<std::uint32_t> slots_;
};

}  // namespace throng
