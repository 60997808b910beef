// From records to a verified release and back, on the toy data: what the files say, and that failures leave
// nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test::kToy;
using test::read_text;
using test::run_binary;
using test::RunOptions;
using test::RunResult;
using test::TemporaryDirectory;

RunResult anonymize(const TemporaryDirectory& directory, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"anonymize", kToy, "--output", directory.path("out")};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_binary(arguments);
}

TEST(Anonymize, TheToyByHand) {
  const TemporaryDirectory directory;
  const RunResult result = anonymize(directory, {"--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json answer = json::parse(result.out);
  EXPECT_EQ(answer.at("levels"), (json{{"age", 1}, {"country", 1}, {"gender", 0}}));
  EXPECT_EQ(answer.at("suppressed"), 2);
  EXPECT_EQ(answer.at("retained"), 10);
  EXPECT_EQ(answer.at("classes"), 2);
  EXPECT_EQ(answer.at("verified"), true);
  EXPECT_EQ(answer.at("redaction").at("retained"), 0);
  // Of 12 x 3 cells only the genders of the 10 released records say one original value.
  EXPECT_DOUBLE_EQ(answer.at("utility").at("cells_retained"), 10.0 / 36);
  EXPECT_GT(answer.at("utility").at("one_way_error").at("mean"), 0);
  for (const json& file : answer.at("files")) EXPECT_TRUE(fs::exists(file.get<std::string>())) << file;
}

TEST(Anonymize, TheReleaseHoldsWhatItShould) {
  const TemporaryDirectory directory;
  ASSERT_EQ(anonymize(directory).exit_code, 0);
  const std::string csv = read_text(directory.path("out/release/toy.csv"));
  EXPECT_EQ(csv.substr(0, csv.find('\n')), "age,country,gender,exploitation");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 11);
  for (const char* name : {"Ada", "Kim", "Lola", "DEU"}) EXPECT_EQ(csv.find(name), std::string::npos) << name;
}

TEST(Anonymize, VerifyAgrees) {
  const TemporaryDirectory directory;
  ASSERT_EQ(anonymize(directory).exit_code, 0);
  for (const char* name : {"out/release/toy.csv", "out/release/toy.h5"}) {
    const RunResult result = run_binary({"verify", directory.path(name), "--job", kToy});
    EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
    EXPECT_NE(result.out.find("verified"), std::string::npos);
  }
  const RunResult stricter =
      run_binary({"verify", directory.path("out/release/toy.csv"), "--job", kToy, "--k", "6", "--json"});
  EXPECT_EQ(stricter.exit_code, 1);
  EXPECT_EQ(json::parse(stricter.out).at("verified"), false);
}

TEST(Anonymize, TheExternalSideCannotTellHowManyAreMissing) {
  const TemporaryDirectory directory;
  ASSERT_EQ(anonymize(directory).exit_code, 0);
  const json report = json::parse(read_text(directory.path("out/release/report.json")));
  EXPECT_EQ(report.at("suppressed"), "fewer than 3");
  for (const char* key : {"rows", "loss", "loss_per_qi", "lower_bound", "gap"})
    EXPECT_TRUE(report.at(key).is_null()) << key;
  for (const char* key : {"max_suppressed_records", "redaction", "telemetry", "utility"})
    EXPECT_FALSE(report.contains(key)) << key;
  EXPECT_EQ(report.at("retained"), 10);
  const json internal = json::parse(read_text(directory.path("out/private/report.json")));
  EXPECT_EQ(internal.at("suppressed"), 2);
}

TEST(Anonymize, NoPrivatePathOrSeedInTheRelease) {
  const TemporaryDirectory directory;
  ASSERT_EQ(anonymize(directory, {"--seed", "987654321"}).exit_code, 0);
  for (const auto& entry : fs::directory_iterator(directory.path("out/release"))) {
    const std::string text = read_text(entry.path().string());
    for (const std::string& secret :
         {directory.path(), std::string("datasets/toy"), std::string("987654321")})
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << entry.path();
  }
}

TEST(Anonymize, SameBytesForAnyThreads) {
  const TemporaryDirectory one;
  const TemporaryDirectory four;
  ASSERT_EQ(anonymize(one, {"--threads", "1"}).exit_code, 0);
  ASSERT_EQ(anonymize(four, {"--threads", "4"}).exit_code, 0);
  for (const char* name : {"toy.csv", "toy.h5", "report.json", "datapackage.json", "manifest.json"})
    EXPECT_EQ(read_text(one.path("out/release/") + name), read_text(four.path("out/release/") + name))
        << name;
}

TEST(Anonymize, NoSolutionIsAResult) {
  const TemporaryDirectory directory;
  // Redaction would drop all twelve, and only three may be dropped.
  const RunResult result = anonymize(directory, {"--json", "--strategy", "redact"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  const json answer = json::parse(result.out);
  for (const char* key : {"levels", "loss", "suppressed", "classes"})
    EXPECT_TRUE(answer.at(key).is_null()) << key;
  EXPECT_FALSE(fs::exists(directory.path("out")));
}

TEST(Anonymize, DryRunWritesNothing) {
  const TemporaryDirectory directory;
  const RunResult result = anonymize(directory, {"--dry-run"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("24 nodes"), std::string::npos) << result.out;
  EXPECT_FALSE(fs::exists(directory.path("out")));
}

TEST(Anonymize, AFullDiskLeavesNothing) {
  const TemporaryDirectory directory;
  RunOptions full;
  full.max_file_bytes = 1500;  // less than the HDF5 file, more than what libomp needs to start
  const RunResult result =
      run_binary({"anonymize", kToy, "--output", directory.path("out"), "--quiet"}, full);
  EXPECT_EQ(result.exit_code, 4) << result.err;
  for (const auto& entry : fs::recursive_directory_iterator(directory.path()))
    EXPECT_TRUE(entry.is_directory()) << entry;
  EXPECT_FALSE(fs::exists(directory.path("out/release")));
}

TEST(Anonymize, AFullDiskKeepsTheEarlierRelease) {
  const TemporaryDirectory directory;
  ASSERT_EQ(anonymize(directory).exit_code, 0);
  const std::string before = read_text(directory.path("out/release/manifest.json"));
  RunOptions full;
  full.max_file_bytes = 1500;  // less than the HDF5 file, more than what libomp needs to start
  EXPECT_EQ(run_binary({"anonymize", kToy, "--output", directory.path("out"), "--seed", "2"}, full).exit_code,
            4);
  EXPECT_EQ(read_text(directory.path("out/release/manifest.json")), before);
  EXPECT_EQ(run_binary({"verify", directory.path("out/release/toy.csv"), "--job", kToy}).exit_code, 0);
}

TEST(Anonymize, AFullStandardOutputIsAnError) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  RunOptions full;
  full.out_path = "/dev/full";
  const RunResult result = run_binary({"search", kToy, "--json"}, full);
  EXPECT_EQ(result.exit_code, 4);
  EXPECT_NE(result.err.find("standard output"), std::string::npos) << result.err;
}

TEST(Anonymize, ReplacesAReleaseAndRefusesForeignFiles) {
  const TemporaryDirectory directory;
  ASSERT_EQ(anonymize(directory).exit_code, 0);
  ASSERT_EQ(anonymize(directory, {"--seed", "2"}).exit_code, 0);
  directory.write("out/release/notes.txt", "mine");
  const RunResult result = anonymize(directory);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("`notes.txt`, which throng did not write"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace throng
