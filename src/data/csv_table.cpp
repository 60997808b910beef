// Reads a CSV table: cuts the records into pieces, encodes the pieces side by side, merges the dictionaries.
//
// Idea: workers encode pieces with dictionaries of their own, codes in order of first appearance, straight
// into the table's columns; then the workers' dictionaries are merged, sorted bytewise, and every code is
// replaced. Invariant: the table depends on the text alone. A piece that breaks the grammar makes the whole
// text be read once more, in order, to name the first defect. Cost: O(bytes / threads) plus sorting the
// distinct values; beside the table, memory for the dictionaries only.
#include <algorithm>
#include <atomic>
#include <limits>

#include "column_names.hpp"
#include "csv_pieces.hpp"
#include "csv_text.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"

namespace throng {

namespace {

constexpr Count kMaxRows = std::numeric_limits<Weight>::max();

/// Encodes pieces of one text into one array of codes per kept column.
class PieceEncoder {
 public:
  PieceEncoder(const CsvText& text, std::vector<std::size_t> kept, Count num_rows, int num_threads)
      : text_(text), kept_(std::move(kept)), workers_(static_cast<std::size_t>(std::max(1, num_threads))) {
    for (Worker& worker : workers_) worker.dictionaries.resize(kept_.size());
    codes_.resize(kept_.size());
    parallel_for(num_threads, kept_.size(), [&](std::size_t c, int) { codes_[c].resize(num_rows); });
  }

  /// False when the piece is not num_rows records of the right width.
  bool encode(const CsvPiece& piece, int worker) {
    Worker& own = workers_[static_cast<std::size_t>(worker)];
    CsvScanner scanner(text_.records.substr(piece.begin, piece.end - piece.begin), text_.delimiter);
    for (Count row = 0; row < piece.num_rows;) {
      const auto wanted = static_cast<std::size_t>(std::min<Count>(kCsvBatchRows, piece.num_rows - row));
      if (!scan_batch(scanner, wanted, text_.names.size(), own.fields)) return false;
      for (std::size_t c = 0; c < kept_.size(); ++c)
        encode_column(own.fields, kept_[c], text_.names.size(), own.dictionaries[c],
                      codes_[c].data() + piece.first_row + row);
      row += wanted;
    }
    own.fields.clear();
    return scanner.next(own.fields) == CsvScanner::Outcome::kEnd;
  }

  /// Column c with its dictionaries merged; piece i was encoded by worker_of_piece[i].
  void finish(std::size_t c, const std::vector<CsvPiece>& pieces, const std::vector<int>& worker_of_piece,
              const std::vector<std::string>& missing, Column& column) {
    std::vector<const ValueDictionary*> parts;
    for (const Worker& worker : workers_) parts.push_back(&worker.dictionaries[c]);
    MergedDictionary merged = merge(parts, missing);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const std::vector<Code>& final_code = merged.merged[static_cast<std::size_t>(worker_of_piece[i])];
      Code* code = codes_[c].data() + pieces[i].first_row;
      for (Count row = 0; row < pieces[i].num_rows; ++row) code[row] = final_code[code[row]];
    }
    column.dictionary = std::move(merged.values);
    column.codes = std::move(codes_[c]);
  }

 private:
  struct Worker {
    std::vector<ValueDictionary> dictionaries;  ///< one per kept column
    std::vector<CsvField> fields;               ///< of a batch of records, one record after the other
  };

  const CsvText& text_;
  std::vector<std::size_t> kept_;
  std::vector<Worker> workers_;
  std::vector<std::vector<Code>> codes_;
};

}  // namespace

Table parse_csv_table(std::string_view text, const InputSpec& input, int num_threads) {
  const CsvText csv = read_csv_header(text, input);
  require_records(csv);
  require_described_columns(input, csv.names);
  const auto pieces = cut_records(csv.records, kCsvPieceBytes, num_threads);
  if (!pieces) refuse_csv(csv);
  Table table;
  table.source = input.path;
  table.num_rows = pieces->back().first_row + pieces->back().num_rows;
  if (table.num_rows > kMaxRows)
    throw data_error("the table has more than 2^32 - 1 records", "split the table", {input.path, 0, 0});
  PieceEncoder encoder(csv, keep_columns(csv, input, table.columns), table.num_rows, num_threads);
  std::vector<int> worker_of_piece(pieces->size());
  std::atomic<bool> is_refused = false;
  parallel_for(num_threads, pieces->size(), [&](std::size_t i, int worker) {
    worker_of_piece[i] = worker;
    if (!is_refused && !encoder.encode((*pieces)[i], worker)) is_refused = true;
  });
  if (is_refused) refuse_csv(csv);
  parallel_for(num_threads, table.columns.size(), [&](std::size_t c, int) {
    encoder.finish(c, *pieces, worker_of_piece, input.missing, table.columns[c]);
  });
  return table;
}

Table read_csv_table(const InputSpec& input, int num_threads) {
  const MappedFile file(input.path);
  return parse_csv_table(file.bytes(), input, num_threads);
}

}  // namespace throng
