// The command line on several ranks: one exit code, one voice, the same bytes.
#include "throng/app/app.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <mutex>
#include <vector>

#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::read_text;
using test::TemporaryDirectory;

struct RankOutcome {
  std::vector<ExitCode> codes;  ///< per rank
  std::string out;
  std::string err;
};

RankOutcome run_ranks(int num_ranks, const std::vector<std::string>& arguments) {
  RankOutcome outcome;
  outcome.codes.resize(static_cast<std::size_t>(num_ranks), ExitCode::kStopped);
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  run_as_threads(num_ranks, [&](Communicator& communicator) {
    outcome.codes[static_cast<std::size_t>(communicator.rank())] = run_app(arguments, communicator);
  });
  outcome.out = ::testing::internal::GetCapturedStdout();
  outcome.err = ::testing::internal::GetCapturedStderr();
  return outcome;
}

std::vector<std::string> toy(const std::string& verb, const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {verb, std::string(THRONG_SOURCE_DIR) + "/jobs/toy.toml", "--threads",
                                        "1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(App, TheSameReleaseForAnyNumberOfRanks) {
  const TemporaryDirectory directory;
  for (const int ranks : {1, 2, 3, 5}) {
    const std::string output = directory.path(std::to_string(ranks));
    const RankOutcome outcome = run_ranks(ranks, toy("anonymize", {"--output", output}));
    EXPECT_EQ(outcome.codes, std::vector<ExitCode>(static_cast<std::size_t>(ranks), ExitCode::kPass))
        << outcome.err;
    EXPECT_EQ(outcome.out.find("k = 3"), outcome.out.rfind("k = 3")) << "more than one rank printed";
    for (const char* name : {"toy.csv", "report.json", "manifest.json"})
      EXPECT_EQ(read_text(output + "/release/" + name), read_text(directory.path("1/release/") + name))
          << name;
  }
}

TEST(App, EveryRankReturnsTheSameCode) {
  const std::vector<std::pair<std::vector<std::string>, ExitCode>> cases = {
      {toy("search", {"--strategy", "redact"}), ExitCode::kViolation},
      {toy("search", {"--k", "1"}), ExitCode::kUsage},
      {toy("search", {"--k", "13"}), ExitCode::kUsage},
      {toy("serach", {}), ExitCode::kUsage},
      {toy("anonymize", {"--output", "/proc/none/x"}), ExitCode::kIo},
      {{"--version"}, ExitCode::kPass},
  };
  for (const auto& [arguments, code] : cases) {
    const RankOutcome outcome = run_ranks(3, arguments);
    EXPECT_EQ(outcome.codes, std::vector<ExitCode>(3, code)) << outcome.err;
    EXPECT_EQ(outcome.err.find("error:"), outcome.err.rfind("error:")) << "more than one rank complained";
  }
}

TEST(App, BadDataIsExitCodeThree) {
  const TemporaryDirectory directory;
  directory.write("records.csv", "a,b\n1,2\n3\n");
  const std::string job = directory.write(
      "job.toml", "[input]\npath = \"records.csv\"\n[columns.a]\nrole = \"quasi_identifier\"\n");
  EXPECT_EQ(run_ranks(2, {"search", job}).codes, std::vector<ExitCode>(2, ExitCode::kData));
}

}  // namespace
}  // namespace throng
