// The command line's misuse: exit code, message and hint of each case; help and version.
#include <gtest/gtest.h>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::kToy;
using test::kToyData;
using test::run_binary;
using test::RunResult;
using test::TemporaryDirectory;

struct Misuse {
  std::vector<std::string> arguments;
  int exit_code;
  std::vector<std::string> fragments;  ///< of stderr
};

void expect(const Misuse& misuse) {
  const RunResult result = run_binary(misuse.arguments);
  std::string line = "throng";
  for (const std::string& argument : misuse.arguments) line += " " + argument;
  EXPECT_EQ(result.exit_code, misuse.exit_code) << line << "\n" << result.err;
  EXPECT_EQ(result.out, "") << line;
  for (const std::string& fragment : misuse.fragments)
    EXPECT_NE(result.err.find(fragment), std::string::npos)
        << line << ": no `" << fragment << "` in " << result.err;
}

TEST(Usage, VerbsAndOptions) {
  const std::vector<Misuse> misuses = {
      {{}, 2, {"throng --help"}},
      {{"serach", kToy}, 2, {"unknown verb `serach`", "did you mean `search`?"}},
      {{"search"}, 2, {"job"}},
      {{"search", kToy, "--jsn"}, 2, {"unknown option `--jsn`", "did you mean `--json`?"}},
      {{"search", kToy, "--origin"}, 2, {"unknown option `--origin`"}},
      {{"config", "show", kToy, "--orgin"}, 2, {"did you mean `--origin`?"}},
      {{"config"}, 2, {"throng config --help"}},
      {{"search", kToy, "extra"}, 2, {"extra"}},
      {{"search", kToy, "--k"}, 2, {"--k"}},
      {{"verify", kToyData}, 2, {"--job"}},
      {{"generate", "--rows", "5"}, 2, {"required"}},
  };
  for (const Misuse& misuse : misuses) expect(misuse);
}

TEST(Usage, ValuesOfOptions) {
  const std::vector<Misuse> misuses = {
      {{"search", kToy, "--k", "0"}, 2, {"option --k = 0"}},
      {{"search", kToy, "--k", "1"}, 2, {"k = 1 protects nobody"}},
      {{"search", kToy, "--k", "-3"}, 2, {"option --k `-3`"}},
      {{"search", kToy, "--k=eleven"}, 2, {"option --k `eleven` is not a whole number"}},
      {{"search", kToy, "--k", "13"}, 2, {"k = 13 is more than the 12 records", "smaller k"}},
      {{"search", kToy, "--max-suppressed", "13"}, 2, {"max_suppressed = 13 is more than the 12 records"}},
      {{"search", kToy, "--max-suppressed", "-1"}, 2, {"neither a fraction"}},
      {{"search", kToy, "--max-suppressed", "2.5"}, 2, {"2.5 is neither a fraction"}},
      {{"search", kToy, "--strategy", "best"}, 2, {"option --strategy = \"best\"", "valid: "}},
      {{"search", kToy, "--threads", "-1"}, 2, {"option --threads"}},
      {{"search", kToy, "--qi", "age,cuontry"}, 2, {"cuontry", "country"}},
      {{"search", kToy, "--qi", ""}, 2, {"--qi"}},
      {{"search", kToy, "--time-limit", "soon"}, 2, {"option --time-limit `soon`"}},
  };
  for (const Misuse& misuse : misuses) expect(misuse);
}

TEST(Usage, FilesThatAreNotThere) {
  const TemporaryDirectory directory;
  const std::string job = directory.write(
      "job.toml", "[input]\npath = \"absent.csv\"\n[columns.a]\nrole = \"quasi_identifier\"\n");
  const std::vector<Misuse> misuses = {
      {{"search", directory.path("absent.toml")}, 4, {"absent.toml: cannot open"}},
      {{"search", directory.path()}, 4, {"is a directory"}},
      {{"search", job}, 4, {"absent.csv: cannot open"}},
      {{"verify", directory.path("absent.csv"), "--job", kToy}, 4, {"absent.csv: cannot open"}},
      {{"anonymize", kToy, "--output", kToyData + "/x"}, 4, {"toy.csv"}},
      {{"anonymize", kToy, "--output", "/proc/none/x"}, 4, {"/proc/none/x"}},
  };
  for (const Misuse& misuse : misuses) expect(misuse);
}

TEST(Usage, HelpIsNarrowAndHasAnExample) {
  const std::vector<std::vector<std::string>> helps = {{"--help"},
                                                       {"search", "--help"},
                                                       {"anonymize", "-h"},
                                                       {"verify", "--help"},
                                                       {"generate", "--help"},
                                                       {"config", "show", "--help"},
                                                       {"compare", "--help"},
                                                       {"report", "--help"},
                                                       {"audit", "--help"},
                                                       {"describe", "--help"},
                                                       {"init", "--help"},
                                                       {"explain", "--help"},
                                                       {"completion", "--help"},
                                                       {"man", "--help"},
                                                       {"slurm-script", "--help"},
                                                       {"bench", "--help"},
                                                       {"frontier", "--help"}};
  for (const auto& arguments : helps) {
    const RunResult result = run_binary(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(result.out.find("Example: throng"), std::string::npos) << result.out;
    std::size_t width = 0;
    for (const char c : result.out) {
      width = c == '\n' ? 0 : width + 1;
      ASSERT_LT(width, 80U) << result.out;
    }
  }
}

TEST(Usage, Version) {
  const RunResult result = run_binary({"--version"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.out.substr(0, 7), "throng ");
}

TEST(Usage, ConfigShowNamesOrigins) {
  const RunResult result = run_binary({"config", "show", kToy, "--origin", "--k", "4"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.out.find("privacy.k = 4"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("# option --k"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("toy.toml:"), std::string::npos) << result.out;
  EXPECT_NE(result.out.find("# default"), std::string::npos) << result.out;
}

TEST(Usage, WhatWasMeantIsSaid) {
  expect({{"explain", kToyData}, 2, {"this is a table, not a job", "throng init " + kToyData}});
  expect({{"search", kToy, "--max-suppressed", "10%"}, 2, {"`10%` is not a number; write 0.1"}});
  expect({{"search", kToy, "--max-suppressed", "ten"}, 2, {"`ten` is not a number"}});
  expect({{"search", kToy, "--k", "abc"}, 2, {"`abc` is not a whole number from 2 on"}});
}

}  // namespace
}  // namespace throng
