// The messages of CSV defects: what is wrong, where, and how to mend it.
#include "csv_defect.hpp"

#include <algorithm>

#include "throng/data/csv.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

using Kind = CsvDefect::Kind;
using namespace std::string_view_literals;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Text {
  const char* message;
  const char* hint;
};

Text text_of(Kind kind) {
  switch (kind) {
    case Kind::kSecondByteOrderMark:
      return {"a second byte order mark", "delete it; programs that join files leave such marks behind"};
    case Kind::kUtf16:
      return {"the text is UTF-16, not UTF-8", "save the file as UTF-8"};
    case Kind::kNul:
      return {"a NUL byte",
              "save the file as plain UTF-8 text; a NUL hints at UTF-16 or at a file that is not text"};
    case Kind::kNotUtf8:
      return {"a byte that is not UTF-8", "save the file as UTF-8; it may be Latin-1 or Windows-1252"};
    case Kind::kQuoteNeverClosed:
      return {"the quote that opens here is never closed",
              "add the closing quote, or double a quote that is meant"};
    case Kind::kTextAfterQuote:
      return {"text after a closing quote", "put the whole field in quotes and double the quotes inside it"};
    case Kind::kBareQuote:
      return {"a quote inside an unquoted field",
              "put the whole field in quotes and double the quotes inside it"};
    case Kind::kLoneCarriageReturn:
      return {"a carriage return without a line feed",
              "end lines with LF or CRLF, or put the field in quotes"};
    case Kind::kFieldTooLong:
      return {"the field that begins here is longer than 1 MiB",
              "shorten it, or look for a quote that is missing or too many"};
    case Kind::kNone:
      break;
  }
  return {"", ""};
}

}  // namespace

static_assert(CsvReader::kMaxFieldBytes == std::size_t{1} << 20, "the message above says 1 MiB");

Place place_at(std::string_view text, std::size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t feed = before.rfind('\n');
  const std::size_t line_begin = feed == std::string_view::npos ? 0 : feed + 1;
  return {file, 1 + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')),
          1 + before.size() - line_begin};
}

Error csv_error(std::string_view text, const std::string& file, const CsvDefect& defect) {
  const auto [message, hint] = text_of(defect.kind);
  return data_error(message, hint, place_at(text, defect.offset, file));
}

std::string_view skip_byte_order_mark(std::string_view text, const std::string& file) {
  if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv))
    throw csv_error(text, file, {Kind::kUtf16, 0});
  if (!text.starts_with(kByteOrderMark)) return text;
  text.remove_prefix(kByteOrderMark.size());
  if (text.starts_with(kByteOrderMark)) throw csv_error(text, file, {Kind::kSecondByteOrderMark, 0});
  return text;
}

void refuse_invalid_bytes(std::string_view text, const std::string& file) {
  const std::size_t offset = find_invalid_byte(text);
  if (offset == text.size()) return;
  throw csv_error(text, file, {text[offset] == '\0' ? Kind::kNul : Kind::kNotUtf8, offset});
}

}  // namespace throng
