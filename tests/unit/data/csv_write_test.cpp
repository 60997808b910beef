// What is written as CSV reads back as it was, and does nothing in a spreadsheet.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "throng/core/hash.hpp"
#include "throng/data/csv.hpp"

namespace throng {
namespace {

std::string written(std::string_view field, char delimiter = ',') {
  std::string out;
  append_csv_field(out, field, delimiter);
  return out;
}

std::string safely_written(std::string_view field) {
  std::string out;
  append_safe_csv_field(out, field, ',');
  return out;
}

TEST(CsvWrite, QuotesOnlyWhereNeeded) {
  EXPECT_EQ(written("plain text"), "plain text");
  EXPECT_EQ(written(""), "");
  EXPECT_EQ(written(" a "), " a ");
  EXPECT_EQ(written("a,b"), "\"a,b\"");
  EXPECT_EQ(written("a;b"), "a;b");
  EXPECT_EQ(written("a;b", ';'), "\"a;b\"");
  EXPECT_EQ(written("say \"yes\""), "\"say \"\"yes\"\"\"");
  EXPECT_EQ(written("a\nb"), "\"a\nb\"");
  EXPECT_EQ(written("a\rb"), "\"a\rb\"");
}

TEST(CsvWrite, AppendsToWhatIsThere) {
  std::string out = "a,";
  append_csv_field(out, "b\"", ',');
  EXPECT_EQ(out, "a,\"b\"\"\"");
}

TEST(CsvWrite, AValueThatBeginsLikeAByteOrderMarkKeepsIt) {
  const std::string value =
      "\xEF\xBB\xBF"
      "name";
  const std::string text = written(value) + "\n";
  CsvReader again(text, "x.csv", ',');
  std::vector<std::string_view> fields;
  ASSERT_TRUE(again.next(fields));
  EXPECT_EQ(fields, std::vector<std::string_view>{value});
}

/// Any records, any delimiter: reading gives back what was written.
TEST(CsvWrite, RoundTripsRandomRecords) {
  constexpr std::string_view kBytes = "\"\n\r,;\tab '=";
  for (std::uint64_t seed = 0; seed < 5000; ++seed) {
    const char delimiter = ",;\t|"[mix(seed) % 4];
    std::vector<std::vector<std::string>> records(1 + mix(seed + 1) % 4);
    std::string text;
    std::uint64_t draw = mix(seed + 2);
    for (auto& record : records) {
      record.resize(1 + (draw = mix(draw)) % 3);
      for (std::string& field : record) {
        for (std::size_t n = (draw = mix(draw)) % 6; n > 0; --n) field += kBytes[(draw = mix(draw)) % 11];
        append_csv_field(text, field, delimiter);
        text += &field == &record.back() ? '\n' : delimiter;
      }
    }
    CsvReader reader(text, "x.csv", delimiter);
    std::vector<std::string_view> fields;
    for (const auto& record : records) {
      ASSERT_TRUE(reader.next(fields));
      ASSERT_EQ(std::vector<std::string>(fields.begin(), fields.end()), record) << text;
    }
    ASSERT_FALSE(reader.next(fields));
  }
}

TEST(Neutralize, DefusesWhatASpreadsheetRuns) {
  EXPECT_EQ(neutralize("=1+1"), "'=1+1");
  EXPECT_EQ(neutralize("+1"), "'+1");
  EXPECT_EQ(neutralize("-1"), "'-1");
  EXPECT_EQ(neutralize("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(neutralize("\t=1"), "'\t=1");
  EXPECT_EQ(neutralize("\r=1"), "'\r=1");
}

TEST(Neutralize, LeavesOtherCellsAlone) {
  for (const char* cell : {"", "a=1", "1-2", "'", "'quoted'", "''", "*", "[0, 5)", " =1"})
    EXPECT_EQ(neutralize(cell), cell);
}

TEST(Neutralize, GivesCellsThatLookNeutralizedOneMore) {
  EXPECT_EQ(neutralize("'=1"), "''=1");
  EXPECT_EQ(neutralize("''-1"), "'''-1");
}

/// All cells of up to six bytes over an alphabet of what matters.
TEST(Neutralize, KeepsDifferentCellsDifferentAndHarmless) {
  constexpr std::string_view kBytes = "'=-a";
  std::map<std::string, std::string> origin;
  for (std::size_t length = 0; length <= 6; ++length)
    for (std::size_t code = 0; code < std::size_t{1} << (2 * length); ++code) {
      std::string cell;
      for (std::size_t i = 0; i < length; ++i) cell += kBytes[(code >> (2 * i)) % 4];
      const std::string safe = neutralize(cell);
      ASSERT_TRUE(safe.empty() || (safe[0] != '=' && safe[0] != '-')) << cell;
      ASSERT_TRUE(origin.emplace(safe, cell).second) << cell << " and " << origin[safe];
    }
}

TEST(Neutralize, IsTakenBackExactly) {
  for (const char* text :
       {"", "'", "''", "plain", "=1", "'=1", "''=1", "-", "'-", "@x", "it's", "'quoted'", "\tx"}) {
    EXPECT_EQ(restore_neutralized(neutralize(text)), text);
  }
  EXPECT_EQ(restore_neutralized("=1"), "=1");
}

TEST(SafeCsvField, NeutralizesThenQuotes) {
  EXPECT_EQ(safely_written("=A1,B1"), "\"'=A1,B1\"");
  EXPECT_EQ(safely_written("=\"x\""), "\"'=\"\"x\"\"\"");
  EXPECT_EQ(safely_written("\tx"), "'\tx");
  EXPECT_EQ(safely_written("x"), "x");
}

}  // namespace
}  // namespace throng
