// Fuzz target: all ways to read CSV agree. The record reader, the table reader on one and two threads and the
// scanner on small pieces accept the same texts and give the same cells, and what is written reads back.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv_defect.hpp"
#include "data/csv_pieces.hpp"
#include "data/csv_scanner.hpp"
#include "throng/core/error.hpp"
#include "throng/data/csv.hpp"

namespace {

using Records = std::vector<std::vector<std::string>>;

void require(bool is_true) {
  if (!is_true) std::abort();
}

/// Header and records; nothing when the text is refused.
std::optional<Records> read_records(std::string_view text) {
  Records records;
  try {
    const char delimiter = throng::detect_delimiter(throng::skip_byte_order_mark(text, "x.csv"));
    throng::CsvReader reader(text, "x.csv", delimiter);
    std::vector<std::string_view> fields;
    while (reader.next(fields)) {
      records.emplace_back(fields.begin(), fields.end());
      reader.require_width(records[0].size(), "the header");
    }
  } catch (const throng::Error&) {
    return std::nullopt;
  }
  return records;
}

bool is_table(const Records& records) {
  if (records.size() < 2) return false;
  const std::set<std::string> names(records[0].begin(), records[0].end());
  return names.size() == records[0].size() && !names.contains("");
}

std::optional<Records> read_table(std::string_view text, int num_threads) {
  throng::InputSpec input;
  input.path = "x.csv";
  throng::Table table;
  try {
    table = throng::parse_csv_table(text, input, num_threads);
  } catch (const throng::Error&) {
    return std::nullopt;
  }
  Records records(table.num_rows + 1);
  for (const throng::Column& column : table.columns) {
    require(std::is_sorted(column.dictionary.begin(), column.dictionary.end()));
    require(column.codes.size() == table.num_rows);
    records[0].push_back(column.name);
    for (std::size_t i = 0; i < table.num_rows; ++i)
      records[i + 1].push_back(column.dictionary.at(column.codes[i]));
  }
  return records;
}

/// Well-formed text cut into pieces of about `piece_bytes`.
Records read_pieces(std::string_view text, std::size_t piece_bytes) {
  const char delimiter = throng::detect_delimiter(text);
  const auto pieces = throng::cut_records(text, piece_bytes, 1);
  require(pieces.has_value());
  Records records;
  for (const throng::CsvPiece& piece : *pieces) {
    throng::CsvScanner scanner(text.substr(piece.begin, piece.end - piece.begin), delimiter);
    std::vector<throng::CsvField> fields;
    require(piece.first_row == records.size());
    for (; scanner.next(fields) == throng::CsvScanner::Outcome::kRecord; fields.clear()) {
      records.emplace_back();
      for (const throng::CsvField& field : fields)
        records.back().push_back(field.has_doubled_quotes ? throng::unquote(field.text())
                                                          : std::string(field.text()));
    }
    require(piece.first_row + piece.num_rows == records.size());
  }
  return records;
}

std::string written(const Records& records, char delimiter) {
  std::string text;
  for (const auto& record : records)
    for (std::size_t c = 0; c < record.size(); ++c) {
      throng::append_csv_field(text, record[c], delimiter);
      text += c + 1 == record.size() ? '\n' : delimiter;
    }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::optional<Records> records = read_records(text);
  const std::optional<Records> table = read_table(text, 1);
  require(read_table(text, 2) == table);
  require(table.has_value() == (records.has_value() && is_table(*records)));
  if (!records) return 0;
  require(!table || table == records);
  const std::string_view body = throng::skip_byte_order_mark(text, "x.csv");
  for (const std::size_t piece_bytes : {std::size_t{1}, std::size_t{16}, std::size_t{100}})
    require(read_pieces(body, piece_bytes) == *records);
  for (const char delimiter : {',', ';'}) {
    const std::string again = written(*records, delimiter);
    throng::CsvReader reader(again, "again.csv", delimiter);
    std::vector<std::string_view> fields;
    for (const auto& record : *records) {
      require(reader.next(fields));
      require(std::equal(fields.begin(), fields.end(), record.begin(), record.end()));
    }
    require(!reader.next(fields));
  }
  return 0;
}
