// Settings that do nothing, or another thing than they seem to, are warned of with place and fix.
#include <gtest/gtest.h>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::kGood;
using test::kHead;
using test::run_binary;
using test::TemporaryDirectory;

std::string table(const std::string& header, const std::string& rows, int times) {
  std::string text = header;
  for (int i = 0; i < times; ++i) text += rows;
  return text;
}

TEST(Doubts, AHierarchyThatIsNotUsed) {
  const TemporaryDirectory directory;
  directory.write("in.csv", table("town,age\n", "Avon,20\nBray,22\n", 100));
  directory.write("towns.csv", "Avon;x;*\nBray;x;*\n");
  directory.write("job.toml", std::string(kHead) +
                                  "[columns.town]\nrole = \"insensitive\"\nhierarchy = "
                                  "\"towns.csv\"\n[columns.age]\nrole = \"quasi_identifier\"\n");
  const auto run = [&](const std::vector<std::string>& arguments) {
    const auto result = run_binary(arguments, {directory.path(), "", 0});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return result.err;
  };
  const std::string unused = run({"search", "job.toml"});
  EXPECT_NE(unused.find(
                "warning: job.toml:3:10: column `town` has the role insensitive: its hierarchy is not used"),
            std::string::npos)
      << unused;
  EXPECT_EQ(run({"search", "job.toml", "--qi", "town"}), "") << "now it is used";
  directory.write("job.toml", std::string(kHead) + kGood);
  const std::string percent = run({"search", "job.toml", "--max-suppressed", "5"});
  EXPECT_EQ(percent, "") << "5 of 200 records are half of 5 %: a number as good as another";
}

TEST(Doubts, AHierarchyWithTheColumnsNameAsAValue) {
  const TemporaryDirectory directory;
  const std::string records = table("town\n", "Avon\nBray\n", 20);
  directory.write("in.csv", records);
  directory.write("towns.csv", "town;*\nAvon;*\nBray;*\n");
  directory.write("job.toml", std::string(kHead) +
                                  "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"towns.csv\"\n");
  const auto header = run_binary({"search", "job.toml"}, {directory.path(), "", 0});
  EXPECT_EQ(header.exit_code, 0) << header.err;
  EXPECT_NE(header.err.find("towns.csv: `town` is the column's name, and no record has it as a value"),
            std::string::npos)
      << header.err;
  directory.write("in.csv", records + "town\n");
  EXPECT_EQ(run_binary({"search", "job.toml"}, {directory.path(), "", 0}).err, "") << "now it is a value";
}

TEST(Doubts, APercentageWrittenAsACount) {
  const TemporaryDirectory directory;
  directory.write("in.csv", table("town,age\n", "Avon,20\n", 1000));
  directory.write("job.toml", std::string(kHead) + kGood + "max_suppressed = 5\n");
  const auto result = run_binary({"search", "job.toml"}, {directory.path(), "", 0});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(
      result.err.find("max_suppressed = 5 is a number of records, not a percentage; for 5 % write 0.05"),
      std::string::npos)
      << result.err;
}

}  // namespace
}  // namespace throng
