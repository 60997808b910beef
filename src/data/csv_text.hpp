// CSV text, taken apart as far as every reader of tables must.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "csv_scanner.hpp"
#include "throng/data/table.hpp"
#include "value_dictionary.hpp"

namespace throng {

inline constexpr std::size_t kCsvPieceBytes = std::size_t{1}
                                              << 18;  // a piece and its codes stay in the L2 cache
inline constexpr std::size_t kCsvBatchRows = 64;      // fields of a batch stay in the L1 cache

/// The text without its byte order mark, cut into header and records.
struct CsvText {
  std::string_view all;
  std::string_view records;
  std::string file;
  char delimiter = ',';
  std::vector<std::string> names;
};

/// Reads the header. Errors: data_error for defects of the header.
CsvText read_csv_header(std::string_view text, const InputSpec& input);

/// Errors: data_error when there is a header only.
void require_records(const CsvText& text);

/// Reads the text, which has a defect, in order up to the first one. Errors: data_error for it, always.
[[noreturn]] void refuse_csv(const CsvText& text);

/// The columns that are kept, still empty, and their indices in the file.
std::vector<std::size_t> keep_columns(const CsvText& text, const InputSpec& input,
                                      std::vector<Column>& columns);

/// The fields of the next num_rows records, one record after the other; false unless all have `width` fields.
bool scan_batch(CsvScanner& scanner, std::size_t num_rows, std::size_t width, std::vector<CsvField>& fields);

/// The codes of `column` in records of `width` fields go to codes[0], codes[1], ...
void encode_column(const std::vector<CsvField>& fields, std::size_t column, std::size_t width,
                   ValueDictionary& dictionary, Code* codes);

}  // namespace throng
