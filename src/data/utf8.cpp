// UTF-8 by the table of RFC 3629, section 4, behind a fast path for ASCII.
#include "utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace throng {

namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080ULL;

/// Offset of the first byte above 0x7f at or after `begin`, in steps of 32 bytes where there is none.
std::size_t skip_ascii(std::string_view text, std::size_t begin) {
  while (text.size() - begin >= 4 * sizeof(std::uint64_t)) {
    std::uint64_t words[4];
    std::memcpy(words, text.data() + begin, sizeof words);
    if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) break;
    begin += sizeof words;
  }
  while (begin < text.size() && static_cast<unsigned char>(text[begin]) < 0x80) ++begin;
  return begin;
}

/// Bytes of the well-formed sequence that starts with the non-ASCII byte text[at], or 0.
std::size_t sequence_bytes(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto is_tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first >= 0xC2 && first <= 0xDF) return is_tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool is_shortest = first != 0xE0 || byte(1) >= 0xA0;
    const bool is_surrogate = first == 0xED && byte(1) >= 0xA0;
    return is_tail(1) && is_tail(2) && is_shortest && !is_surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool is_shortest = first != 0xF0 || byte(1) >= 0x90;
    const bool is_too_large = first == 0xF4 && byte(1) >= 0x90;
    return is_tail(1) && is_tail(2) && is_tail(3) && is_shortest && !is_too_large ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view text) {
  std::size_t at = 0;
  while ((at = skip_ascii(text, at)) < text.size()) {
    const std::size_t bytes = sequence_bytes(text, at);
    if (bytes == 0) return at;
    at += bytes;
  }
  return text.size();
}

std::size_t find_invalid_byte(std::string_view text) {
  return std::min({text.find('\0'), find_invalid_utf8(text), text.size()});
}

std::string printable(std::string_view text, std::size_t max_bytes) {
  const bool is_cut = text.size() > max_bytes;
  if (is_cut) {
    while (max_bytes > 0 && (static_cast<unsigned char>(text[max_bytes]) & 0xC0U) == 0x80U) --max_bytes;
    text = text.substr(0, max_bytes);
  }
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = first < 0x80 ? 1 : sequence_bytes(text, at);
    const bool is_control =
        first < 0x20 || first == 0x7F || (first == 0xC2 && bytes == 2 && text[at + 1] < '\xA0');
    if (bytes == 0 || is_control)
      result += '?';
    else
      result += text.substr(at, bytes);
    at += std::max<std::size_t>(bytes, 1);
  }
  return is_cut ? result + "..." : result;
}

}  // namespace throng
