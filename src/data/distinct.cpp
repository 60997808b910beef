// Packs records to words and deduplicates them with one open-addressing hash table.
#include "throng/data/distinct.hpp"

#include <bit>
#include <limits>

#include "throng/core/error.hpp"
#include "throng/core/parallel.hpp"
#include "tuple_index.hpp"

namespace throng {

namespace {

constexpr unsigned kWordBits = 64;
constexpr std::size_t kChunk = 1 << 15;
constexpr Count kMaxRecords = std::numeric_limits<Weight>::max();

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

}  // namespace

void lay_out(std::span<const Code> num_leaves, DistinctTuples& tuples) {
  unsigned used = kWordBits;
  for (const Code leaves : num_leaves) {
    const auto bits = static_cast<unsigned>(std::bit_width(leaves - 1));
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

DistinctTuples make_distinct(std::span<const LeafColumn> columns, Count num_records, int num_threads) {
  if (num_records > kMaxRecords) {
    throw data_error("the table has " + std::to_string(num_records) + " records",
                     "at most 2^32 - 1 are supported: split the table");
  }
  DistinctTuples tuples;
  std::vector<Code> num_leaves;
  for (const LeafColumn& column : columns) num_leaves.push_back(column.num_leaves);
  lay_out(num_leaves, tuples);
  const std::vector<std::uint64_t> rows = pack(columns, num_records, tuples, num_threads);
  tuples.tuple_of_record.resize(num_records);
  tuples.records = num_records;
  TupleIndex index(tuples);
  for (Count i = 0; i < num_records; ++i) {
    const std::uint32_t tuple = index.find_or_add(rows.data() + i * tuples.words_per_tuple);
    tuples.tuple_of_record[i] = tuple;
    ++tuples.weights[tuple];
  }
  return tuples;
}

void DistinctTuples::read_codes(std::size_t j, std::vector<Code>& codes) const {
  codes.resize(size());
  const std::uint64_t mask = (std::uint64_t{1} << bits[j]) - 1;
  const unsigned lowest = shift[j];
  for (std::size_t t = 0; t < codes.size(); ++t)
    codes[t] = static_cast<Code>(words[t * words_per_tuple + word[j]] >> lowest & mask);
}

}  // namespace throng
