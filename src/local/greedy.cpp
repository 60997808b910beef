// Raises the price step by step and opens, cheapest first, every cell that can be afforded at it.
#include "local/greedy.hpp"

#include <algorithm>

#include "local/affordable.hpp"
#include "local/move.hpp"

namespace throng::local {

namespace {

/// The least cost above zero of a cell.
Cost least_cost(const CellSpace& space) {
  Cost least = space.suppressed_cost();
  for (std::size_t a = 0; a < space.num_axes(); ++a)
    for (const Cost cost : space.axis(a).cost)
      if (cost > 0) least = std::min(least, cost);
  return std::max<Cost>(1, least);
}

/// Opens what can be afforded at `limit` per released record.
void open_up_to(Recoding& recoding, MoveEvaluator& evaluator, Cost limit, const GreedyOptions& options) {
  const CellSpace& space = recoding.space();
  AffordableCells cells(recoding);
  cells.disturb(options.seed);
  cells.limit_branches(options.branches);
  TupleSet members;
  for (const AffordableCell& candidate : cells.find(limit, options.num_threads)) {
    if (options.is_over()) return;
    space.members(candidate.cell, members);
    Count released = 0;
    members.for_each([&](Tuple t) { released += recoding.count(t, kSuppressedClass); });
    const Cost cost = space.cost(candidate.cell);
    const auto k = static_cast<Cost>(recoding.k());
    if (released == 0 || cost * k > limit * std::min<Cost>(k, static_cast<Cost>(released))) continue;
    const Cost gained = evaluator.gain(candidate.cell, cost, members);
    const Cost price = space.suppressed_cost() * static_cast<Cost>(released) - gained;
    if (gained > 0 && price <= limit * static_cast<Cost>(released))
      make_move(recoding, evaluator, candidate.cell, false);
  }
}

}  // namespace

void open_greedily(Recoding& recoding, const GreedyOptions& options) {
  MoveEvaluator evaluator(recoding);
  evaluator.keep_classes(options.kept_end);
  const Cost most = recoding.space().suppressed_cost();
  open_up_to(recoding, evaluator, 0, options);
  for (Cost limit = least_cost(recoding.space()); limit < most && recoding.suppressed() > 0;
       limit = limit * options.percent / 100 + 1) {
    if (options.is_over()) return;
    open_up_to(recoding, evaluator, limit, options);
  }
  open_up_to(recoding, evaluator, most, options);
}

}  // namespace throng::local
