// describe, init and explain: from a file nobody has described to a job that runs.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::kToy;
using test::read_text;
using test::run_binary;
using test::TemporaryDirectory;

std::string people() {
  std::string text = "case_id,town,age,\"note \"\"x\"\"\",nothing\n";
  for (int i = 0; i < 60; ++i)
    text += "CANARY" + std::to_string(i) + "," + (i % 3 == 0 ? "Springfield" : "Shelbyville") + "," +
            std::to_string(20 + i % 30) + "," + (i % 2 == 0 ? "" : "yes") + ",same\n";
  return text;
}

TEST(Describe, TellsTypesCountsAndSuggestions) {
  const TemporaryDirectory directory;
  const std::string file = directory.write("cases.csv", people());
  const auto result = run_binary({"describe", file, "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json answer = json::parse(result.out);
  EXPECT_EQ(answer.at("rows"), 60);
  const json& columns = answer.at("columns");
  ASSERT_EQ(columns.size(), 5U);
  EXPECT_EQ(columns[0].at("suggested_role"), "identifier");
  EXPECT_EQ(columns[1].at("suggested_role"), "quasi_identifier");
  EXPECT_EQ(columns[1].at("distinct"), 2);
  EXPECT_EQ(columns[2].at("type"), "whole numbers");
  EXPECT_NE(columns[2].at("suggested_hierarchy").get<std::string>().find("intervals"), std::string::npos);
  EXPECT_EQ(columns[3].at("missing"), 30);
  EXPECT_EQ(columns[4].at("type"), "constant");
  EXPECT_EQ(columns[4].at("suggested_role"), "insensitive");
  EXPECT_EQ(result.out.find("CANARY"), std::string::npos);
  const auto words = run_binary({"describe", file});
  EXPECT_NE(words.out.find("throng init"), std::string::npos) << words.out;
}

TEST(Init, WritesAJobThatRuns) {
  const TemporaryDirectory directory;
  directory.write("cases.csv", people());
  const std::string job = directory.path("cases.toml");
  const auto result = run_binary({"init", directory.path("cases.csv"), "--output", job});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(read_text(job).find("CANARY"), std::string::npos);
  const auto release = run_binary({"anonymize", job});
  EXPECT_EQ(release.exit_code, 0) << release.err << read_text(job);
  const auto again = run_binary({"init", directory.path("cases.csv"), "--output", job});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_NE(again.err.find("is there already"), std::string::npos) << again.err;
}

/// Records of `num_columns` columns of two values each.
std::string wide_records(std::size_t num_columns) {
  std::string text;
  for (std::size_t j = 0; j < num_columns; ++j) text += (j == 0 ? "c" : ",c") + std::to_string(j);
  for (std::size_t i = 0; i < 24; ++i) {
    text += '\n';
    for (std::size_t j = 0; j < num_columns; ++j) text += (j == 0 ? "" : ",") + std::to_string((i + j) % 2);
  }
  return text + '\n';
}

TEST(Init, WarnsOfManyColumnsAndLimitsTheFirstRuns) {
  const TemporaryDirectory directory;
  const std::string job = directory.path("wide.toml");
  const auto result = run_binary({"init", directory.write("wide.csv", wide_records(37)), "--output", job});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* words : {"warning: 37 columns are quasi-identifiers: 137,438,953,472 nodes to search and "
                            "137,438,953,471 combinations to audit",
                            "--max-size 6 (2,835,199 combinations)", "--qi A,B,C", "--time-limit 600"})
    EXPECT_NE(result.err.find(words), std::string::npos) << words << "\n" << result.err;
  const auto audit = run_binary({"audit", job, "--dry-run"});
  EXPECT_NE(audit.out.find("2,835,199 combinations of 37 quasi-identifiers"), std::string::npos)
      << "the job is limited: " << audit.out << audit.err;
  EXPECT_NE(read_text(job).find("time_limit_seconds = 600"), std::string::npos);
  const auto few = run_binary(
      {"init", directory.write("few.csv", wide_records(24)), "--output", directory.path("few.toml")});
  EXPECT_EQ(few.err, "") << "24 columns are no reason to warn";
  EXPECT_EQ(read_text(directory.path("few.toml")).find("max_size"), std::string::npos);
}

TEST(DryRun, TellsHowToCutTheWorkOnManyColumns) {
  const TemporaryDirectory directory;
  directory.write("wide.csv", wide_records(37));
  const std::string job = directory.write(
      "wide.toml", "[input]\npath = \"wide.csv\"\ndefault_role = \"quasi_identifier\"\n[privacy]\nk = 2\n");
  for (const char* verb : {"search", "anonymize", "audit"}) {
    const auto result = run_binary({verb, job, "--dry-run"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (const char* words : {"137,438,953,47", "to do     audit small", "--max-size 6", "--qi A,B,C"})
      EXPECT_NE(result.out.find(words), std::string::npos) << verb << ": " << result.out;
  }
  const auto few = run_binary({"audit", job, "--qi", "c1,c2", "--dry-run"});
  EXPECT_EQ(few.out.find("to do"), std::string::npos) << few.out;
  const auto answer = run_binary({"audit", job, "--dry-run", "--json"});
  EXPECT_EQ(json::parse(answer.out).at("combinations"), 137438953471) << answer.out;
}

TEST(Explain, SaysWhatHappensToEachColumn) {
  const auto result = run_binary({"explain", kToy, "--k", "4"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* words : {"name: names a person", "age: somebody may know it", "intervals of 10, 20",
                            "exploitation: must not be learned", "at\nleast 4 do", "25 % of the records"})
    EXPECT_NE(result.out.find(words), std::string::npos) << words << "\n" << result.out;
}

TEST(Man, HasEveryVerbAndNoStrayRequest) {
  const auto result = run_binary({"man"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* words : {".TH THRONG 1", ".SS search", ".SS config show", ".SS report",
                            "\\-\\-max\\-suppressed", "EXIT STATUS"})
    EXPECT_NE(result.out.find(words), std::string::npos) << words;
}

}  // namespace
}  // namespace throng
