// Plans: the classes of an earlier recoding, applied to the next records of the same quasi-identifiers.
#pragma once

#include <vector>

#include "throng/local/local.hpp"

namespace throng {

/// A class as it was planned: its node and its generalized tuple, per QI in file order.
struct PlannedClass {
  Node levels;
  std::vector<Code> values;  ///< number of the value at its level
};

/// How far the records have moved away from a plan.
struct PlanDrift {
  Count planned = 0;  ///< classes of the plan
  Count kept = 0;     ///< of these, classes that hold: they have at least k records again
  Count fitting = 0;  ///< records below at least one planned class
  Count recoded = 0;  ///< records released in a class that was not planned
};

struct PlannedResult {
  LocalResult result;
  PlanDrift drift;
};

/// *Collective.* Recodes `problem` by the classes of a plan: each record goes to the cheapest planned class
/// it fits, as long as that class gets k records (missing ones are borrowed where it pays); only what remains
/// is recoded anew, and no planned class that holds is given up for it. With a plan of no class: the greedy
/// start of recode_locally(). Nothing of the plan is trusted but the values of its cells: sizes are counted
/// again. `options.max_levels` is not read. Errors: as recode_locally(); usage_error for a planned level that
/// `options.levels` does not allow.
PlannedResult apply_plan(const Problem& problem, const std::vector<PlannedClass>& plan,
                         const LocalOptions& options, Communicator& communicator);

}  // namespace throng
