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
#include <optional>
#include <unordered_map>

#include "column_names.hpp"
#include "csv_defect.hpp"
#include "csv_pieces.hpp"
#include "csv_scanner.hpp"
#include "throng/core/check.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "utf8.hpp"
#include "value_dictionary.hpp"

namespace throng {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18;  // a piece and its codes stay in the L2 cache
constexpr std::size_t kBatchRows = 64;                     // the fields of a batch stay in the L1 cache
constexpr Count kMaxRows = std::numeric_limits<Weight>::max();

/// The text without its byte order mark, cut into header and records.
struct CsvText {
  std::string_view all;
  std::string_view records;
  std::string file;
  char delimiter = ',';
  std::vector<std::string> names;
};

Error empty_error(const std::string& file) {
  return data_error("the file is empty", "a table begins with a line of column names", {file, 0, 0});
}

void check_names(const CsvReader& reader, const std::vector<std::string>& names) {
  std::unordered_map<std::string_view, std::size_t> first;
  for (std::size_t c = 0; c < names.size(); ++c) {
    if (names[c].empty())
      throw data_error(
          names.size() == 1 ? "the first line is empty" : "column " + std::to_string(c + 1) + " has no name",
          "the first line must name the columns", reader.place(c));
    const auto [found, is_new] = first.try_emplace(names[c], c);
    if (!is_new)
      throw data_error("two columns are named `" + printable(names[c]) + "`, the first is column " +
                           std::to_string(found->second + 1),
                       "rename one of them", reader.place(c));
  }
}

CsvText read_header(std::string_view text, const InputSpec& input) {
  CsvText result;
  result.file = input.path;
  result.all = skip_byte_order_mark(text, input.path);
  result.delimiter = input.delimiter.value_or(detect_delimiter(result.all));
  // Only the lines of the header, since a reader checks all the text it is given.
  std::size_t end = 0;
  for (bool is_inside = false; end < result.all.size() && (is_inside || result.all[end] != '\n'); ++end)
    is_inside ^= result.all[end] == '"';
  const std::string_view header = result.all.substr(0, std::min(end + 1, result.all.size()));
  CsvReader reader(header, input.path, result.delimiter);
  std::vector<std::string_view> fields;
  if (!reader.next(fields)) throw empty_error(input.path);
  result.names.assign(fields.begin(), fields.end());
  check_names(reader, result.names);
  result.records = result.all.substr(header.size());
  if (result.records.empty())
    throw data_error("there are no records, only a header", "add the records", {input.path, 1, 0});
  return result;
}

/// Reads the text in order up to its first defect.
[[noreturn]] void refuse(const CsvText& text) {
  CsvReader reader(text.all, text.file, text.delimiter);
  std::vector<std::string_view> fields;
  while (reader.next(fields)) reader.require_width(text.names.size(), "the header");
  detail::check_failed("a piece was refused, the whole was not", __FILE__, __LINE__);
}

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
      const auto wanted = static_cast<std::size_t>(std::min<Count>(kBatchRows, piece.num_rows - row));
      if (!scan_batch(scanner, wanted, own.fields)) return false;
      for (std::size_t c = 0; c < kept_.size(); ++c)
        encode_column(own, c, codes_[c].data() + piece.first_row + row);
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

  bool scan_batch(CsvScanner& scanner, std::size_t num_rows, std::vector<CsvField>& fields) const {
    fields.clear();
    for (std::size_t row = 1; row <= num_rows; ++row) {
      if (scanner.next(fields) != CsvScanner::Outcome::kRecord) return false;
      if (fields.size() != row * text_.names.size()) return false;
    }
    return true;
  }

  void encode_column(Worker& worker, std::size_t c, Code* codes) const {
    ValueDictionary& dictionary = worker.dictionaries[c];
    for (std::size_t i = kept_[c]; i < worker.fields.size(); i += text_.names.size()) {
      const CsvField& field = worker.fields[i];
      *codes++ = field.has_doubled_quotes ? dictionary.encode_copy(unquote(field.text()))
                                          : dictionary.encode(field.text());
    }
  }

  const CsvText& text_;
  std::vector<std::size_t> kept_;
  std::vector<Worker> workers_;
  std::vector<std::vector<Code>> codes_;
};

/// The columns that are kept, still empty, and their indices in the file.
std::vector<std::size_t> keep_columns(const CsvText& text, const InputSpec& input, Table& table) {
  std::vector<std::size_t> kept;
  for (std::size_t c = 0; c < text.names.size(); ++c) {
    const Role role = input.role_of(text.names[c]);
    if (role == Role::kIdentifier) continue;
    kept.push_back(c);
    table.columns.push_back({text.names[c], role, {}, {}});
  }
  return kept;
}

}  // namespace

Table parse_csv_table(std::string_view text, const InputSpec& input, int num_threads) {
  const CsvText csv = read_header(text, input);
  require_described_columns(input, csv.names);
  const auto pieces = cut_records(csv.records, kPieceBytes, num_threads);
  if (!pieces) refuse(csv);
  Table table;
  table.source = input.path;
  table.num_rows = pieces->back().first_row + pieces->back().num_rows;
  if (table.num_rows > kMaxRows)
    throw data_error("the table has more than 2^32 - 1 records", "split the table", {input.path, 0, 0});
  PieceEncoder encoder(csv, keep_columns(csv, input, table), table.num_rows, num_threads);
  std::vector<int> worker_of_piece(pieces->size());
  std::atomic<bool> is_refused = false;
  parallel_for(num_threads, pieces->size(), [&](std::size_t i, int worker) {
    worker_of_piece[i] = worker;
    if (!is_refused && !encoder.encode((*pieces)[i], worker)) is_refused = true;
  });
  if (is_refused) refuse(csv);
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
