// What the CSV reader understands: RFC 4180, byte order marks, line ends, places and delimiters.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "throng/core/error.hpp"
#include "throng/data/csv.hpp"

namespace throng {
namespace {

using ReadRecords = std::vector<std::vector<std::string>>;

ReadRecords read_records(std::string_view text, char delimiter = ',') {
  CsvReader reader(text, "x.csv", delimiter);
  ReadRecords records;
  std::vector<std::string_view> fields;
  while (reader.next(fields)) records.emplace_back(fields.begin(), fields.end());
  return records;
}

/// The message with which `text` is refused; "" when it is accepted.
std::string refusal(std::string_view text) {
  try {
    static_cast<void>(read_records(text));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData);
    return error.what();
  }
  return "";
}

TEST(CsvReader, SplitsFieldsAndRecords) {
  EXPECT_EQ(read_records("a,b\n1,2\n"), (ReadRecords{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read_records("a,b\n1,2"), (ReadRecords{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read_records(",,\n"), (ReadRecords{{"", "", ""}}));
  EXPECT_EQ(read_records("a,"), (ReadRecords{{"a", ""}}));
  EXPECT_EQ(read_records("a;b,c\n", ';'), (ReadRecords{{"a", "b,c"}}));
  EXPECT_EQ(read_records(" a , b \n"),
            (ReadRecords{{" a ", " b "}}));  // RFC 4180: spaces are part of a field
}

TEST(CsvReader, AnEmptyTextHasNoRecordsAnEmptyLineIsOne) {
  EXPECT_EQ(read_records(""), ReadRecords{});
  EXPECT_EQ(read_records("\n"), (ReadRecords{{""}}));
  EXPECT_EQ(read_records("a\n\nb\n"), (ReadRecords{{"a"}, {""}, {"b"}}));
  EXPECT_EQ(read_records("\"\""), (ReadRecords{{""}}));
}

TEST(CsvReader, UnderstandsBothLineEndsEvenMixed) {
  EXPECT_EQ(read_records("a,b\r\n1,2\n3,4\r\n"), (ReadRecords{{"a", "b"}, {"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(read_records("\r\n\r\n"), (ReadRecords{{""}, {""}}));
  EXPECT_EQ(read_records("\"a\"\r\n"), (ReadRecords{{"a"}}));
}

TEST(CsvReader, UnquotesFields) {
  EXPECT_EQ(read_records("\"a,b\",c\n"), (ReadRecords{{"a,b", "c"}}));
  EXPECT_EQ(read_records("\"say \"\"yes\"\"\"\n"), (ReadRecords{{"say \"yes\""}}));
  EXPECT_EQ(read_records("\"\"\"\"\n"), (ReadRecords{{"\""}}));
  EXPECT_EQ(read_records("\"\"\"\"\"\",\"\"\n"), (ReadRecords{{"\"\"", ""}}));
  EXPECT_EQ(read_records("\"one\ntwo\r\nthree\rfour\",x\n"), (ReadRecords{{"one\ntwo\r\nthree\rfour", "x"}}));
}

TEST(CsvReader, ViewsOfOneRecordLiveSideBySide) {
  std::string text;
  ReadRecords expected(1);
  for (int i = 0; i < 100; ++i) {
    text += (i == 0 ? "\"a\"\"" : ",\"a\"\"") + std::to_string(i) + '"';
    expected[0].push_back("a\"" + std::to_string(i));
  }
  EXPECT_EQ(read_records(text), expected);
}

TEST(CsvReader, SkipsOneByteOrderMark) {
  EXPECT_EQ(read_records("\xEF\xBB\xBF"
                         "a,b\n"),
            (ReadRecords{{"a", "b"}}));
  EXPECT_EQ(read_records("\xEF\xBB\xBF"), ReadRecords{});
  // Inside the text it is a character like any other.
  EXPECT_EQ(read_records("a\n\xEF\xBB\xBF"
                         "b\n"),
            (ReadRecords{{"a"},
                         {"\xEF\xBB\xBF"
                          "b"}}));
}

/// Structural bytes at every offset of the 64-byte blocks that the scanner works in.
TEST(CsvReader, DoesNotDependOnWhereBlocksEnd) {
  for (std::size_t pad = 0; pad <= 130; ++pad) {
    const std::string filler(pad, 'x');
    const ReadRecords expected = {{filler, "a\"b\n" + filler}, {"", filler}};
    EXPECT_EQ(read_records(filler + ",\"a\"\"b\n" + filler + "\"\r\n," + filler), expected) << pad;
  }
}

TEST(CsvReader, FieldsUpToOneMebibyteAreRead) {
  const std::string longest(CsvReader::kMaxFieldBytes, 'x');
  EXPECT_EQ(read_records(longest + ",b"), (ReadRecords{{longest, "b"}}));
  EXPECT_EQ(read_records('"' + longest + "\",b"), (ReadRecords{{longest, "b"}}));
  EXPECT_NE(refusal("a\nb," + longest + "x\n").find("x.csv:2:3: "), std::string::npos);
  EXPECT_NE(refusal("a\nb,\"" + longest + "x\"\n").find("x.csv:2:3: "), std::string::npos);
}

TEST(CsvReader, RefusesWithTheFirstDefectInItsPlace) {
  EXPECT_EQ(refusal("a\n\"b\"x\n\"c").find("x.csv:2:4: text after a closing quote; "), 0U);
  EXPECT_EQ(refusal("\"a\nb\",c\"d\n").find("x.csv:2:5: a quote inside an unquoted field; "), 0U);
  EXPECT_EQ(refusal("a,b\r").find("x.csv:1:4: a carriage return without a line feed; "), 0U);
  EXPECT_EQ(refusal("a,\"b\rc\n").find("x.csv:1:3: the quote that opens here is never closed; "), 0U);
}

TEST(CsvReader, KnowsLineAndPlaceOfItsRecord) {
  CsvReader reader("a,\"b\nc\"\n\nd,eé,f\n", "x.csv", ',');
  std::vector<std::string_view> fields;
  ASSERT_TRUE(reader.next(fields));
  EXPECT_EQ(reader.line(), 1U);
  EXPECT_EQ(to_string(reader.place(1)), "x.csv:1:3");
  EXPECT_EQ(to_string(reader.place(2)), "x.csv:2:3");  // no such field: where the record ends
  EXPECT_EQ(reader.position(), 8U);
  ASSERT_TRUE(reader.next(fields));
  EXPECT_EQ(reader.line(), 3U);
  ASSERT_TRUE(reader.next(fields));
  EXPECT_EQ(reader.line(), 4U);
  EXPECT_EQ(to_string(reader.place(2)), "x.csv:4:7");  // columns count bytes
  EXPECT_FALSE(reader.next(fields));
  EXPECT_FALSE(reader.next(fields));
}

TEST(CsvReader, ColumnsDoNotCountTheByteOrderMark) {
  EXPECT_EQ(refusal("\xEF\xBB\xBF"
                    "a,b\"\n")
                .find("x.csv:1:4: "),
            0U);
}

TEST(CsvReader, TellsWhatARecordOfAnotherWidthLacks) {
  const auto message = [](std::string_view text, char delimiter) -> std::string {
    CsvReader reader(text, "x.csv", delimiter);
    std::vector<std::string_view> fields;
    static_cast<void>(reader.next(fields));
    try {
      reader.require_width(2, "the header");
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("a,b\n", ','), "");
  EXPECT_EQ(message("\"\",b\n", ','), "");
  EXPECT_EQ(message("a,b,c\n", ','),
            "x.csv:1:5: the record has 3 fields, the header has 2; delete the surplus, or quote a field that "
            "holds the delimiter");
  EXPECT_EQ(message("a\n", '\t'),
            "x.csv:1:2: the record has 1 field, the header has 2; add what is missing, or check that the "
            "delimiter is `\\t`");
  EXPECT_EQ(message("\na,b\n", ','),
            "x.csv:1:1: an empty line; delete it; a record of missing values has 1 delimiters");
}

TEST(CsvReader, RefusesImpossibleDelimiters) {
  for (const char delimiter : {'"', '\n', '\r', '\0', '\xC3'}) {
    try {
      const CsvReader reader("a", "x.csv", delimiter);
      FAIL() << static_cast<int>(delimiter);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kUsage);
    }
  }
}

TEST(CsvReader, GoesOnAfterBeingMoved) {
  CsvReader first("a\nb\n", "x.csv", ',');
  std::vector<std::string_view> fields;
  ASSERT_TRUE(first.next(fields));
  CsvReader second = std::move(first);
  ASSERT_TRUE(second.next(fields));
  EXPECT_EQ(fields, std::vector<std::string_view>{"b"});
  EXPECT_EQ(second.line(), 2U);
}

TEST(DetectDelimiter, TakesTheMostFrequentOutsideQuotes) {
  EXPECT_EQ(detect_delimiter("a;b;c,d\n"), ';');
  EXPECT_EQ(detect_delimiter("a\tb\n"), '\t');
  EXPECT_EQ(detect_delimiter("a|b|c\n"), '|');
  EXPECT_EQ(detect_delimiter("\"a;b;c\",d\n"), ',');
  EXPECT_EQ(detect_delimiter("\"a;\n;;\"|d\n"), '|');  // a quoted line end does not end the line
}

TEST(DetectDelimiter, LooksAtTheFirstLineOnlyAndPrefersTheComma) {
  EXPECT_EQ(detect_delimiter("a,b\n1;2;3\n"), ',');
  EXPECT_EQ(detect_delimiter("a,b\r\n1;2;3\r\n"), ',');
  EXPECT_EQ(detect_delimiter("a;b,c\n"), ',');
  EXPECT_EQ(detect_delimiter("a|b\tc\n"), '\t');
  EXPECT_EQ(detect_delimiter("abc\n"), ',');
  EXPECT_EQ(detect_delimiter(""), ',');
}

}  // namespace
}  // namespace throng
