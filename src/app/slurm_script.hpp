// The batch script that runs one job under Slurm.
#pragma once

#include <cstdint>
#include <string>

namespace throng {

/// What a script asks of the cluster, and what it runs there.
struct SlurmRequest {
  std::string binary;              ///< absolute path of the program
  std::string job;                 ///< absolute path of the job file
  std::string name;                ///< of the job in the queue
  std::string verb = "anonymize";  ///< search, anonymize or audit
  std::string time = "01:00:00";   ///< as sbatch --time takes it
  std::uint64_t num_nodes = 1;
  std::uint64_t ranks_per_node = 1;
  std::uint64_t threads_per_rank = 1;
  bool is_saved = true;        ///< the state is saved before the time limit, and the job goes on from it
  std::string checkpoints;     ///< directory of the state; empty = one per job of the queue
  std::string interval;        ///< seconds between two saves; empty = the program's default
  std::uint64_t margin = 120;  ///< seconds before the time limit at which the state is saved
};

/// The text of the script. Errors: usage_error for a verb that is not run on clusters, a time Slurm does not
/// take, a count of 0, a margin Slurm does not take, and a line end in a path.
std::string slurm_script(const SlurmRequest& request);

/// `text` as one word of a shell, whatever it holds.
std::string shell_quoted(const std::string& text);

}  // namespace throng
