// Writes the batch script; every line that looks odd in it answers to a way in which jobs get lost.
#include "slurm_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "throng/core/error.hpp"

namespace throng {

namespace {

constexpr std::array<const char*, 3> kVerbs = {"search", "anonymize", "audit"};
constexpr std::uint64_t kMaxCount = 1 << 20;
constexpr std::uint64_t kMaxMargin = 65535;  // of Slurm

constexpr const char* kTemplate = R"(#!/usr/bin/env bash
# throng {verb} of {comment}. Submit it with sbatch.
#SBATCH --job-name={name}
#SBATCH --nodes={nodes}
#SBATCH --ntasks-per-node={ranks}
#SBATCH --cpus-per-task={threads}
#SBATCH --time={time}
#SBATCH --output={name}-%j.log
#SBATCH --open-mode=append
#SBATCH --requeue
{signal}set -u
throng={binary}
job={job}

# The threads of a rank share its processors; files are written by OMPIO, which reports a full disk.
export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_io=ompio
srun --mpi=pmix --cpus-per-task={threads} "$throng" {verb} "$job" --threads {threads} --json{saving}
rc=$?
{requeue}exit "$rc"
)";

constexpr const char* kRequeue =
    R"(# Stopped by the signal with its state saved: the same job again, which goes on from there.
if [ "$rc" -eq 75 ]; then scontrol requeue "$SLURM_JOB_ID"; fi
)";

void require_count(std::uint64_t count, const char* option) {
  if (count >= 1 && count <= kMaxCount) return;
  throw usage_error(fmt::format("option {} is {}", option, count),
                    fmt::format("give a whole number from 1 to {}", kMaxCount));
}

/// Slurm takes minutes, minutes:seconds, hours:minutes:seconds, and the like after `days-`.
void require_time(const std::string& time) {
  const std::size_t dash = time.find('-');
  const std::string clock = dash == std::string::npos ? time : time.substr(dash + 1);
  const auto is_number = [](const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  };
  bool is_good = dash == std::string::npos || is_number(time.substr(0, dash));
  std::size_t begin = 0;
  for (std::size_t colon = 0; colon != std::string::npos; begin = colon + 1) {
    colon = clock.find(':', begin);
    is_good = is_good && is_number(clock.substr(begin, colon - begin));
  }
  if (is_good && std::ranges::count(clock, ':') <= 2) return;
  throw usage_error(fmt::format("option --time `{}` is not a time", time),
                    "give minutes, hours:minutes:seconds or days-hours:minutes:seconds");
}

void require_verb(const std::string& verb) {
  if (std::ranges::find(kVerbs, verb) != kVerbs.end()) return;
  throw usage_error(fmt::format("option --verb `{}` does not share its work among ranks", verb),
                    "give search, anonymize or audit");
}

void require_one_line(const std::string& path) {
  if (path.find_first_of("\n\r") != std::string::npos)
    throw usage_error("the path of the job file or of throng holds a line end", "rename the file");
}

/// Slurm reads the name up to the first blank and replaces % in names of files.
std::string queue_name(const std::string& name) {
  std::string result = name;
  for (char& byte : result) {
    const bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                          (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '_' || byte == '.';
    if (!is_plain) byte = '_';
  }
  return result;
}

/// To the steps of the job, not to its batch script ("B:"), which would not pass it on.
std::string signal_of(const SlurmRequest& request) {
  return request.is_saved ? fmt::format("#SBATCH --signal=USR1@{}\n", request.margin) : "";
}

std::string saving_of(const SlurmRequest& request) {
  if (!request.is_saved) return "";
  std::string text = " \\\n  --resume auto --checkpoint-dir ";
  text += request.checkpoints.empty()
              ? fmt::format("\"{}-checkpoint-$SLURM_JOB_ID\"", queue_name("throng-" + request.name))
              : shell_quoted(request.checkpoints);
  if (!request.interval.empty()) text += " --checkpoint-interval " + shell_quoted(request.interval);
  return text;
}

}  // namespace

std::string shell_quoted(const std::string& text) {
  std::string quoted = "'";
  for (const char byte : text) {
    if (byte == '\'')
      quoted += "'\\''";
    else
      quoted += byte;
  }
  return quoted + '\'';
}

std::string slurm_script(const SlurmRequest& request) {
  require_verb(request.verb);
  require_time(request.time);
  require_count(request.num_nodes, "--nodes");
  require_count(request.ranks_per_node, "--ranks");
  require_count(request.threads_per_rank, "--threads");
  require_one_line(request.binary);
  require_one_line(request.job);
  require_one_line(request.checkpoints);
  if (request.margin > kMaxMargin)
    throw usage_error(fmt::format("option --margin is {}", request.margin),
                      fmt::format("give a whole number of seconds up to {}", kMaxMargin));
  return fmt::format(kTemplate, fmt::arg("verb", request.verb), fmt::arg("comment", request.job),
                     fmt::arg("name", queue_name("throng-" + request.verb + '-' + request.name)),
                     fmt::arg("nodes", request.num_nodes), fmt::arg("ranks", request.ranks_per_node),
                     fmt::arg("threads", request.threads_per_rank), fmt::arg("time", request.time),
                     fmt::arg("binary", shell_quoted(request.binary)),
                     fmt::arg("job", shell_quoted(request.job)), fmt::arg("signal", signal_of(request)),
                     fmt::arg("saving", saving_of(request)),
                     fmt::arg("requeue", request.is_saved ? kRequeue : ""));
}

}  // namespace throng
