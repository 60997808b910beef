// The verbs of the command line. *Collective*, all of them; Errors: as their parts, the same on every rank.
#pragma once

#include <cstdint>

#include "command_line.hpp"
#include "console.hpp"
#include "loaded.hpp"
#include "throng/core/communicator.hpp"
#include "throng/core/error.hpp"
#include "throng/proof/certificate.hpp"

namespace throng {

ExitCode run_search(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_anonymize(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_verify(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_verify_proof(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_audit(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_config(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_frontier(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_bench_verb(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_compare(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_report(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_describe(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_init(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_explain(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_merge(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_slurm_script(const Command& command, Communicator& communicator, const Console& console);
ExitCode run_generate(const Command& command, Communicator& communicator, const Console& console);

/// The job's search options; progress goes to `console`.
SearchOptions search_options(const Loaded& loaded, const Console& console);

/// The job as a proof sees it; `loaded` and `loss` must outlive it.
ProofTask proof_task(const Loaded& loaded, const LossModel& loss);
/// Draws how far a proof is on a terminal's status line; empty without one.
ProofProgress proof_watcher(const Console& console);

/// What a search takes.
struct Estimate {
  std::uint64_t bytes = 0;
  double seconds_at_most = 0;  ///< every node on its own; the search visits few
};
Estimate estimate_search(const Loaded& loaded);

/// --dry-run: sizes and estimates of `loaded`; nothing is written.
void print_estimate(const Loaded& loaded, const Command& command, const Console& console);

}  // namespace throng
