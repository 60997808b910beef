// A strategy at work: one node for all records, or a node per record.
#pragma once

#include <optional>

#include "throng/app/job.hpp"
#include "throng/local/plan.hpp"
#include "throng/search/search.hpp"

namespace throng {

struct Solved {
  SearchResult result;  ///< of a local recoding: a solution without levels
  std::optional<LocalResult> local;
  std::optional<PlanDrift> drift;  ///< of a plan that was applied
};

/// What only local recoding takes.
struct LocalChoice {
  unsigned max_levels = 0;                          ///< per column; 0 = any number
  std::vector<std::vector<Level>> levels;           ///< allowed per QI; empty: all
  const std::vector<PlannedClass>* plan = nullptr;  ///< to be applied
};

/// The choice a job makes. Errors: usage_error for levels that a column has not, or that the strategy cannot
/// keep.
LocalChoice local_choice(const Job& job, const Problem& problem);

/// *Collective.* Errors: as the strategy.
Solved solve(const Problem& problem, const SearchOptions& options, const LocalChoice& choice,
             Communicator& communicator);

}  // namespace throng
