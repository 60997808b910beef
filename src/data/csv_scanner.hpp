// The CSV scanner: cuts text into the fields of one record after the other, without copying and without
// messages. Everything that reads CSV in throng goes through it, so there is one grammar.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "csv_defect.hpp"

namespace throng {

/// A field as it stands in the text, without its outer quotes.
struct CsvField {
  const char* begin = nullptr;
  std::uint32_t size = 0;
  bool is_quoted = false;
  bool has_doubled_quotes = false;  ///< its value is not its text: see unquote()

  [[nodiscard]] std::string_view text() const { return {begin, size}; }
};

/// The value of a quoted field's text: doubled quotes become one.
std::string unquote(std::string_view text);

class CsvScanner {
 public:
  enum class Outcome { kRecord, kEnd, kDefect };

  /// `text` must outlive the scanner and hold no NUL.
  CsvScanner(std::string_view text, char delimiter);

  /// Appends the fields of the next record to `fields`. After kDefect the scanner is of no further use.
  Outcome next(std::vector<CsvField>& fields);

  /// What was wrong, after kDefect.
  [[nodiscard]] const CsvDefect& defect() const { return defect_; }
  /// Offset at which the next record begins.
  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  void load(std::size_t block);
  void skip_to(std::size_t offset);
  std::size_t next_structural();
  bool scan_quoted(std::size_t open);
  bool append(std::vector<CsvField>& fields, std::size_t begin, std::size_t end);
  bool refuse(CsvDefect::Kind kind, std::size_t offset);

  std::string_view text_;
  char delimiter_;
  std::size_t position_ = 0;  ///< where the next record begins
  std::size_t block_ = 0;     ///< offset of the block mask_ is about
  std::uint64_t mask_ = 0;    ///< structural bytes of the block not yet seen
  CsvField quoted_;           ///< a quoted field that was scanned and not yet appended
  CsvDefect defect_;
};

}  // namespace throng
