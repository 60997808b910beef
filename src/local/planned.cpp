// Starts a recoding from the cells of a plan.
//
// Idea: planned cells are filled in the order of their cost with the records that are still free; a cell that
// gets fewer than k passes them on to the next planned cell above them. Then the cells that failed try again
// with borrowed records, and what is still free is recoded greedily. Invariant: a cell once opened keeps k
// records; it may lend what it has above. Cost: the tuples below the planned cells, then as greedy.
#include <algorithm>
#include <iterator>

#include "local/greedy.hpp"
#include "local/move.hpp"
#include "local/start.hpp"
#include "throng/core/error.hpp"

namespace throng::local {

namespace {

Value planned_value(const CellAxis& axis, const Hierarchy& hierarchy, Level level, Code value) {
  const auto at = std::ranges::find(axis.levels, level);
  if (at == axis.levels.end())
    throw usage_error("the plan uses level " + std::to_string(level) + " of quasi-identifier " +
                          std::to_string(axis.qi + 1) + ", which is not allowed",
                      "make a plan with the levels of this job");
  return axis.at[static_cast<std::size_t>(at - axis.levels.begin())][hierarchy.first_leaf[level][value]];
}

/// All free records below the cell, when they are k.
void fill(Recoding& recoding, const Cell& cell, TupleSet& members) {
  recoding.space().members(cell, members);
  std::vector<Transfer> transfers;
  Count free = 0;
  members.for_each([&](Tuple t) {
    const Weight count = recoding.count(t, kSuppressedClass);
    if (count == 0) return;
    transfers.push_back({t, kSuppressedClass, recoding.num_ids(), count});
    free += count;
  });
  if (free < recoding.k()) return;
  recoding.open(cell);
  recoding.apply(transfers);
}

}  // namespace

std::vector<Cell> planned_cells(const Problem& problem, const CellSpace& space,
                                const std::vector<PlannedClass>& plan) {
  std::vector<std::pair<Cost, Cell>> cells;
  for (const PlannedClass& each : plan) {
    Cell cell;
    for (std::size_t a = 0; a < space.num_axes(); ++a) {
      const std::size_t qi = space.axis(a).qi;
      cell.push_back(
          planned_value(space.axis(a), problem.lattice.axes[qi].hierarchy, each.levels[qi], each.values[qi]));
    }
    cells.emplace_back(space.cost(cell), cell);
  }
  std::ranges::sort(cells);
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  std::vector<Cell> sorted;
  for (auto& [cost, cell] : cells) sorted.push_back(std::move(cell));
  return sorted;
}

void start_from_plan(Recoding& recoding, const std::vector<Cell>& plan, StartRules rules, int num_threads) {
  TupleSet members;
  for (const Cell& cell : plan) fill(recoding, cell, members);
  MoveEvaluator evaluator(recoding);
  evaluator.keep_classes(~ClassId{0});
  for (const Cell& cell : plan)
    if (recoding.find(cell) == kSuppressedClass) make_move(recoding, evaluator, cell, false);
  rules.kept_end = recoding.num_ids();
  start_greedily(recoding, rules, num_threads);
}

PlanDrift drift_of(const Recoding& recoding, const std::vector<Cell>& plan) {
  const CellSpace& space = recoding.space();
  PlanDrift drift;
  std::vector<char> is_fitting(space.num_tuples(), 0);
  std::vector<char> is_planned(recoding.num_ids(), 0);
  is_planned[kSuppressedClass] = 1;
  TupleSet members;
  for (const Cell& cell : plan) {
    space.members(cell, members);
    members.for_each([&](Tuple t) { is_fitting[t] = 1; });
    const ClassId id = recoding.find(cell);
    if (id != kSuppressedClass) ++drift.kept;
    is_planned[id] = 1;
  }
  for (Tuple t = 0; t < space.num_tuples(); ++t)
    if (is_fitting[t] != 0) drift.fitting += space.weight(t);
  for (ClassId id = 0; id < recoding.num_ids(); ++id)
    if (is_planned[id] == 0) drift.recoded += recoding.of(id).size;
  drift.planned = plan.size();
  return drift;
}

}  // namespace throng::local
