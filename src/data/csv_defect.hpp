// What can be wrong with CSV text, and the message for it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "throng/core/error.hpp"

namespace throng {

struct CsvDefect {
  enum class Kind {
    kNone,
    kSecondByteOrderMark,
    kUtf16,
    kNul,
    kNotUtf8,
    kQuoteNeverClosed,
    kTextAfterQuote,
    kBareQuote,
    kLoneCarriageReturn,
    kFieldTooLong,
  };
  Kind kind = Kind::kNone;
  std::size_t offset = 0;  ///< byte of the text, from 0
};

/// Line and column of byte `offset` of `text`; O(offset).
Place place_at(std::string_view text, std::size_t offset, const std::string& file);

/// The Error for a defect of `text`.
Error csv_error(std::string_view text, const std::string& file, const CsvDefect& defect);

/// The text without a UTF-8 byte order mark. Errors: data_error for a second one, and for UTF-16.
std::string_view skip_byte_order_mark(std::string_view text, const std::string& file);

/// Errors: data_error for the first NUL or byte that is not UTF-8.
void refuse_invalid_bytes(std::string_view text, const std::string& file);

}  // namespace throng
