// The audit verb: shape of its answer, its file of arrays, its refusals, ranks.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::kToy;
using test::run_binary;
using test::TemporaryDirectory;

/// Many binary columns, all quasi-identifiers.
std::string wide_job(const TemporaryDirectory& directory, int num_columns) {
  std::string header = "c0";
  std::string row = "1";
  for (int c = 1; c < num_columns; ++c) {
    header += ",c" + std::to_string(c);
    row += c % 3 == 0 ? ",1" : ",";
  }
  directory.write("wide.csv", header + "\n" + row + "\n" + row + "\n");
  return directory.write(
      "job.toml",
      "[input]\npath = \"wide.csv\"\ndefault_role = \"quasi_identifier\"\n[privacy]\nk = 2\n"
      "[audit]\nthresholds = [2]\n");
}

TEST(AuditVerb, TheToyByHand) {
  const auto result = run_binary({"audit", kToy, "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json answer = json::parse(result.out);
  EXPECT_EQ(answer.at("rows"), 12);
  EXPECT_EQ(answer.at("combinations"), 7);
  EXPECT_EQ(answer.at("by_size").size(), 3U);
  // Gender alone: 6 and 6. Every age is its own, and so is everybody who is known by it.
  const json& one = answer.at("by_size").at(0);
  EXPECT_EQ(one.at("safe"), 1);
  EXPECT_EQ(one.at("max"), 12);
  EXPECT_EQ(answer.at("minimal_unsafe"), (json{{"age"}, {"country"}}));
  EXPECT_EQ(answer.at("largest_prosecutor_risk"), 1.0);
  double sum = 0;
  for (const auto& [name, value] : answer.at("shapley").items()) sum += value.get<double>();
  EXPECT_NEAR(sum, 1.0, 1e-12);
  for (const char* key : {"k", "qi", "distinct_tuples", "worst", "telemetry", "thresholds", "missing"})
    EXPECT_TRUE(answer.contains(key)) << key;
}

TEST(AuditVerb, WordsNameTheColumnsThatMakeTheRisk) {
  const auto result = run_binary({"audit", kToy});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* word : {"age", "Shapley", "without age", "1 of 7 combinations puts nobody at risk"})
    EXPECT_NE(result.out.find(word), std::string::npos) << result.out;
}

TEST(AuditVerb, AReleaseIsAuditedLikeAnyTable) {
  const TemporaryDirectory directory;
  ASSERT_EQ(run_binary({"anonymize", kToy, "--output", directory.path("out")}).exit_code, 0);
  for (const char* file : {"out/release/toy.csv", "out/release/toy.h5"}) {
    const auto result = run_binary({"audit", kToy, "--input", directory.path(file), "--json", "--k", "3"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json answer = json::parse(result.out);
    EXPECT_EQ(answer.at("rows"), 10);
    EXPECT_EQ(answer.at("safe_combinations"), answer.at("combinations"));
    EXPECT_EQ(answer.at("num_minimal_unsafe"), 0);
  }
}

TEST(AuditVerb, LimitedSizes) {
  const TemporaryDirectory directory;
  const std::string job = wide_job(directory, 40);
  const auto result = run_binary({"audit", job, "--max-size", "2", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json answer = json::parse(result.out);
  EXPECT_EQ(answer.at("combinations"), 40 + 40 * 39 / 2);
  EXPECT_EQ(answer.at("shapley"), nullptr);
}

TEST(AuditVerb, RefusesWhatItCannotDoBeforeItTries) {
  const TemporaryDirectory directory;
  const std::string wide = wide_job(directory, 31);
  const auto refuses = [](const std::vector<std::string>& arguments, int code, const std::string& words) {
    const auto result = run_binary(arguments);
    EXPECT_EQ(result.exit_code, code) << result.err;
    EXPECT_NE(result.err.find(words), std::string::npos) << result.err;
    EXPECT_EQ(result.out, "");
  };
  refuses({"audit", wide}, 2, "2,147,483,647 combinations of 31 quasi-identifiers");
  refuses({"audit", wide}, 2, "--max-size 7 (3,572,223 combinations), or name at most 30");
  refuses({"audit", wide, "--max-size", "2", "--output", directory.path("a.h5")}, 2,
          "needs every combination");
  refuses({"audit", kToy, "--k", "13"}, 2, "more than the 12 records");
  refuses({"audit", kToy, "--max-size", "two"}, 2, "--max-size");
  refuses({"audit", kToy, "--input", directory.path("absent.csv")}, 4, "absent.csv");
}

TEST(AuditVerb, AStarredReleaseIsAuditedToo) {
  const TemporaryDirectory directory;
  std::string csv = "a,b\n";
  for (int i = 0; i < 40; ++i) csv += "x,y\n";
  for (int i = 0; i < 12; ++i) csv += "r" + std::to_string(i) + ",y\n";
  directory.write("skewed.csv", csv);
  const std::string job = directory.write(
      "skewed.toml",
      "[input]\npath = \"skewed.csv\"\ndefault_role = \"quasi_identifier\"\n[privacy]\nk = 11\n"
      "[search]\nstrategy = \"redact\"\n[output]\nsuppressed = \"star\"\n");
  EXPECT_NE(run_binary({"audit", job}).out.find("12 (23.1 %)"), std::string::npos);
  const auto made = run_binary({"anonymize", job, "--output", directory.path("out")});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const std::string released = directory.path("out/release/skewed.csv");
  const auto result = run_binary({"audit", job, "--input", released, "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(json::parse(result.out).at("rows"), 52);  // the starred ones are a class of 12
  EXPECT_EQ(json::parse(result.out).at("num_minimal_unsafe"), 0);
  const auto words = run_binary({"audit", job, "--input", released});
  EXPECT_NE(words.out.find("nobody"), std::string::npos) << words.out;
  EXPECT_EQ(words.out.find("at worst"), std::string::npos) << words.out;
}

TEST(AuditVerb, TheEdgesOfATable) {
  const TemporaryDirectory directory;
  directory.write("one.csv", "a,b\nx,y\n");
  const auto job = [&](const std::string& role, const std::string& thresholds) {
    return directory.write("edge.toml", "[input]\npath = \"one.csv\"\ndefault_role = \"" + role +
                                            "\"\n[privacy]\nk = 2\n[audit]\nthresholds = " + thresholds +
                                            "\n");
  };
  const auto refuses = [&](const std::string& path, const std::string& words) {
    const auto result = run_binary({"audit", path});
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_NE(result.err.find(words), std::string::npos) << result.err;
  };
  refuses(job("quasi_identifier", "[2]"), "k = 2 is more than the 1 record of");
  directory.write("one.csv", "a,b\nx,1\nx,2\n");
  refuses(job("insensitive", "[2]"), "there is no quasi-identifier");
  refuses(job("quasi_identifier", "[2, 3]"), "threshold 3 is more than the 2 records");
  // A single-valued column and an all-unique one.
  const auto result = run_binary({"audit", job("quasi_identifier", "[2]"), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json answer = json::parse(result.out);
  EXPECT_EQ(answer.at("minimal_unsafe"), (json{{"b"}}));
  EXPECT_EQ(answer.at("shapley"), (json{{"a", 0.0}, {"b", 1.0}}));
}

TEST(AuditVerb, DryRunEstimates) {
  const TemporaryDirectory directory;
  const auto result = run_binary({"audit", wide_job(directory, 40), "--dry-run"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("1,099,511,627,775 combinations"), std::string::npos) << result.out;
}

TEST(AuditVerb, PromisesNothingOfALeftOutColumnThatChangesNothing) {
  const TemporaryDirectory directory;
  // Both columns tell the same people apart.
  std::string text = "a,b\n";
  for (int i = 0; i < 40; ++i) text += std::to_string(i) + "," + std::to_string(i) + "\n";
  directory.write("records.csv", text);
  const auto result = run_binary({"audit", directory.write("job.toml",
                                                           "[input]\npath = \"records.csv\"\ndefault_role = "
                                                           "\"quasi_identifier\"\n[privacy]\nk = 2\n")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out.find("instead of"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("alone as many would be at risk"), std::string::npos) << result.out;
}

}  // namespace
}  // namespace throng
