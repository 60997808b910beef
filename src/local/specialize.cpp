// Splits classes from the top down, depth first.
#include "local/specialize.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace throng::local {

namespace {

/// A class under way: `is_open[a]`: axis a may still be refined.
struct Part {
  Cell cell;
  std::vector<Tuple> tuples;
  std::vector<char> is_open;
};

class Specializer {
 public:
  explicit Specializer(Recoding& recoding) : recoding_(&recoding), space_(&recoding.space()) {}

  void run(Part all) {
    std::vector<Part> stack{std::move(all)};
    while (!stack.empty()) {
      Part part = std::move(stack.back());
      stack.pop_back();
      if (!split_best(part, stack)) release(part);
    }
  }

 private:
  using Groups = std::map<Value, std::vector<Tuple>>;

  [[nodiscard]] Count records(const std::vector<Tuple>& tuples) const {
    Count sum = 0;
    for (const Tuple t : tuples) sum += recoding_->count(t, kSuppressedClass);
    return sum;
  }

  /// The tuples by their next finer value of the axis; under the present value those that have none.
  [[nodiscard]] Groups groups(const Part& part, std::size_t a) const {
    Groups groups;
    for (const Tuple t : part.tuples) {
      const std::vector<Value>& chain = space_->chain(t, a);
      const auto at = std::ranges::find(chain, part.cell[a]);
      groups[at == chain.begin() ? *at : *(at - 1)].push_back(t);
    }
    return groups;
  }

  /// Leaves the groups that become classes; the rest is returned, empty or of at least k records.
  std::vector<Tuple> take_rest(Groups& groups, Value present) const {
    std::vector<Tuple> rest;
    const auto move_out = [&](Groups::iterator group) {
      rest.insert(rest.end(), group->second.begin(), group->second.end());
      return groups.erase(group);
    };
    for (auto group = groups.begin(); group != groups.end();)
      group = group->first == present || records(group->second) < recoding_->k() ? move_out(group)
                                                                                 : std::next(group);
    while (!rest.empty() && records(rest) < recoding_->k() && !groups.empty())
      move_out(std::ranges::min_element(groups, {}, [&](const auto& g) { return records(g.second); }));
    std::ranges::sort(rest);
    return rest;
  }

  [[nodiscard]] Cost gain(const Part& part, std::size_t a) const {
    Groups split = groups(part, a);
    take_rest(split, part.cell[a]);
    const std::vector<Cost>& cost = space_->axis(a).cost;
    Cost gain = 0;
    for (const auto& [value, tuples] : split)
      gain += (cost[part.cell[a]] - cost[value]) * static_cast<Cost>(records(tuples));
    return gain;
  }

  /// Splits along the axis that gains most; false when none gains anything.
  bool split_best(Part& part, std::vector<Part>& stack) const {
    Cost best = 0;
    std::size_t axis = 0;
    for (std::size_t a = 0; a < part.cell.size(); ++a) {
      if (part.is_open[a] == 0) continue;
      const Cost gained = gain(part, a);
      if (gained == 0) part.is_open[a] = 0;  // neither does any part of this class gain
      if (gained > best) {
        best = gained;
        axis = a;
      }
    }
    if (best == 0) return false;
    Groups split = groups(part, axis);
    std::vector<Tuple> rest = take_rest(split, part.cell[axis]);
    for (auto& [value, tuples] : split) {
      Part& child = stack.emplace_back(Part{part.cell, std::move(tuples), part.is_open});
      child.cell[axis] = value;
    }
    if (rest.empty()) return true;
    Part& stayed = stack.emplace_back(Part{part.cell, std::move(rest), part.is_open});
    stayed.is_open[axis] = 0;
    return true;
  }

  void release(const Part& part) {
    const ClassId found = recoding_->find(part.cell);
    const ClassId id = found == kSuppressedClass ? recoding_->open(part.cell) : found;
    std::vector<Transfer> transfers;
    for (const Tuple t : part.tuples)
      transfers.push_back({t, kSuppressedClass, id, recoding_->count(t, kSuppressedClass)});
    recoding_->apply(transfers);
  }

  Recoding* recoding_;
  const CellSpace* space_;
};

}  // namespace

void specialize(Recoding& recoding) {
  const CellSpace& space = recoding.space();
  const std::vector<Tuple>& suppressed = recoding.of(kSuppressedClass).tuples;
  if (recoding.suppressed() < recoding.k()) return;
  const Part all{space.top(suppressed.front()), suppressed, std::vector<char>(space.num_axes(), 1)};
  for (const Tuple t : suppressed)
    if (space.top(t) != all.cell) return;
  Specializer(recoding).run(all);
}

}  // namespace throng::local
