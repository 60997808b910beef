// CSV as RFC 4180 has it: strict, with the place of every defect; BOM, CRLF and quotes understood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/error.hpp"
#include "throng/data/table.hpp"

namespace throng {

/// Splits CSV text into records. Refuses UTF-16, NUL bytes, invalid UTF-8, a quote that is never closed, text
/// after a closing quote, a quote inside an unquoted field, a carriage return without a line feed and fields
/// above kMaxFieldBytes, each with its place. A UTF-8 byte order mark at the start is skipped, a second one
/// refused. Line ends: LF, CRLF. An empty line is a record of one empty field. How many fields a record has
/// is the caller's business: see require_width().
class CsvReader {
 public:
  static constexpr std::size_t kMaxFieldBytes = std::size_t{1} << 20;

  /// `text` must outlive the reader; `file` is used in messages.
  /// Errors: usage_error for a delimiter that cannot be one.
  CsvReader(std::string_view text, std::string file, char delimiter);
  ~CsvReader();
  CsvReader(CsvReader&&) noexcept;
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  CsvReader& operator=(CsvReader&&) = delete;

  /// Reads the next record into `fields` (views into the text or into the reader, valid until the next call).
  /// Returns false at the end of the text.
  bool next(std::vector<std::string_view>& fields);

  /// Line (from 1) on which the last record read began.
  [[nodiscard]] std::uint64_t line() const;
  /// Place of field `index` of the last record; of its end when it has no such field.
  [[nodiscard]] Place place(std::size_t index) const;
  /// Offset in the text, behind its byte order mark, of what has not been read yet.
  [[nodiscard]] std::size_t position() const;

  /// Errors: data_error when the last record has another number of fields than `width`, which `model` has
  /// ("the header").
  void require_width(std::size_t width, const std::string& model) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// The delimiter among , ; tab | that occurs most often outside quotes in the first line of `text`
/// (ties: in that order; a comma when none occurs).
char detect_delimiter(std::string_view text);

/// Appends `field` to `out`, quoted where RFC 4180 asks for it.
void append_csv_field(std::string& out, std::string_view field, char delimiter);

/// Appends `field` neutralized against formula injection (see neutralize()) and quoted where needed.
void append_safe_csv_field(std::string& out, std::string_view field, char delimiter);

/// A spreadsheet runs cells that start with = + - @ TAB CR: such a cell gets a leading apostrophe. A cell of
/// apostrophes followed by one of these gets one more, so different values stay different.
std::string neutralize(std::string_view field);

/// The text that neutralize() made `field` of; a text it never makes is returned as it is.
std::string restore_neutralized(std::string_view field);

/// Reads a CSV table; see read_table(). Errors: as there; a table has a header and at least one record.
Table read_csv_table(const InputSpec& input, int num_threads);
/// The same from text in memory; `input.path` is used in messages.
Table parse_csv_table(std::string_view text, const InputSpec& input, int num_threads);

}  // namespace throng
