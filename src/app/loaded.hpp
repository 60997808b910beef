// What every verb on a job starts from: the job, its table and the problem they state.
#pragma once

#include <memory>

#include "command_line.hpp"
#include "console.hpp"
#include "throng/core/communicator.hpp"
#include "throng/core/stop_request.hpp"
#include "throng/data/table.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

struct Loaded {
  Job job;
  int num_threads = 1;
  Table table;  ///< empty where the problem is enough: `search`, `frontier`, `audit` without files about
                ///< records
  Problem problem;
  std::shared_ptr<StopRequests> stop_requests;  ///< when the run can save its state
};

/// *Collective.* Reads the job of `command` and its input, whole on every rank or shared among them, and
/// checks that the job fits the records and is the same on all ranks. Errors: as the parts; the same on every
/// rank.
Loaded load(const Command& command, Communicator& communicator, const Console& console);

/// load_job() and apply_overrides().
Job job_of(const Command& command);

/// Reads `file`, a release made with `job`: its identifiers are gone and its delimiter is its own.
Table read_release(const Job& job, const std::string& file, int num_threads);

}  // namespace throng
