// The two ways to enumerate combinations; both give the same figures where both are possible.
#pragma once

#include <functional>

#include "audit_state.hpp"
#include "throng/audit/audit.hpp"

namespace throng {

/// What one enumeration finds, complete on every rank, unless it was stopped.
struct Enumeration {
  AuditState found;
  std::optional<AuditArrays> arrays;
  bool is_stopped = false;
};

/// *Collective.* All 2^d - 1 combinations by the lattice transform.
Enumeration enumerate_all(const Problem& problem, const AuditOptions& options, Communicator& communicator);

/// *Collective.* The combinations of up to options.max_size quasi-identifiers, one by one.
Enumeration enumerate_up_to_size(const Problem& problem, const AuditOptions& options,
                                 Communicator& communicator);

/// How one of them works: visit() does a task, take() hands out what this rank found since it was last asked.
struct TaskWork {
  std::function<void(std::uint64_t task, int worker)> visit;
  std::function<AuditState()> take;  ///< *collective* when there are pieces to be kept
};

/// *Collective.* Does the tasks of `facts` that are open at first, or in the checkpoint to go on from, and
/// saves on the way. Errors: as the checkpointing; data_error when its state is of another audit.
Enumeration do_tasks(const AuditFacts& facts, const AuditOptions& options, Communicator& communicator,
                     const TaskWork& work);

}  // namespace throng
