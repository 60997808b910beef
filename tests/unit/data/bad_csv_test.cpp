// Every malformed table under tests/bad_input/csv is refused with its place and the fix, and without a cell.
#include "bad_files.hpp"
#include "support/temporary_directory.hpp"
#include "throng/data/csv.hpp"

namespace throng {
namespace {

using test::BadFile;

const std::vector<BadFile>& bad_csv_files() {
  static const std::vector<BadFile> kFiles = {
      {"byte-order-mark-twice", {":1:1: a second byte order mark", "delete it"}},
      {"byte-order-mark-only", {"the file is empty", "a line of column names"}},
      {"byte-order-mark-and-header-only", {":1: there are no records"}},
      {"utf16-little-endian", {":1:1: the text is UTF-16", "save the file as UTF-8"}},
      {"utf16-big-endian", {":1:1: the text is UTF-16"}},
      {"utf16-without-mark", {":1:2: a NUL byte", "UTF-16"}},
      {"utf32-with-mark", {":1:1: the text is UTF-16"}},
      {"nul-in-a-cell", {":3:4: a NUL byte"}},
      {"nul-in-the-header", {":1:4: a NUL byte"}},
      {"nul-at-the-end", {":3:1: a NUL byte"}},
      {"latin-1", {":2:9: a byte that is not UTF-8", "Latin-1"}},
      {"windows-1252-quotes", {":2:8: a byte that is not UTF-8", "Windows-1252"}},
      {"utf8-overlong-slash", {":2:8: a byte that is not UTF-8"}},
      {"utf8-overlong-nul", {":2:8: a byte that is not UTF-8"}},
      {"utf8-surrogate", {":2:8: a byte that is not UTF-8"}},
      {"utf8-above-unicode", {":2:8: a byte that is not UTF-8"}},
      {"utf8-lone-tail", {":2:8: a byte that is not UTF-8"}},
      {"utf8-cut-by-the-line-end", {":2:8: a byte that is not UTF-8"}},
      {"utf8-cut-by-the-file-end", {":2:8: a byte that is not UTF-8"}},
      {"latin-1-in-the-header", {":1:3: a byte that is not UTF-8"}},
      {"record-short", {":3:7: the record has 1 field, the header has 2", "the delimiter is `,`"}},
      {"record-long", {":3:10: the record has 3 fields, the header has 2", "delete the surplus"}},
      {"record-short-at-the-end-without-line-end", {":3:9: the record has 2 fields, the header has 3"}},
      {"record-long-by-a-trailing-delimiter", {":2:10: the record has 3 fields"}},
      {"record-with-a-decimal-comma", {":2:10: the record has 3 fields", "quote a field"}},
      {"record-spans-lines-unquoted", {":2:4: the record has 1 field"}},
      {"delimiter-changes-after-the-header", {":2:9: the record has 1 field", "the delimiter is `,`"}},
      {"separator-hint-of-a-spreadsheet", {":1:6: column 2 has no name"}},
      {"comment-before-the-header", {":2:5: the record has 3 fields, the header has 2"}},
      {"empty-line-between-records", {":3:1: an empty line", "delete it"}},
      {"empty-line-at-the-end", {":3:1: an empty line", "1 delimiters"}},
      {"empty-line-at-the-end-crlf", {":3:1: an empty line"}},
      {"line-of-spaces", {":3:3: the record has 1 field"}},
      {"end-of-file-sign-of-dos", {":3:2: the record has 1 field"}},
      {"quote-never-closed", {":2:1: the quote that opens here is never closed", "add the closing quote"}},
      {"quote-never-closed-at-the-end", {":3:8: the quote that opens here is never closed"}},
      {"quote-never-closed-in-the-header", {":1:3: the quote that opens here is never closed"}},
      {"quote-never-closed-after-doubled", {":2:8: the quote that opens here is never closed"}},
      {"text-after-closing-quote", {":2:9: text after a closing quote", "double the quotes inside it"}},
      {"space-after-closing-quote", {":2:9: text after a closing quote"}},
      {"quote-inside-unquoted-cell", {":2:4: a quote inside an unquoted field", "put the whole field"}},
      {"quote-after-a-space", {":2:9: a quote inside an unquoted field"}},
      {"quote-escaped-by-a-backslash", {":2:7: text after a closing quote"}},
      {"quote-inside-unquoted-header", {":1:4: a quote inside an unquoted field"}},
      {"carriage-returns-only", {":1:4: a carriage return without a line feed", "end lines with LF or CRLF"}},
      {"carriage-return-inside-a-cell", {":2:4: a carriage return without a line feed"}},
      {"carriage-return-at-the-end", {":2:9: a carriage return without a line feed"}},
      {"carriage-return-twice", {":1:4: a carriage return without a line feed"}},
      {"header-name-twice", {":1:5: two columns are named `a`, the first is column 1", "rename"}},
      {"header-name-twice-quoted", {":1:5: two columns are named `b`, the first is column 2"}},
      {"header-name-empty", {":1:3: column 2 has no name", "the first line must name the columns"}},
      {"header-name-empty-at-the-end", {":1:5: column 3 has no name"}},
      {"header-name-empty-quoted", {":1:1: column 1 has no name"}},
      {"header-is-an-empty-line", {":1:1: the first line is empty"}},
      {"header-only", {":1: there are no records, only a header", "add the records"}},
      {"header-only-without-line-end", {":1: there are no records"}},
      {"empty-file", {"the file is empty"}},
      {"line-end-only", {":1:1: the first line is empty"}},
      {"compressed-gzip", {":1:2: a byte that is not UTF-8"}},
      {"workbook-of-a-spreadsheet", {":1:6: a NUL byte", "not text"}},
  };
  return kFiles;
}

class BadCsvTest : public testing::TestWithParam<BadFile> {};

TEST_P(BadCsvTest, IsRefusedWithPlaceAndFix) {
  InputSpec input;
  input.path = test::bad_directory("csv") + "/" + GetParam().defect + ".csv";
  const auto read = [&](int num_threads) { static_cast<void>(read_table(input, num_threads)); };
  const std::string message = test::message_about(input.path, [&] { read(1); });
  test::expect_fragments(message, GetParam().fragments);
  EXPECT_EQ(test::message_about(input.path, [&] { read(3); }), message);
}

INSTANTIATE_TEST_SUITE_P(All, BadCsvTest, testing::ValuesIn(bad_csv_files()), test::test_name);

TEST(BadCsv, EveryFileIsTested) { test::expect_complete("csv", ".csv", bad_csv_files()); }

/// Too large to be kept: a file whose text is one long field, as a missing quote makes it.
TEST(BadCsv, AFieldOfAHundredMegabytes) {
  const test::TemporaryDirectory directory;
  InputSpec input;
  for (const std::string quote : {"", "\""}) {
    input.path = directory.write("x.csv", "a,b\n1," + quote + std::string(100'000'000, 'x') + quote + "\n");
    const std::string message =
        test::message_about(input.path, [&] { static_cast<void>(read_table(input, 2)); });
    test::expect_fragments(message, {"x.csv:2:3: the field that begins here is longer than 1 MiB",
                                     "look for a quote that is missing or too many"});
    EXPECT_LT(message.size(), 300U);
  }
}

/// A record of as many fields as a file of 40 MB can have is refused without a copy of them in the message.
TEST(BadCsv, ARecordOfTwentyMillionFields) {
  const test::TemporaryDirectory directory;
  InputSpec input;
  input.path = directory.write("x.csv", "a,b\n" + std::string(20'000'000, ',') + "\n");
  const std::string message =
      test::message_about(input.path, [&] { static_cast<void>(read_table(input, 2)); });
  test::expect_fragments(message, {"x.csv:2:3: the record has 20000001 fields, the header has 2"});
}

TEST(BadCsv, TheLastByteOfALongFileIsChecked) {
  const test::TemporaryDirectory directory;
  std::string text = "a,b\n";
  for (int i = 0; i < 200000; ++i) text += "1234,5678\n";
  InputSpec input;
  input.path = directory.write("x.csv", text + "\xC3");
  const std::string message =
      test::message_about(input.path, [&] { static_cast<void>(read_table(input, 2)); });
  test::expect_fragments(message, {"x.csv:200002:1: a byte that is not UTF-8"});
}

}  // namespace
}  // namespace throng
