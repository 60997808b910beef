// The starts of a recoding: greedy, from median cuts, or from the cells of a plan.
#pragma once

#include <functional>

#include "local/recoding.hpp"
#include "throng/local/plan.hpp"

namespace throng::local {

/// True when all affordable cells of the space are listed: its lattice is small enough.
bool is_walked_wholly(const CellSpace& space);

/// When a start may stop, and what it may not touch.
struct StartRules {
  std::function<bool()> is_over;  ///< time is up: no further greedy step
  ClassId kept_end = 0;           ///< classes with a number below it are not given up
};

/// Opens classes greedily; of a large lattice what stays suppressed is split from the top down.
void start_greedily(Recoding& recoding, const StartRules& rules, int num_threads);

/// Opens the classes of median cuts. Nothing may be open yet.
void start_from_cuts(Recoding& recoding);

/// The cells of a plan, cheapest first, none twice. Errors: usage_error for a level that is not allowed.
std::vector<Cell> planned_cells(const Problem& problem, const CellSpace& space,
                                const std::vector<PlannedClass>& plan);

/// Opens the planned cells that get k records, then others greedily for what is left; no planned class is
/// given up for them.
void start_from_plan(Recoding& recoding, const std::vector<Cell>& plan, StartRules rules, int num_threads);

/// Counts what `recoding` owes to the plan.
PlanDrift drift_of(const Recoding& recoding, const std::vector<Cell>& plan);

/// Suppressed records that the limit does not allow are released where it costs least, at any loss.
void keep_limit(Recoding& recoding, Count max_suppressed);

}  // namespace throng::local
