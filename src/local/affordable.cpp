// Walks the groups of suppressed tuples; the groups of the first axis are shared among the threads.
#include "local/affordable.hpp"

#include <algorithm>

#include "throng/core/hash.hpp"
#include "throng/core/parallel.hpp"

namespace throng::local {

AffordableCells::AffordableCells(const Recoding& recoding) : recoding_(&recoding) {}

Cost AffordableCells::price(Cost cost, Count records) const {
  const Count k = recoding_->k();
  if (records >= k) return cost;
  const auto few = static_cast<Cost>(records);
  return (cost * static_cast<Cost>(k) + few - 1) / few;
}

Cost AffordableCells::disturbed(Cost price, const Cell& cell) const {
  if (seed_ == 0) return price;
  std::uint64_t hash = seed_;
  for (const Value v : cell) hash = mix(hash ^ v);
  return price + static_cast<Cost>(scale_to(hash, static_cast<std::uint64_t>(price / 4 + 1)));
}

Count AffordableCells::records(std::span<const Tuple> group) const {
  Count sum = 0;
  for (const Tuple t : group) sum += recoding_->count(t, kSuppressedClass);
  return sum;
}

void AffordableCells::sort_by_leaf(std::size_t a, std::vector<Tuple>& group) const {
  const CellSpace& space = recoding_->space();
  std::ranges::sort(group, [&](Tuple x, Tuple y) {
    const Code p = space.leaf(x, a);
    const Code q = space.leaf(y, a);
    return p != q ? p < q : x < y;
  });
}

std::vector<AffordableCells::Run> AffordableCells::runs(std::size_t a, std::span<const Tuple> group,
                                                        Cost cost) const {
  const CellSpace& space = recoding_->space();
  const CellAxis& axis = space.axis(a);
  std::vector<Run> runs;
  for (std::size_t l = 0; l < axis.at.size(); ++l)
    for (std::size_t begin = 0, end = 0; begin < group.size(); begin = end) {
      const Code leaf = space.leaf(group[begin], a);
      const Value v = axis.at[l][leaf];
      while (end < group.size() && axis.at[l][space.leaf(group[end], a)] == v) ++end;
      if (l > 0 && axis.at[l - 1][leaf] == v) continue;  // the same cells as one level below
      const Count size = records(group.subspan(begin, end - begin));
      if (price(cost + axis.cost[v], size) <= limit_) runs.push_back({v, begin, end, l});
    }
  return runs;
}

void AffordableCells::enter(std::size_t a, std::span<const Tuple> group, Cost cost, double branches,
                            Worker& worker) const {
  if (a == recoding_->space().num_axes()) {
    worker.found.push_back({disturbed(price(cost, records(group)), worker.cell), worker.cell});
    return;
  }
  std::vector<Tuple>& sorted = worker.groups[a];
  sorted.assign(group.begin(), group.end());
  sort_by_leaf(a, sorted);
  const std::vector<Run> affordable = runs(a, sorted, cost);
  const double share = branches / static_cast<double>(std::max<std::size_t>(1, affordable.size()));
  for (const Run& run : affordable) {
    if (share < 1 && run.level > affordable.front().level) return;
    worker.cell[a] = run.value;
    enter(a + 1, std::span<const Tuple>(sorted).subspan(run.begin, run.end - run.begin),
          cost + recoding_->space().axis(a).cost[run.value], share, worker);
  }
}

std::vector<AffordableCell> AffordableCells::find(Cost limit, int num_threads) {
  limit_ = limit;
  const CellSpace& space = recoding_->space();
  std::vector<Tuple> all = recoding_->of(kSuppressedClass).tuples;
  sort_by_leaf(0, all);
  const std::vector<Run> tasks = runs(0, all, 0);
  std::vector<Worker> workers(static_cast<std::size_t>(num_threads));
  for (Worker& worker : workers) {
    worker.groups.resize(space.num_axes());
    worker.cell.resize(space.num_axes());
  }
  parallel_for(num_threads, tasks.size(), [&](std::size_t i, int w) {
    Worker& worker = workers[static_cast<std::size_t>(w)];
    const Run& run = tasks[i];
    worker.cell[0] = run.value;
    enter(1, std::span<const Tuple>(all).subspan(run.begin, run.end - run.begin),
          space.axis(0).cost[run.value], branches_ / static_cast<double>(tasks.size()), worker);
  });
  std::vector<AffordableCell> found;
  for (Worker& worker : workers) std::ranges::move(worker.found, std::back_inserter(found));
  std::ranges::sort(found, [](const AffordableCell& x, const AffordableCell& y) {
    return x.price != y.price ? x.price < y.price : x.cell < y.cell;
  });
  return found;
}

}  // namespace throng::local
