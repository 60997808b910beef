// Packs records to words and deduplicates them with one open-addressing hash table.
#include "throng/data/distinct.hpp"

#include <bit>
#include <limits>

#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

namespace {

constexpr unsigned kWordBits = 64;
constexpr std::size_t kChunk = 1 << 15;
constexpr std::uint32_t kEmpty = std::numeric_limits<std::uint32_t>::max();

/// Places the codes in words, first fit in order; a code never straddles two words.
void lay_out(std::span<const LeafColumn> columns, DistinctTuples& tuples) {
  unsigned used = kWordBits;
  for (const LeafColumn& column : columns) {
    const auto bits = static_cast<unsigned>(std::bit_width(column.num_leaves - 1));
    if (tuples.words_per_tuple == 0 ||
        used + bits > kWordBits) {  // a first column of one value takes no bits
      ++tuples.words_per_tuple;
      used = 0;
    }
    tuples.bits.push_back(bits);
    tuples.word.push_back(static_cast<unsigned>(tuples.words_per_tuple - 1));
    tuples.shift.push_back(used == kWordBits ? 0 : used);
    used += bits;
  }
}

/// n x words_per_tuple packed words, one row per record.
std::vector<std::uint64_t> pack(std::span<const LeafColumn> columns, Count n, const DistinctTuples& layout,
                                int num_threads) {
  const std::size_t width = layout.words_per_tuple;
  std::vector<std::uint64_t> rows(n * width);
  parallel_chunks(num_threads, n, kChunk, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const LeafColumn& column = columns[j];
      std::uint64_t* out = rows.data() + layout.word[j];
      for (std::size_t i = begin; i < end; ++i) {
        out[i * width] |= std::uint64_t{column.leaf_of_code[column.codes[i]]} << layout.shift[j];
      }
    }
  });
  return rows;
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
  [[nodiscard]] std::uint64_t hash(const std::uint64_t* row) const {
    std::uint64_t h = 0;
    for (std::size_t i = 0; i < tuples_.words_per_tuple; ++i) h = mix(h ^ row[i]);
    return h;
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

}  // namespace

DistinctTuples make_distinct(std::span<const LeafColumn> columns, Count num_records, int num_threads) {
  if (num_records > kEmpty) {
    throw data_error("the table has " + std::to_string(num_records) + " records",
                     "at most 2^32 - 1 are supported: split the table");
  }
  DistinctTuples tuples;
  lay_out(columns, tuples);
  const std::vector<std::uint64_t> rows = pack(columns, num_records, tuples, num_threads);
  tuples.tuple_of_record.resize(num_records);
  TupleIndex index(tuples);
  for (Count i = 0; i < num_records; ++i) {
    const std::uint32_t tuple = index.find_or_add(rows.data() + i * tuples.words_per_tuple);
    tuples.tuple_of_record[i] = tuple;
    ++tuples.weights[tuple];
  }
  return tuples;
}

}  // namespace throng
