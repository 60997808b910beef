// throng slurm-script: check the job, then print the batch script that runs it.
#include <filesystem>

#include "slurm_script.hpp"
#include "values.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

/// This very program: the one that is first in the PATH of a cluster's nodes may be another.
std::string own_path() {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "throng" : path.string();
}

SlurmRequest request_of(const Command& command) {
  const SlurmArguments& arguments = command.slurm;
  SlurmRequest request;
  const Job job = job_of(command);
  request.binary = own_path();
  request.job = std::filesystem::absolute(command.job).lexically_normal().string();
  request.name = job.name;
  request.verb = arguments.verb.value_or(request.verb);
  request.time = arguments.time.value_or(request.time);
  request.num_nodes = parse_whole(arguments.nodes, "option --nodes");
  request.ranks_per_node = parse_whole(arguments.ranks, "option --ranks");
  request.threads_per_rank = parse_whole(command.overrides.threads.value_or("1"), "option --threads");
  request.margin = parse_whole(arguments.margin, "option --margin");
  request.is_saved = request.verb == "audit" || job.strategy == StrategyKind::kOptimal;
  if (command.overrides.checkpoint_dir)
    request.checkpoints = std::filesystem::absolute(*command.overrides.checkpoint_dir).string();
  request.interval = command.overrides.checkpoint_interval.value_or("");
  return request;
}

}  // namespace

ExitCode run_slurm_script(const Command& command, Communicator& communicator, const Console& console) {
  std::string script;
  fail_together(communicator, [&] { script = slurm_script(request_of(command)); });
  console.print(script);
  return ExitCode::kPass;
}

}  // namespace throng
