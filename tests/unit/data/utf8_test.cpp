// UTF-8 as RFC 3629 has it, and text fit for messages.
#include "data/utf8.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace throng {
namespace {

using namespace std::string_literals;

/// `point` as the bytes of its shortest form, without any check.
std::string encode(std::uint32_t point) {
  const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
  if (point < 0x80) return {static_cast<char>(point)};
  if (point < 0x800) return {static_cast<char>(0xC0U | (point >> 6)), tail(0)};
  if (point < 0x10000) return {static_cast<char>(0xE0U | (point >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0U | (point >> 18)), tail(12), tail(6), tail(0)};
}

bool is_valid(const std::string& text) { return find_invalid_utf8(text) == text.size(); }

TEST(Utf8, AcceptsExactlyTheCodePointsOfUnicode) {
  for (std::uint32_t point = 0; point < 0x120000; ++point) {
    const bool is_surrogate = point >= 0xD800 && point < 0xE000;
    ASSERT_EQ(is_valid(encode(point)), point <= 0x10FFFF && !is_surrogate) << std::hex << point;
  }
}

/// Two-byte strings, all of them: valid are two ASCII bytes, or a leading byte from C2 on with its tail.
TEST(Utf8, JudgesEveryPairOfBytes) {
  for (unsigned first = 0; first < 256; ++first)
    for (unsigned second = 0; second < 256; ++second) {
      const bool is_pair = first >= 0xC2 && first < 0xE0 && second >= 0x80 && second < 0xC0;
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      ASSERT_EQ(is_valid(text), (first < 0x80 && second < 0x80) || is_pair) << first << ' ' << second;
    }
}

TEST(Utf8, RefusesOverlongForms) {
  EXPECT_FALSE(is_valid("\xC0\xAF"));
  EXPECT_FALSE(is_valid("\xC1\xBF"));
  EXPECT_FALSE(is_valid("\xE0\x80\xAF"));
  EXPECT_FALSE(is_valid("\xE0\x9F\xBF"));
  EXPECT_FALSE(is_valid("\xF0\x80\x80\xAF"));
  EXPECT_FALSE(is_valid("\xF0\x8F\xBF\xBF"));
  EXPECT_FALSE(is_valid("\xF8\x88\x80\x80\x80"));
}

TEST(Utf8, NamesTheFirstByteOfTheBrokenSequenceAtAnyOffset) {
  for (std::size_t before = 0; before < 100; ++before)
    for (const std::string& broken :
         {"\xFF"s, "\x80"s, "\xC3"s, "\xE2\x82"s, "\xE2\x82 "s, "\xF0\x9F\x98"s}) {
      const std::string ascii(before, 'x');
      ASSERT_EQ(find_invalid_utf8(ascii + broken + std::string(50, 'y')), before);
      ASSERT_EQ(find_invalid_utf8(ascii + broken), before);  // a sequence cut off by the end
      ASSERT_EQ(find_invalid_utf8("\xC3\xA9"s + ascii + broken), before + 2);
    }
}

TEST(Utf8, ATableHoldsNoNul) {
  EXPECT_EQ(find_invalid_byte("abc"), 3U);
  EXPECT_EQ(find_invalid_byte("a\0b\xFF"s), 1U);
  EXPECT_EQ(find_invalid_byte("a\xFFx\0"s), 1U);
  EXPECT_EQ(find_invalid_byte(""), 0U);
  EXPECT_EQ(find_invalid_utf8("a\0b"s), 3U);
}

TEST(Printable, ReplacesControlsAndBrokenBytes) {
  EXPECT_EQ(printable("Łódź"), "Łódź");
  EXPECT_EQ(printable("a\x1b[2J\nb\x7f"), "a?[2J?b?");
  EXPECT_EQ(printable("\xC2\x9B"
                      "31m"),
            "?31m");                             // the one-character escape of C1
  EXPECT_EQ(printable("\xC2\xA0"), "\xC2\xA0");  // no-break space is none
  EXPECT_EQ(printable("\xFF\xC3x"), "??x");
  EXPECT_EQ(printable("a\0b"s), "a?b");
}

TEST(Printable, CutsBetweenCharacters) {
  EXPECT_EQ(printable("abcdef", 6), "abcdef");
  EXPECT_EQ(printable("abcdefg", 6), "abcdef...");
  EXPECT_EQ(printable("ab\xE2\x82\xAC"
                      "c",
                      4),
            "ab...");
  EXPECT_EQ(printable(std::string(200, 'x')), std::string(80, 'x') + "...");
}

}  // namespace
}  // namespace throng
