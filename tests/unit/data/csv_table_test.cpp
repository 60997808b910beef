// CSV tables: encoding, missing values, roles, and what the header must be.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"
#include "throng/data/csv.hpp"

namespace throng {
namespace {

using Values = std::vector<std::string>;

InputSpec spec() {
  InputSpec input;
  input.path = "x.csv";
  return input;
}

Values cells(const Column& column) {
  Values values;
  for (const Code code : column.codes) values.push_back(column.dictionary[code]);
  return values;
}

/// Exit code and message of what `text` is refused with.
std::pair<ExitCode, std::string> table_refusal(std::string_view text, const InputSpec& input = spec()) {
  try {
    static_cast<void>(parse_csv_table(text, input, 1));
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  return {ExitCode::kPass, ""};
}

TEST(CsvTable, HasSortedDictionariesAndCodes) {
  const Table table = parse_csv_table("a,b\nz,1\ny,1\nz,\n\xC3\xA9,10\n", spec(), 1);
  EXPECT_EQ(table.source, "x.csv");
  EXPECT_EQ(table.num_rows, 4U);
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].name, "a");
  EXPECT_EQ(table.columns[0].dictionary, (Values{"y", "z", "\xC3\xA9"}));  // bytewise: above ASCII
  EXPECT_EQ(table.columns[0].codes, (std::vector<Code>{1, 0, 1, 2}));
  EXPECT_EQ(table.columns[1].dictionary, (Values{"", "1", "10"}));
  EXPECT_EQ(table.columns[1].codes, (std::vector<Code>{1, 1, 0, 2}));
}

TEST(CsvTable, FoldsMissingValuesIntoTheFirst) {
  InputSpec input = spec();
  input.missing = {"NA", "", "-99"};
  const Table table = parse_csv_table("a,b\n,1\n-99,2\nNA,\nx,4\n", input, 2);
  EXPECT_EQ(table.columns[0].dictionary, (Values{"NA", "x"}));
  EXPECT_EQ(cells(table.columns[0]), (Values{"NA", "NA", "NA", "x"}));
  EXPECT_EQ(cells(table.columns[1]), (Values{"1", "2", "NA", "4"}));
}

TEST(CsvTable, WithoutMissingValuesAnEmptyCellIsAValue) {
  InputSpec input = spec();
  input.missing.clear();
  EXPECT_EQ(cells(parse_csv_table("a,b\n,1\n", input, 1).columns[0]), Values{""});
}

TEST(CsvTable, DropsIdentifiersAndKeepsRoles) {
  InputSpec input = spec();
  input.default_role = Role::kSensitive;
  input.columns = {{"name", Role::kIdentifier, {}, 1.0, {}}, {"age", Role::kQuasiIdentifier, {}, 1.0, {}}};
  const Table table = parse_csv_table("case,name,age\n1,Ann,30\n2,\"B\"\"b\",40\n", input, 1);
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[0].name, "case");
  EXPECT_EQ(table.columns[0].role, Role::kSensitive);
  EXPECT_EQ(table.columns[1].role, Role::kQuasiIdentifier);
  EXPECT_EQ(cells(table.columns[1]), (Values{"30", "40"}));
  EXPECT_EQ(table.quasi_identifiers(), std::vector<std::size_t>{1});
  EXPECT_EQ(table.index_of("age"), 1U);
  EXPECT_EQ(table.index_of("name"), table.columns.size());
}

TEST(CsvTable, CountsTheRecordsOfATableOfIdentifiersOnly) {
  InputSpec input = spec();
  input.default_role = Role::kIdentifier;
  const Table table = parse_csv_table("a,b\n1,2\n3,4\n", input, 2);
  EXPECT_TRUE(table.columns.empty());
  EXPECT_EQ(table.num_rows, 2U);
  EXPECT_EQ(table_refusal("a,b\n1\n", input).first, ExitCode::kData);  // dropped columns are checked, too
}

TEST(CsvTable, UsesTheGivenDelimiterBeforeTheDetectedOne) {
  InputSpec input = spec();
  EXPECT_EQ(parse_csv_table("a;b\n1;2\n", input, 1).columns.size(), 2U);
  input.delimiter = ',';
  EXPECT_EQ(parse_csv_table("a;b\n1;2\n", input, 1).columns.size(), 1U);
  input.delimiter = ' ';
  EXPECT_EQ(cells(parse_csv_table("a b\n1 2\n", input, 1).columns[1]), Values{"2"});
}

TEST(CsvTable, OneColumnMayHaveEmptyLines) {
  const Table table = parse_csv_table("a\n\nx\n\n", spec(), 1);
  EXPECT_EQ(cells(table.columns[0]), (Values{"", "x", ""}));
}

TEST(CsvTable, HeaderMayBeQuotedAndSpanLines) {
  const Table table = parse_csv_table("\xEF\xBB\xBF\"a,\nb\",\"c\"\"d\"\r\n1,2\r\n", spec(), 1);
  EXPECT_EQ(table.columns[0].name, "a,\nb");
  EXPECT_EQ(table.columns[1].name, "c\"d");
  EXPECT_EQ(cells(table.columns[1]), Values{"2"});
}

TEST(CsvTable, PlacesCountFromTheBeginningOfTheFile) {
  EXPECT_EQ(table_refusal("\xEF\xBB\xBF"
                          "a,b\n1,2\n3\n")
                .second.find("x.csv:3:2: the record has 1 field, the header has 2"),
            0U);
  EXPECT_EQ(table_refusal("\"a\nb\",c\n1,2,3\n").second.find("x.csv:3:5: "), 0U);
}

TEST(CsvTable, NamesTheNearestColumn) {
  InputSpec input = spec();
  input.columns = {{"gendr", Role::kQuasiIdentifier, {}, 1.0, {"job.toml", 7, 1}}};
  const auto [code, message] = table_refusal("gender,age\nf,3\n", input);
  EXPECT_EQ(code, ExitCode::kUsage);
  EXPECT_EQ(message, "job.toml:7:1: column `gendr` is not in x.csv; did you mean `gender`?");
}

TEST(CsvTable, NamesMustDifferAsTextNotAsBytesInTheFile) {
  EXPECT_EQ(table_refusal("a,\"a\"\n1,2\n").second,
            "x.csv:1:3: two columns are named `a`, the first is column 1; rename one of them");
  EXPECT_EQ(table_refusal("a,A, a\n1,2,3\n").first, ExitCode::kPass);
}

TEST(CsvTable, MessagesNeverHoldACell) {
  for (const char* text : {"a,b\nSECRET,1\nSECRET\n", "a,b\n\"SECRET\"x,1\n", "a,b\nSECRET\"x,1\n",
                           "a,b\nSECRET,\"SECRET\n", "a,b\nSECRET\r,1\n", "a,b\n1,SECRET,SECRET\n"}) {
    const auto [code, message] = table_refusal(text);
    EXPECT_EQ(code, ExitCode::kData) << text;
    EXPECT_EQ(message.find("SECRET"), std::string::npos) << message;
  }
}

TEST(ReadTable, GoesByTheExtension) {
  const test::TemporaryDirectory directory;
  InputSpec input;
  for (const char* name : {"x.csv", "x.TSV", "x.txt"}) {
    input.path = directory.write(name, "a\tb\n1\t2\n");
    EXPECT_EQ(read_table(input, 1).columns.size(), 2U) << name;
  }
  input.path = directory.write("x.parquet", "a\n1\n");
  try {
    static_cast<void>(read_table(input, 1));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    EXPECT_NE(std::string(error.what()).find(".csv"), std::string::npos);
  }
}

TEST(ReadTable, AMissingFileIsAnIoError) {
  const test::TemporaryDirectory directory;
  InputSpec input;
  input.path = directory.path("none.csv");
  try {
    static_cast<void>(read_table(input, 1));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kIo);
    EXPECT_EQ(error.what(), input.path + ": cannot open the file for reading; No such file or directory");
  }
}

}  // namespace
}  // namespace throng
