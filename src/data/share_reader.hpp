// Encodes the records of one rank's share, thread by thread, into distinct tuples of codes.
#pragma once

#include <string_view>
#include <vector>

#include "code_tuples.hpp"
#include "csv_pieces.hpp"
#include "csv_text.hpp"

namespace throng {

/// What one thread has read: its dictionaries and, in their codes, its tuples.
struct ShareWorker {
  explicit ShareWorker(std::size_t num_columns)
      : dictionaries(num_columns), first_records(num_columns), tuples(num_columns) {}

  std::vector<ValueDictionary> dictionaries;
  std::vector<std::vector<Count>> first_records;  ///< per column and code, counted from the share's beginning
  CodeTuples tuples;
};

class ShareReader {
 public:
  /// `columns`: indices in the file of those that are encoded.
  ShareReader(const CsvText& text, std::vector<std::size_t> columns, int num_threads);

  /// Reads `records`, a part of the text; false when they have a defect. The text must outlive the reader.
  bool read(std::string_view records, int num_threads);

  [[nodiscard]] Count num_rows() const { return num_rows_; }
  [[nodiscard]] std::vector<ShareWorker>& workers() { return workers_; }

 private:
  struct Block {
    std::vector<CsvField> fields;
    std::vector<Code> codes;  ///< column by column
    std::vector<std::size_t> num_codes;
  };

  bool read_piece(std::string_view records, const CsvPiece& piece, std::size_t worker);
  void encode(ShareWorker& worker, Block& block, Count first_row, std::size_t num_rows) const;

  const CsvText& text_;
  std::vector<std::size_t> columns_;
  std::vector<ShareWorker> workers_;
  std::vector<Block> blocks_;  ///< per worker
  Count num_rows_ = 0;
};

}  // namespace throng
