// Releases suppressed records that may not stay suppressed.
//
// Idea: cells that a record shares with open classes are tried, each with the records it must borrow to have
// k; the one that loses least is taken. Cost: classes times the suppressed records above the limit.
#include <algorithm>
#include <optional>

#include "local/move.hpp"
#include "local/start.hpp"

namespace throng::local {

namespace {

constexpr std::size_t kMostJoins = 512;  // that are planned for one tuple
constexpr Count kMostSearched = 256;     // suppressed records; more are released at the coarsest cell

/// The finest cell above tuple t and the class; nothing when there is none.
std::optional<Cell> join(const CellSpace& space, Tuple t, const OpenClass& each) {
  Cell joined;
  for (std::size_t a = 0; a < space.num_axes(); ++a) {
    const std::vector<Value>& chain = space.chain(t, a);
    const std::vector<Value>& other = space.chain(each.tuples.front(), a);
    const auto above = std::ranges::find(other, each.cell[a]);
    const auto common = std::find_first_of(chain.begin(), chain.end(), above, other.end());
    if (common == chain.end()) return std::nullopt;
    joined.push_back(*common);
  }
  return joined;
}

/// The cheapest joins of the tuple with open classes, by cost.
std::vector<std::pair<Cost, Cell>> joins(const Recoding& recoding, Tuple t) {
  const CellSpace& space = recoding.space();
  std::vector<std::pair<Cost, Cell>> found;
  for (ClassId id = 1; id < recoding.num_ids(); ++id) {
    if (recoding.of(id).size == 0) continue;
    if (const std::optional<Cell> cell = join(space, t, recoding.of(id)))
      found.emplace_back(space.cost(*cell), *cell);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  found.resize(std::min(found.size(), kMostJoins));
  return found;
}

/// The join at which the tuple's suppressed records are released at the least loss; else the coarsest cell.
Cell cheapest_release(const Recoding& recoding, MoveEvaluator& evaluator, Tuple t) {
  Cell best = recoding.space().top(t);
  std::optional<Cost> least;
  TupleSet members;
  for (const auto& [cost, cell] : joins(recoding, t)) {
    recoding.space().members(cell, members);
    const std::optional<Cost> added = evaluator.plan_release(cell, cost, members);
    if (!added || (least && *least <= *added)) continue;
    least = added;
    best = cell;
  }
  return best;
}

}  // namespace

void keep_limit(Recoding& recoding, Count max_suppressed) {
  MoveEvaluator evaluator(recoding);
  while (recoding.suppressed() > max_suppressed) {
    const Tuple t = recoding.of(kSuppressedClass).tuples.front();
    const bool is_searched = recoding.suppressed() <= kMostSearched;
    const Cell cell = is_searched ? cheapest_release(recoding, evaluator, t) : recoding.space().top(t);
    if (!make_move(recoding, evaluator, cell, true)) return;
  }
}

}  // namespace throng::local
