// Scans by bit masks of structural bytes; only quoted fields are looked at byte by byte.
#include "csv_scanner.hpp"

#include <bit>
#include <cstring>

#include "csv_block.hpp"
#include "throng/data/csv.hpp"

namespace throng {

std::string unquote(std::string_view text) {
  std::string value;
  value.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    value += text[i];
    if (text[i] == '"') ++i;  // the second of a pair
  }
  return value;
}

CsvScanner::CsvScanner(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {
  load(0);
}

void CsvScanner::load(std::size_t block) {
  block_ = block;
  mask_ = 0;
  if (block >= text_.size()) return;
  if (text_.size() - block >= kBlockBytes) {
    mask_ = structural_mask(text_.data() + block, delimiter_);
    return;
  }
  char last[kBlockBytes] = {};
  std::memcpy(last, text_.data() + block, text_.size() - block);
  mask_ = structural_mask(last, delimiter_);
}

void CsvScanner::skip_to(std::size_t offset) {
  const std::size_t block = offset & ~(kBlockBytes - 1);
  load(block);
  mask_ &= ~std::uint64_t{0} << (offset - block);
}

/// Offset of the next structural byte, or the size of the text.
inline std::size_t CsvScanner::next_structural() {
  while (mask_ == 0) {
    if (block_ + kBlockBytes >= text_.size()) return text_.size();
    load(block_ + kBlockBytes);
  }
  const auto bit = static_cast<std::size_t>(std::countr_zero(mask_));
  mask_ &= mask_ - 1;
  return block_ + bit;
}

bool CsvScanner::refuse(CsvDefect::Kind kind, std::size_t offset) {
  defect_ = {kind, offset};
  return false;
}

/// Scans the field whose quote opens at `open`; afterwards the next structural byte is what ends it.
bool CsvScanner::scan_quoted(std::size_t open) {
  std::size_t close = text_.find('"', open + 1);
  while (close != std::string_view::npos && close + 1 < text_.size() && text_[close + 1] == '"') {
    quoted_.has_doubled_quotes = true;
    close = text_.find('"', close + 2);
  }
  if (close == std::string_view::npos) return refuse(CsvDefect::Kind::kQuoteNeverClosed, open);
  const std::size_t size = close - open - 1;
  if (size > CsvReader::kMaxFieldBytes) return refuse(CsvDefect::Kind::kFieldTooLong, open);
  quoted_.begin = text_.data() + open + 1;
  quoted_.size = static_cast<std::uint32_t>(size);
  quoted_.is_quoted = true;
  const std::size_t after = close + 1;
  const bool is_ended =
      after == text_.size() || text_[after] == delimiter_ || text_[after] == '\n' || text_[after] == '\r';
  if (!is_ended) return refuse(CsvDefect::Kind::kTextAfterQuote, after);
  skip_to(after);
  return true;
}

/// Appends the field [begin, end), or the quoted one that was scanned there.
inline bool CsvScanner::append(std::vector<CsvField>& fields, std::size_t begin, std::size_t end) {
  if (quoted_.is_quoted) {
    fields.push_back(quoted_);
    quoted_ = {};
    return true;
  }
  if (end - begin > CsvReader::kMaxFieldBytes) return refuse(CsvDefect::Kind::kFieldTooLong, begin);
  fields.push_back({text_.data() + begin, static_cast<std::uint32_t>(end - begin), false, false});
  return true;
}

CsvScanner::Outcome CsvScanner::next(std::vector<CsvField>& fields) {
  if (position_ >= text_.size()) return Outcome::kEnd;
  for (std::size_t begin = position_;;) {
    const std::size_t at = next_structural();
    const char byte = at < text_.size() ? text_[at] : '\n';  // the end of the text ends the record, too
    if (byte == '"') {
      if (at == begin ? scan_quoted(at) : refuse(CsvDefect::Kind::kBareQuote, at)) continue;
      return Outcome::kDefect;
    }
    const bool is_return = byte == '\r';
    if (is_return && (at + 1 >= text_.size() || text_[at + 1] != '\n')) {
      refuse(CsvDefect::Kind::kLoneCarriageReturn, at);
      return Outcome::kDefect;
    }
    if (!append(fields, begin, at)) return Outcome::kDefect;
    begin = at + 1;
    if (byte == delimiter_) continue;
    position_ = is_return ? next_structural() + 1 : begin;  // behind the LF of a CRLF
    return Outcome::kRecord;
  }
}

}  // namespace throng
