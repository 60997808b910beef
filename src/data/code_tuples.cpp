// Packs blocks of codes and finds them in the hash table.
#include "code_tuples.hpp"

#include <algorithm>

namespace throng {

CodeTuples::CodeTuples(std::size_t num_columns)
    : room_(num_columns, 2),
      tuples_(std::make_unique<DistinctTuples>()),
      index_(std::make_unique<TupleIndex>(*tuples_)) {
  lay_out(room_, *tuples_);
}

void CodeTuples::add(std::span<const Code> codes, std::size_t stride, std::size_t num_rows,
                     std::span<const std::size_t> num_codes) {
  make_room(num_codes);
  const std::size_t width = tuples_->words_per_tuple;
  rows_.assign(num_rows * width, 0);
  for (std::size_t j = 0; j < room_.size(); ++j) {
    const Code* code = codes.data() + j * stride;
    std::uint64_t* word = rows_.data() + tuples_->word[j];
    for (std::size_t i = 0; i < num_rows; ++i) word[i * width] |= std::uint64_t{code[i]} << tuples_->shift[j];
  }
  for (std::size_t i = 0; i < num_rows; ++i)
    ++tuples_->weights[index_->find_or_add(rows_.data() + i * width)];
  tuples_->records += num_rows;
}

void CodeTuples::make_room(std::span<const std::size_t> num_codes) {
  bool is_enough = true;
  for (std::size_t j = 0; j < room_.size(); ++j)
    while (room_[j] < num_codes[j]) {
      room_[j] = room_[j] > (Code{1} << 30) ? ~Code{0} : 2 * room_[j];
      is_enough = false;
    }
  if (is_enough) return;
  const std::unique_ptr<DistinctTuples> old = std::move(tuples_);
  tuples_ = std::make_unique<DistinctTuples>();
  lay_out(room_, *tuples_);
  index_ = std::make_unique<TupleIndex>(*tuples_);
  std::vector<std::uint64_t> row(tuples_->words_per_tuple);
  for (std::size_t t = 0; t < old->size(); ++t) {
    pack_tuple(
        *tuples_, [&](std::size_t j) { return old->code(t, j); }, row);
    tuples_->weights[index_->find_or_add(row.data())] = old->weights[t];
  }
  tuples_->records = old->records;
}

}  // namespace throng
