// What a release must not tell and a stopped process must not leave; refusals that keep people out of harm.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <filesystem>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"
#include "throng/generate/generate.hpp"

namespace throng {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::run_binary;
using test::TemporaryDirectory;

/// 40 records of two classes, and one of its own whose values are `lonely`.
std::string records(const std::string& lonely) {
  std::string text = "name,group,note\n";
  for (int i = 0; i < 40; ++i) text += std::string("n,") + (i % 2 == 0 ? "A" : "B") + ",x\n";
  return text + "n," + lonely + "," + lonely + "\n";
}

const char* const kJob =
    "[input]\npath = \"records.csv\"\n[columns.name]\nrole = \"identifier\"\n"
    "[columns.group]\nrole = \"quasi_identifier\"\n[columns.note]\nrole = \"sensitive\"\n[privacy]\nk = 11\n";

struct Job {
  TemporaryDirectory directory;
  std::string path;
  explicit Job(const std::string& lonely, const std::string& more = "") {
    directory.write("records.csv", records(lonely));
    path = directory.write("job.toml", kJob + more);
  }
  [[nodiscard]] std::string output() const { return directory.path("out"); }
};

TEST(ReleaseSafety, TheLengthOfASuppressedValueIsNotTold) {
  const Job plain("C");
  const Job long_one(std::string(300, 'C'));
  for (const Job* job : {&plain, &long_one})
    ASSERT_EQ(run_binary({"anonymize", job->path, "--output", job->output()}).exit_code, 0);
  EXPECT_EQ(fs::file_size(plain.output() + "/release/job.h5"),
            fs::file_size(long_one.output() + "/release/job.h5"));
}

TEST(ReleaseSafety, AnIdentifierCannotBecomeAQuasiIdentifier) {
  const Job job("C");
  const auto result = run_binary({"anonymize", job.path, "--output", job.output(), "--qi", "name,group"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("`name`, which is an identifier"), std::string::npos) << result.err;
  EXPECT_FALSE(fs::exists(job.output()));
}

TEST(ReleaseSafety, QuasiIdentifiersThatAreLeftOutAreNamed) {
  const Job job("C", "[columns.other]\nrole = \"quasi_identifier\"\n");
  job.directory.write("records.csv", "name,group,note,other\nn,A,x,1\nn,A,x,2\nn,A,x,3\n");
  const auto result =
      run_binary({"anonymize", job.path, "--output", job.output(), "--qi", "group", "--k", "2"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_NE(result.err.find("--qi leaves out `other`: it is released as it is"), std::string::npos)
      << result.err;
}

TEST(ReleaseSafety, AStarInTheDataIsRefused) {
  const Job job("*");
  const auto result = run_binary({"anonymize", job.path, "--output", job.output()});
  EXPECT_EQ(result.exit_code, 3) << result.err;
  EXPECT_NE(result.err.find("column `group`: record 41 holds `*`"), std::string::npos) << result.err;
}

TEST(ReleaseSafety, AnEmptyReleaseIsNoRelease) {
  const Job job("C");
  const auto result = run_binary({"anonymize", job.path, "--output", job.output(), "--k", "41"});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(result.out.find("suppresses every record"), std::string::npos) << result.out;
  EXPECT_EQ(
      run_binary({"anonymize", job.path, "--output", job.output(), "--k", "41", "--max-suppressed", "0"})
          .exit_code,
      0);
}

/// True when something unfinished lies in `directory`.
bool has_staging(const std::string& directory) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error))
    if (entry.path().filename().string().starts_with(".staging-")) return true;
  return false;
}

/// Anonymizes into `output`, where nothing is before; is sent `signal` as signal_binary() does.
int stopped(const std::string& job, const std::string& output, int signal,
            const std::function<bool()>& is_due) {
  fs::remove_all(output);
  return test::signal_binary({"anonymize", job, "--output", output, "--quiet"}, signal, is_due);
}

/// A job that is long at writing, stopped meanwhile: tried again when its release was there before.
int stopped_while_writing(const TemporaryDirectory& directory, int signal) {
  const std::string job = directory.write(
      "job.toml", "[input]\npath = \"large.csv\"\n[columns.gender]\nrole = \"quasi_identifier\"\n");
  generate_csv(read_model(THRONG_SOURCE_DIR "/datasets/ctdc-like"), 300000, 1, 2,
               directory.path("large.csv"));
  const std::string output = directory.path("out");
  int status = 0;
  for (int attempt = 0; attempt < 20; ++attempt) {
    status = stopped(job, output, signal, [&] { return has_staging(output); });
    if (!fs::exists(output + "/release")) break;
  }
  return status;
}

TEST(ReleaseSafety, AStoppedProcessLeavesNothing) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const TemporaryDirectory directory;
    const int status = stopped_while_writing(directory, signal);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == signal) << "status " << status;
    EXPECT_FALSE(has_staging(directory.path("out")));
    EXPECT_FALSE(fs::exists(directory.path("out/release")));
  }
}

TEST(ReleaseSafety, AStopAtAnyMomentLeavesAllOrNothing) {
  const Job job("C");
  auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(run_binary({"anonymize", job.path, "--output", job.output()}).exit_code, 0);
  const auto passed = [&] { return std::chrono::steady_clock::now() - begin; };
  const auto whole = passed();
  for (int moment = 0; moment < 60; ++moment) {
    begin = std::chrono::steady_clock::now();
    const int status =
        stopped(job.path, job.output(), SIGTERM, [&] { return passed() >= whole * moment / 50; });
    EXPECT_FALSE(has_staging(job.output())) << "stopped at " << moment << ", status " << status;
    if (!fs::exists(job.output() + "/release")) continue;
    const auto verified = run_binary({"verify", job.output() + "/release/job.csv", "--job", job.path});
    EXPECT_EQ(verified.exit_code, 0) << "stopped at " << moment << ": " << verified.err;
  }
}

TEST(ReleaseSafety, WhatAKilledProcessLeftIsRemovedByTheNext) {
  const TemporaryDirectory directory;
  stopped_while_writing(directory, SIGKILL);
  ASSERT_TRUE(has_staging(directory.path("out")));
  const Job job("C");
  ASSERT_EQ(run_binary({"anonymize", job.path, "--output", directory.path("out")}).exit_code, 0);
  EXPECT_FALSE(has_staging(directory.path("out")));
}

}  // namespace
}  // namespace throng
