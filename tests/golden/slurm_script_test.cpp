// throng slurm-script: a shell can read what it prints, and a wrong job is found before it waits in a queue.
#include <gtest/gtest.h>

#include <cstdlib>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::kToy;
using test::run_binary;
using test::TemporaryDirectory;

TEST(SlurmScript, IsAShellScript) {
  const TemporaryDirectory directory;
  const auto result = run_binary({"slurm-script", "--config", kToy, "--verb", "audit", "--nodes", "2"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out.substr(0, result.out.find('\n')), "#!/usr/bin/env bash");
  EXPECT_NE(result.out.find("job='" + kToy + "'"), std::string::npos) << result.out;
  const std::string script = directory.write("run.sbatch", result.out);
  EXPECT_EQ(std::system(("bash -n '" + script + "'").c_str()), 0);
  EXPECT_EQ(run_binary({"slurm-script", kToy, "--verb", "audit", "--nodes", "2"}).out, result.out);
}

TEST(SlurmScript, AWrongJobIsFoundAtOnce) {
  const TemporaryDirectory directory;
  const std::string job = directory.write("cases.toml", "[input]\npath = \"cases.csv\"\n[privcy]\nk = 3\n");
  const auto result = run_binary({"slurm-script", job});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("privacy"), std::string::npos) << result.err;
  EXPECT_EQ(result.out, "");
  EXPECT_EQ(run_binary({"slurm-script", directory.path("none.toml")}).exit_code, 4);
  EXPECT_EQ(run_binary({"slurm-script", kToy, "--nodes", "two"}).exit_code, 2);
}

}  // namespace
}  // namespace throng
