// The binary stopped by signals and by time, gone on with, shared among shards and merged; and the one hash
// of all answers that every build gives.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <filesystem>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"
#include "throng/release/sha256.hpp"

namespace throng::test {
namespace {

const std::string kJobs = THRONG_SOURCE_DIR "/jobs/";

std::string without_telemetry(const std::string& json) {
  const std::size_t line = json.rfind('\n', json.find("\"telemetry\""));
  return json.substr(0, line + 1);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// A job on `rows` generated records; returns its path.
std::string make_job(const TemporaryDirectory& directory, const std::string& rows, const std::string& seed) {
  const std::string records = directory.path("records.csv");
  EXPECT_EQ(run_binary({"generate", "--model", THRONG_SOURCE_DIR "/datasets/ctdc-like", "--rows", rows,
                        "--seed", seed, "--output", records, "--quiet"})
                .exit_code,
            0);
  const std::string job = replaced(read_text(kJobs + "ctdc-like.toml"), "../out/ctdc-like.csv", records);
  return directory.write("job.toml", replaced(job, "../datasets", THRONG_SOURCE_DIR "/datasets"));
}

class Checkpoints : public ::testing::TestWithParam<const char*> {
 protected:
  Checkpoints() : job(make_job(directory, "3000", "4")) {}

  [[nodiscard]] RunResult run(std::vector<std::string> options) const {
    options.insert(options.begin(), {GetParam(), job, "--json"});
    return run_binary(options);
  }

  const TemporaryDirectory directory;
  const std::string job;
};

TEST_P(Checkpoints, ATimeLimitSavesAndExits75UntilTheAnswerIsThere) {
  const std::string expected = without_telemetry(run({}).out);
  const std::string checkpoints = directory.path("checkpoints");
  RunResult result;
  for (int i = 0; i < 100; ++i) {
    result = run({"--checkpoint-dir", checkpoints, "--stop-after", i == 0 ? "1e-9" : "0.05", "--threads",
                  std::to_string(1 + i % 2)});
    if (result.exit_code == 0) break;
    EXPECT_EQ(result.exit_code, 75);
    EXPECT_EQ(result.out, "");
    EXPECT_NE(result.err.find("the state is saved in " + checkpoints), std::string::npos);
    EXPECT_TRUE(std::filesystem::exists(checkpoints + "/checkpoint"));
  }
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_NE(result.err.find("going on from"), std::string::npos);
  EXPECT_EQ(without_telemetry(result.out), expected);
  // Done, it says so again at once.
  EXPECT_EQ(without_telemetry(run({"--checkpoint-dir", checkpoints, "--resume", "require"}).out), expected);
}

TEST_P(Checkpoints, ShardsMergeToTheSameBytes) {
  const std::string expected = without_telemetry(run({}).out);
  std::vector<std::string> merge = {"merge"};
  for (const char* shard : {"3/3", "1/3", "2/3"}) {
    const std::string file = directory.path(std::string("shard-") + shard[0]);
    const RunResult result = run({"--shard", shard, "--shard-file", file});
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.out, "");
    merge.push_back(file);
  }
  EXPECT_EQ(without_telemetry(run_binary(merge).out), expected);
  merge.push_back(merge[1]);
  EXPECT_NE(run_binary(merge).err.find("are both shard 3/3"), std::string::npos);
  EXPECT_EQ(run_binary(merge).exit_code, 2);
  EXPECT_NE(run_binary({"merge", merge[1], merge[3]}).err.find("shard 1/3 is missing"), std::string::npos);
  EXPECT_EQ(run({"--k", "12", "--shard", "2/3", "--shard-file", merge[3]}).exit_code, 0);
  const RunResult foreign = run_binary({"merge", merge[1], merge[2], merge[3]});
  EXPECT_EQ(foreign.exit_code, 2);
  EXPECT_NE(foreign.err.find(merge[3] + " does not belong to " + merge[1]), std::string::npos);
  directory.write("shard-2", "nothing");
  EXPECT_EQ(run_binary({"merge", merge[1], merge[2], merge[3]}).exit_code, 3);
}

TEST_P(Checkpoints, OfAnotherRunAreRefused) {
  const std::string checkpoints = directory.path("checkpoints");
  EXPECT_EQ(run({"--checkpoint-dir", checkpoints, "--resume", "require"}).exit_code, 4);
  EXPECT_EQ(run({"--checkpoint-dir", checkpoints}).exit_code, 0);
  const RunResult other = run({"--checkpoint-dir", checkpoints, "--k", "12"});
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_NE(other.err.find("its settings or hierarchies were others"), std::string::npos);
  EXPECT_EQ(run({"--checkpoint-dir", checkpoints, "--k", "12", "--resume", "never"}).exit_code, 0);
  EXPECT_EQ(run({"--checkpoint-dir", checkpoints, "--k", "12", "--resume", "sometimes"}).exit_code, 2);
  EXPECT_EQ(run({"--stop-after", "5"}).exit_code, 2);
  EXPECT_EQ(run({"--shard", "4/3"}).exit_code, 2);
}

INSTANTIATE_TEST_SUITE_P(Verbs, Checkpoints, ::testing::Values("search", "audit"));

TEST(CheckpointFiles, OnlyTheOptimalSearchHasAState) {
  const TemporaryDirectory directory;
  const RunResult result = run_binary(
      {"search", kJobs + "toy.toml", "--strategy", "flash", "--checkpoint-dir", directory.path("c")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("strategy \"flash\" has no state to save"), std::string::npos);
}

/// The first `count` names of a CSV file's header, without quotes.
std::string first_columns(const std::string& text, std::size_t count) {
  std::string names;
  std::size_t num_names = 0;
  for (const char c : text) {
    if (c == ',' && ++num_names == count) break;
    if (c != '"') names += c;
  }
  return names;
}

/// When `path` was written last; the least time = it is not there.
std::filesystem::file_time_type write_time(const std::string& path) {
  std::error_code error;
  return std::filesystem::last_write_time(path, error);
}

/// Starts a search that saves often, and sends it `signal` after the first save: before it works a signal
/// ends it. How it ended.
int signalled_at_work(const std::string& job, const std::string& qi, const std::string& checkpoints,
                      int signal) {
  const auto before = write_time(checkpoints + "/checkpoint");
  return signal_binary(
      {"search", job, "--qi", qi, "--checkpoint-dir", checkpoints, "--checkpoint-interval", "0.1", "--quiet"},
      signal, [&] { return write_time(checkpoints + "/checkpoint") != before; });
}

TEST(CheckpointFiles, SignalsSaveAndExit75) {
  const TemporaryDirectory directory;
  const std::string job = make_job(directory, "20000", "5");
  const std::string checkpoints = directory.path("checkpoints");
  // Far more than is searched within the test.
  const std::string qi = first_columns(read_text(directory.path("records.csv")), 32);
  for (const int signal : {SIGUSR1, SIGTERM}) {
    const int status = signalled_at_work(job, qi, checkpoints, signal);
    ASSERT_TRUE(WIFEXITED(status)) << status;
    EXPECT_EQ(WEXITSTATUS(status), 75);
    EXPECT_TRUE(std::filesystem::exists(checkpoints + "/checkpoint"));
  }
}

TEST(Answers, HaveOneHashInEveryBuild) {
  const TemporaryDirectory directory;
  const std::string job = make_job(directory, "5000", "3");
  const std::string expected = read_text(THRONG_SOURCE_DIR "/tests/golden/answers.sha256");
  for (const char* threads : {"1", "2"}) {
    std::string answers;
    for (std::vector<std::string> arguments :
         {std::vector<std::string>{"search"}, {"audit"}, {"audit", "--max-size", "3"}}) {
      arguments.insert(arguments.end(), {job, "--threads", threads, "--json"});
      answers += without_telemetry(run_binary(arguments).out);
    }
    EXPECT_EQ(sha256_hex(answers) + "\n", expected);
  }
}

}  // namespace
}  // namespace throng::test
