// The parallel, vectorized CSV path against the simplest parser there is, and against itself on 1 to 8
// threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/csv_block.hpp"
#include "data/csv_pieces.hpp"
#include "data/csv_scanner.hpp"
#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"
#include "throng/data/csv.hpp"

namespace throng {
namespace {

using ReadRecords = std::vector<std::vector<std::string>>;

/// The field that begins at text[at], one byte after the other; `at` is then behind it.
std::optional<std::string> take_field(const std::string& text, std::size_t& at, char delimiter) {
  std::string field;
  if (at == text.size() || text[at] != '"') {
    for (; at < text.size() && text[at] != delimiter && text[at] != '\n' && text[at] != '\r'; ++at) {
      if (text[at] == '"') return std::nullopt;
      field += text[at];
    }
    return field;
  }
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"' && text.compare(at, 2, "\"\"") != 0) {
      ++at;
      return field;
    }
    if (text[at] == '"') ++at;
    field += text[at];
  }
  return std::nullopt;
}

bool take_line_end(const std::string& text, std::size_t& at) {
  if (at == text.size()) return true;
  if (text[at] == '\r') ++at;
  return at < text.size() && text[at++] == '\n';
}

/// The records of `text`; nothing when it is not well-formed.
std::optional<ReadRecords> parse_slowly(const std::string& text, char delimiter) {
  ReadRecords records;
  for (std::size_t at = 0; at < text.size();) {
    records.emplace_back();
    while (true) {
      const auto field = take_field(text, at, delimiter);
      if (!field) return std::nullopt;
      records.back().push_back(*field);
      if (at == text.size() || text[at] != delimiter) break;
      ++at;
    }
    if (!take_line_end(text, at)) return std::nullopt;
  }
  return records;
}

std::optional<ReadRecords> read_or_refuse(const std::string& text, char delimiter) {
  CsvReader reader(text, "x.csv", delimiter);
  ReadRecords records;
  std::vector<std::string_view> fields;
  try {
    while (reader.next(fields)) records.emplace_back(fields.begin(), fields.end());
  } catch (const Error&) {
    return std::nullopt;
  }
  return records;
}

/// What the parallel reader does, at a size of pieces that small texts have several of.
std::optional<ReadRecords> read_in_pieces(const std::string& text, char delimiter, std::size_t piece_bytes) {
  const auto pieces = cut_records(text, piece_bytes, 2);
  if (!pieces) return std::nullopt;
  ReadRecords records;
  for (const CsvPiece& piece : *pieces) {
    EXPECT_EQ(piece.first_row, records.size());
    CsvScanner scanner(std::string_view(text).substr(piece.begin, piece.end - piece.begin), delimiter);
    for (std::vector<CsvField> fields;; fields.clear()) {
      const CsvScanner::Outcome outcome = scanner.next(fields);
      if (outcome == CsvScanner::Outcome::kDefect) return std::nullopt;
      if (outcome == CsvScanner::Outcome::kEnd) break;
      records.emplace_back();
      for (const CsvField& field : fields)
        records.back().push_back(field.has_doubled_quotes ? unquote(field.text())
                                                          : std::string(field.text()));
    }
    EXPECT_EQ(piece.first_row + piece.num_rows, records.size());
  }
  return records;
}

/// A short text over the bytes that matter.
std::string random_text(std::uint64_t seed) {
  constexpr std::string_view kBytes = "\"\"\"\n\n\n,,,\r;abcdefgh";
  std::string text;
  const std::size_t size = mix(seed) % 40;
  for (std::size_t i = 0; i < size; ++i) {
    const char byte = kBytes[mix(seed * 64 + i + 1) % kBytes.size()];
    text += byte;
    if (byte == '\r' && mix(seed * 64 + i + 1) % 8 != 0) text += '\n';
  }
  return text;
}

TEST(CsvDifferential, RandomTextsAreReadAsTheSlowParserReadsThem) {
  std::size_t num_accepted = 0;
  for (std::uint64_t seed = 0; seed < 60000; ++seed) {
    const std::string text = random_text(seed);
    const auto expected = parse_slowly(text, ',');
    if (expected) ++num_accepted;
    ASSERT_EQ(read_or_refuse(text, ','), expected) << testing::PrintToString(text);
  }
  EXPECT_GT(num_accepted, 5000U);  // neither outcome is rare
  EXPECT_LT(num_accepted, 55000U);
}

/// Counts of pieces are promised for well-formed text only; ill-formed text must be refused by some piece.
TEST(CsvDifferential, PiecesOfAnySizeAddUpToTheWhole) {
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    const std::string text = random_text(seed);
    const auto expected = parse_slowly(text, ',');
    if (!expected) continue;
    for (const std::size_t piece_bytes : std::vector<std::size_t>{1, 2, 5, 16})
      ASSERT_EQ(read_in_pieces(text, ',', piece_bytes), expected) << testing::PrintToString(text);
  }
}

TEST(CsvDifferential, IllFormedTextHasAnIllFormedPiece) {
  for (std::uint64_t seed = 0; seed < 20000; ++seed) {
    const std::string text = random_text(seed);
    if (parse_slowly(text, ',')) continue;
    const auto pieces = cut_records(text, 1, 1);
    ASSERT_TRUE(pieces.has_value());
    bool is_refused = false;
    for (const CsvPiece& piece : *pieces)
      is_refused |= !parse_slowly(text.substr(piece.begin, piece.end - piece.begin), ',').has_value();
    ASSERT_TRUE(is_refused) << testing::PrintToString(text);
  }
}

TEST(CsvDifferential, TheFastBlockMasksEqualThePortableOnes) {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    char block[kBlockBytes];
    for (std::size_t i = 0; i < kBlockBytes; ++i)
      block[i] = "\",\n\r;\xFF\x80 "[mix(seed * kBlockBytes + i) % 8];
    ASSERT_EQ(structural_mask(block, ';'), structural_mask_portable(block, ';'));
    ASSERT_EQ(equal_mask(block, '\xFF'), equal_mask_portable(block, '\xFF'));
  }
}

/// About `num_rows` records of three columns, many with quoted line ends, doubled quotes and delimiters.
std::string long_text(std::size_t num_rows) {
  std::string text = "id,note,city\n";
  for (std::size_t i = 0; i < num_rows; ++i) {
    text += std::to_string(i % 977) + ',';
    const std::uint64_t kind = mix(i) % 8;
    if (kind == 0) text += "\"two\nlines, and\r\na \"\"quote\"\"\n" + std::to_string(i % 13) + "\"";
    if (kind == 1) text += "\"" + std::string(mix(i) % 300, '\n') + "\"";
    if (kind > 1) text += "plain" + std::to_string(kind);
    text += kind == 2 ? ",\r\n" : ",\"Łódź\"\n";
  }
  return text;
}

void expect_table(const Table& table, const ReadRecords& records) {
  ASSERT_EQ(table.num_rows, records.size() - 1);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const Column& column = table.columns[c];
    EXPECT_TRUE(std::is_sorted(column.dictionary.begin(), column.dictionary.end()));
    for (std::size_t i = 0; i < table.num_rows; ++i)
      ASSERT_EQ(column.dictionary[column.codes[i]], records[i + 1][c]) << "record " << i;
  }
}

TEST(CsvDifferential, ALongTableIsTheSameOnAnyNumberOfThreads) {
  const std::string text = long_text(60000);
  ASSERT_GT(text.size(), 6U << 18);  // several pieces
  InputSpec input;
  input.path = "long.csv";
  const Table one = parse_csv_table(text, input, 1);
  expect_table(one, parse_slowly(text, ',').value());
  for (const int num_threads : {2, 3, 8}) {
    const Table other = parse_csv_table(text, input, num_threads);
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      EXPECT_EQ(other.columns[c].dictionary, one.columns[c].dictionary) << num_threads;
      EXPECT_TRUE(other.columns[c].codes == one.columns[c].codes) << num_threads;
    }
  }
}

TEST(CsvDifferential, TheFirstDefectOfALongTableIsNamedOnAnyNumberOfThreads) {
  std::string text = long_text(60000);
  const std::size_t later = text.size() - text.size() / 5;
  text.insert(text.find("plain", later), "\"");       // a defect in one of the last pieces
  text.insert(text.find("plain", 700000) + 5, "\"");  // and one before it
  InputSpec input;
  input.path = "long.csv";
  std::vector<std::string> messages;
  for (const int num_threads : {1, 2, 8}) {
    try {
      static_cast<void>(parse_csv_table(text, input, num_threads));
      FAIL() << "was accepted";
    } catch (const Error& error) {
      messages.emplace_back(error.what());
    }
  }
  EXPECT_NE(messages[0].find("a quote inside an unquoted field"), std::string::npos) << messages[0];
  EXPECT_EQ(messages[1], messages[0]);
  EXPECT_EQ(messages[2], messages[0]);
}

}  // namespace
}  // namespace throng
