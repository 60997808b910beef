// Reports that take the answers of earlier runs, and reports that are only asked about.
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "report_text.hpp"
#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::kToy;
using test::kToyData;
using test::read_text;
using test::report_of;
using test::run_binary;
using test::TemporaryDirectory;

TEST(ReportRuns, AnEarlierRunGivesTheSamePage) {
  const TemporaryDirectory directory;
  const auto answer = run_binary({"search", kToy, "--json"});
  const std::string run = directory.write("run.json", answer.out);
  EXPECT_EQ(report_of(directory, {kToy, "--run", run}), report_of(directory, {kToy}));
  const auto refuses = [&](const std::string& text, const std::string& words) {
    const auto result = run_binary({"report", kToy, "--run", directory.write("bad.json", text)});
    EXPECT_EQ(result.exit_code, 3) << result.err;
    EXPECT_NE(result.err.find(words), std::string::npos) << result.err;
  };
  refuses("{", "no answer of a search");
  refuses("[]", "no answer of a search");
  refuses(std::regex_replace(answer.out, std::regex("\"k\": 3"), "\"k\": 4"), "another k");
  refuses(std::regex_replace(answer.out, std::regex("\"rows\": 12"), "\"rows\": 13"), "number of records");
  refuses(std::regex_replace(answer.out, std::regex("\"age\": [0-9]"), "\"age\": 200"), "no such level");
  refuses(std::regex_replace(answer.out, std::regex("\"suppressed\": [0-9]+"), "\"suppressed\": 7"),
          "other figures");
}

TEST(ReportRuns, LocalBundleGivesTheSamePage) {
  const TemporaryDirectory directory;
  const std::string out = directory.path("out");
  const std::vector<std::string> local = {kToy, "--strategy", "local"};
  ASSERT_EQ(run_binary({"anonymize", kToy, "--strategy", "local", "--output", out}).exit_code, 0);
  const std::string run = out + "/private/report.json";
  EXPECT_EQ(report_of(directory, {kToy, "--strategy", "local", "--run", run}), report_of(directory, local));
  const auto refuses = [&](const std::string& words) {
    const auto result = run_binary(
        {"report", kToy, "--strategy", "local", "--run", run, "--output", directory.path("refused.html")});
    EXPECT_EQ(result.exit_code, 3) << result.err;
    EXPECT_NE(result.err.find(words), std::string::npos) << result.err;
  };
  directory.write("out/release/toy.csv", read_text(out + "/release/toy.csv") + "\n");
  refuses("was changed");
  std::filesystem::remove(out + "/release/manifest.json");
  refuses("does not hold its rows");
  const auto other = run_binary({"report", kToy, "--run", run});
  EXPECT_NE(other.err.find("another strategy"), std::string::npos) << other.err;
}

// Its binary forks beside threads. The C library's allocator survives that; that of AddressSanitizer 14 does
// not.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define THRONG_CANNOT_FORK 1
#endif
#endif

TEST(ReportRuns, AnEarlierAuditGivesTheSamePage) {
#ifdef THRONG_CANNOT_FORK
  GTEST_SKIP() << "AddressSanitizer's allocator can hang in a process forked beside threads";
#endif
  const TemporaryDirectory directory;
  const std::string file = directory.path("audit.h5");
  ASSERT_EQ(run_binary({"audit", kToy, "--output", file}).exit_code, 0);
  const std::string run = directory.write("run.json", run_binary({"search", kToy, "--json"}).out);
  const std::string page = report_of(directory, {kToy});
  EXPECT_EQ(report_of(directory, {kToy, "--run", file}), page);
  EXPECT_EQ(report_of(directory, {kToy, "--run", run, "--run", file}), page);
  const auto refuses = [&](const std::vector<std::string>& more, const std::string& words) {
    std::vector<std::string> arguments = {"report", kToy,       "--run",
                                          file,     "--output", directory.path("no.html")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto result = run_binary(arguments);
    EXPECT_EQ(result.exit_code, 3) << result.err;
    EXPECT_NE(result.err.find(words), std::string::npos) << result.err;
  };
  refuses({"--qi", "age,gender"}, "other quasi-identifiers");
  refuses({"--k", "4"}, "no `at_risk_4`");
  const std::string job = directory.write(
      "job.toml",
      std::regex_replace(read_text(kToy), std::regex("\\.\\./datasets/toy/toy.csv"), "other.csv"));
  std::string records = read_text(kToyData);
  records += records.substr(records.find('\n') + 1);
  directory.write("other.csv", records);
  const std::string text =
      std::regex_replace(read_text(job), std::regex("\\.\\./datasets"), THRONG_SOURCE_DIR "/datasets");
  const auto other = run_binary({"report", directory.write("job.toml", text), "--run", file});
  EXPECT_EQ(other.exit_code, 3) << other.err;
  EXPECT_NE(other.err.find("other figures here"), std::string::npos) << other.err;
}

TEST(ReportRuns, DryRunWritesNothing) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("report.html");
  const auto result = run_binary({"report", kToy, "--dry-run", "--output", path});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  for (const std::string& words : {std::string("12 records"), std::string("would search"),
                                   std::string("would audit"), "would write " + path, std::string("dry run")})
    EXPECT_NE(result.out.find(words), std::string::npos) << words << "\n" << result.out;
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace throng
