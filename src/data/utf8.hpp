// Checks that text is UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace throng {

/// Offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: shortest form, no surrogates, at
/// most U+10FFFF), or text.size().
std::size_t find_invalid_utf8(std::string_view text);

/// Offset of the first byte that may not stand in a table: a NUL or one that is not UTF-8; text.size() when
/// none.
std::size_t find_invalid_byte(std::string_view text);

/// `text` fit for a message: control characters and bytes that are not UTF-8 become `?`, what is longer than
/// `max_bytes` is cut.
std::string printable(std::string_view text, std::size_t max_bytes = 80);

}  // namespace throng
