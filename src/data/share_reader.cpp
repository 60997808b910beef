// Reads pieces side by side; a worker meets pieces in ascending order, so a value's first record is the first
// seen.
#include "share_reader.hpp"

#include <algorithm>
#include <atomic>

#include "throng/core/parallel.hpp"

namespace throng {

ShareReader::ShareReader(const CsvText& text, std::vector<std::size_t> columns, int num_threads)
    : text_(text), columns_(std::move(columns)), blocks_(static_cast<std::size_t>(std::max(1, num_threads))) {
  for (Block& block : blocks_) {
    workers_.emplace_back(columns_.size());
    block.codes.resize(columns_.size() * kCsvBatchRows);
    block.num_codes.resize(columns_.size());
  }
}

bool ShareReader::read(std::string_view records, int num_threads) {
  const auto pieces = cut_records(records, kCsvPieceBytes, num_threads);
  if (!pieces) return false;
  for (const CsvPiece& piece : *pieces) num_rows_ += piece.num_rows;
  std::atomic<bool> is_refused = false;
  parallel_for(num_threads, pieces->size(), [&](std::size_t i, int worker) {
    if (!is_refused && !read_piece(records, (*pieces)[i], static_cast<std::size_t>(worker)))
      is_refused = true;
  });
  return !is_refused;
}

bool ShareReader::read_piece(std::string_view records, const CsvPiece& piece, std::size_t worker) {
  CsvScanner scanner(records.substr(piece.begin, piece.end - piece.begin), text_.delimiter);
  Block& block = blocks_[worker];
  for (Count row = 0; row < piece.num_rows;) {
    const auto wanted = static_cast<std::size_t>(std::min<Count>(kCsvBatchRows, piece.num_rows - row));
    if (!scan_batch(scanner, wanted, text_.names.size(), block.fields)) return false;
    encode(workers_[worker], block, piece.first_row + row, wanted);
    row += wanted;
  }
  block.fields.clear();
  return scanner.next(block.fields) == CsvScanner::Outcome::kEnd;
}

void ShareReader::encode(ShareWorker& worker, Block& block, Count first_row, std::size_t num_rows) const {
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    Code* codes = block.codes.data() + j * kCsvBatchRows;
    encode_column(block.fields, columns_[j], text_.names.size(), worker.dictionaries[j], codes);
    block.num_codes[j] = worker.dictionaries[j].values().size();
    std::vector<Count>& first = worker.first_records[j];
    for (std::size_t i = 0; first.size() < block.num_codes[j]; ++i)  // new codes come in ascending order
      if (codes[i] == first.size()) first.push_back(first_row + i);
  }
  worker.tuples.add(block.codes, kCsvBatchRows, num_rows, block.num_codes);
}

}  // namespace throng
