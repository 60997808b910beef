// The batch script: what it asks for, what it refuses, and that no path can break out of its quotes.
#include "app/slurm_script.hpp"

#include <gtest/gtest.h>

#include "throng/core/error.hpp"

namespace throng {
namespace {

SlurmRequest request() {
  SlurmRequest result;
  result.binary = "/opt/throng/bin/throng";
  result.job = "/home/x/cases.toml";
  result.name = "cases";
  return result;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string refusal(const SlurmRequest& wrong) {
  try {
    static_cast<void>(slurm_script(wrong));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    return error.what();
  }
  return "accepted";
}

TEST(SlurmScript, AsksForWhatIsWanted) {
  SlurmRequest wanted = request();
  wanted.verb = "audit";
  wanted.time = "1-12:00:00";
  wanted.num_nodes = 3;
  wanted.ranks_per_node = 2;
  wanted.threads_per_rank = 16;
  const std::string script = slurm_script(wanted);
  for (const char* line :
       {"#SBATCH --job-name=throng-audit-cases\n", "#SBATCH --nodes=3\n", "#SBATCH --ntasks-per-node=2\n",
        "#SBATCH --cpus-per-task=16\n", "#SBATCH --time=1-12:00:00\n", "#SBATCH --requeue\n",
        "#SBATCH --open-mode=append\n", "throng='/opt/throng/bin/throng'\n", "job='/home/x/cases.toml'\n",
        "--cpus-per-task=16 \"$throng\" audit \"$job\" --threads 16"})
    EXPECT_TRUE(holds(script, line)) << line << script;
}

TEST(SlurmScript, TheExitCodeIsThePrograms) {
  const std::string script = slurm_script(request());
  const std::size_t run = script.find("\nsrun ");
  ASSERT_NE(run, std::string::npos);
  const std::size_t kept = script.find("\nrc=$?\n", run);
  EXPECT_EQ(kept, script.find('\n', script.find("--checkpoint-dir", run)))
      << "something runs before it is kept";
  EXPECT_TRUE(script.ends_with("\nexit \"$rc\"\n"));
  EXPECT_TRUE(holds(script, "OMPI_MCA_io=ompio"));
}

TEST(SlurmScript, SavesItsStateAndRequeues) {
  SlurmRequest wanted = request();
  wanted.margin = 300;
  wanted.interval = "60";
  const std::string script = slurm_script(wanted);
  EXPECT_TRUE(holds(script, "#SBATCH --signal=USR1@300\n")) << script;
  EXPECT_TRUE(holds(script, "--resume auto --checkpoint-dir \"throng-cases-checkpoint-$SLURM_JOB_ID\""));
  EXPECT_TRUE(holds(script, "--checkpoint-interval '60'\nrc=$?\n"));
  EXPECT_TRUE(holds(script, "if [ \"$rc\" -eq 75 ]; then scontrol requeue \"$SLURM_JOB_ID\"; fi\nexit"));
  wanted.checkpoints = "/scratch/it's here";
  EXPECT_TRUE(holds(slurm_script(wanted), "--checkpoint-dir '/scratch/it'\\''s here'"));
  wanted.margin = 70000;
  EXPECT_TRUE(holds(refusal(wanted), "--margin is 70000"));
}

TEST(SlurmScript, WithoutAStateNoSignalEndsIt) {
  SlurmRequest wanted = request();
  wanted.is_saved = false;
  const std::string script = slurm_script(wanted);
  for (const char* part : {"--signal", "checkpoint", "75"}) EXPECT_FALSE(holds(script, part)) << part;
}

TEST(SlurmScript, TimesAsSlurmTakesThem) {
  for (const char* time : {"5", "5:00", "01:00:00", "2-0", "2-12:30", "2-12:30:15"}) {
    SlurmRequest wanted = request();
    wanted.time = time;
    EXPECT_TRUE(holds(slurm_script(wanted), std::string("--time=") + time + "\n"));
  }
  for (const char* time : {"", "-1", "1:", ":1", "1:2:3:4", "1h", "2-", "1 hour", "1\n#SBATCH --nodes=9"}) {
    SlurmRequest wanted = request();
    wanted.time = time;
    EXPECT_TRUE(holds(refusal(wanted), "is not a time; give minutes, hours:minutes:seconds")) << time;
  }
}

TEST(SlurmScript, RefusesWhatCannotRun) {
  SlurmRequest verb = request();
  verb.verb = "describe";
  EXPECT_TRUE(holds(refusal(verb), "--verb `describe`"));
  SlurmRequest nodes = request();
  nodes.num_nodes = 0;
  EXPECT_TRUE(holds(refusal(nodes), "--nodes is 0"));
  SlurmRequest ranks = request();
  ranks.ranks_per_node = std::uint64_t{1} << 40;
  EXPECT_TRUE(holds(refusal(ranks), "--ranks is 1099511627776"));
  SlurmRequest threads = request();
  threads.threads_per_rank = 0;
  EXPECT_TRUE(holds(refusal(threads), "--threads is 0"));
  SlurmRequest path = request();
  path.job = "/x\n#SBATCH --nodes=9\n/job.toml";
  EXPECT_TRUE(holds(refusal(path), "holds a line end"));
}

TEST(SlurmScript, PathsStayOneWord) {
  EXPECT_EQ(shell_quoted("a b"), "'a b'");
  EXPECT_EQ(shell_quoted("it's $HOME `x`"), "'it'\\''s $HOME `x`'");
  SlurmRequest odd = request();
  odd.name = "my cases; rm -rf %j";
  EXPECT_TRUE(holds(slurm_script(odd), "--job-name=throng-anonymize-my_cases__rm_-rf__j\n"));
}

}  // namespace
}  // namespace throng
