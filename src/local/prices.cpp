// Walks groups of tuples axis by axis, as the cells they may share grow dearer, and lowers prices that are
// too high.
#include "local/prices.hpp"

#include <algorithm>
#include <numeric>

namespace throng::local {

namespace {
constexpr int kMostLowerings = 8;
}  // namespace

Prices::Prices(const CellSpace& space, Count k)
    : space_(&space), k_(k), prices_(space.num_tuples(), 0), groups_(space.num_axes()) {}

Cost Prices::total() const {
  Cost sum = 0;
  for (Tuple t = 0; t < space_->num_tuples(); ++t) sum += prices_[t] * static_cast<Cost>(space_->weight(t));
  return sum;
}

Cost Prices::excess(std::span<const Tuple> group, Cost cost) {
  Count records = 0;
  Cost most = 0;
  for (const Tuple t : group) {
    records += space_->weight(t);
    most = std::max(most, prices_[t]);
  }
  work_ += group.size();
  if (records < k_ || most <= cost) return 0;
  dearest_.clear();
  for (const Tuple t : group) dearest_.emplace_back(prices_[t], t);
  // Each tuple is at least one record: the first k tuples are enough.
  const auto is_dearer = [](const auto& x, const auto& y) {
    return x.first != y.first ? x.first > y.first : x.second < y.second;
  };
  if (dearest_.size() > k_) {
    std::nth_element(dearest_.begin(), dearest_.begin() + static_cast<std::ptrdiff_t>(k_), dearest_.end(),
                     is_dearer);
    dearest_.resize(k_);
  }
  std::sort(dearest_.begin(), dearest_.end(), is_dearer);
  Count left = k_;
  Cost sum = 0;
  std::size_t used = 0;
  for (; left > 0; ++used) {
    const Count count = std::min<Count>(left, space_->weight(dearest_[used].second));
    sum += dearest_[used].first * static_cast<Cost>(count);
    left -= count;
  }
  dearest_.resize(used);
  return sum - cost * static_cast<Cost>(k_);
}

/// Lowers the dearest records alike, none below 0: a frequent tuple with a negative price would cost much. A
/// tuple whose records are not all among them counts with those that are.
void Prices::lower(Cost excess) {
  Count left = k_;
  Count dear = 0;
  for (const auto& [price, t] : dearest_) {
    const Count count = std::min<Count>(left, space_->weight(t));
    if (price > 0) dear += count;
    left -= count;
  }
  const auto records = static_cast<Cost>(dear);
  const Cost each = (excess + records - 1) / records;
  for (const auto& [price, t] : dearest_) prices_[t] = std::max(std::min<Cost>(price, 0), price - each);
}

/// By counting where the group is not much smaller than the domain. The order within a leaf does not matter.
void Prices::sort_by_leaf(std::size_t a, std::span<const Tuple> group, std::vector<Tuple>& sorted) {
  sorted.assign(group.begin(), group.end());
  const std::size_t num_leaves = space_->axis(a).chain.size();
  if (group.size() * 4 < num_leaves) {
    std::ranges::sort(sorted, {}, [&](Tuple t) { return space_->leaf(t, a); });
    return;
  }
  next_of_leaf_.assign(num_leaves + 1, 0);
  for (const Tuple t : group) ++next_of_leaf_[space_->leaf(t, a) + 1];
  std::partial_sum(next_of_leaf_.begin(), next_of_leaf_.end(), next_of_leaf_.begin());
  for (const Tuple t : group) sorted[next_of_leaf_[space_->leaf(t, a)]++] = t;
}

void Prices::enter(std::size_t a, std::span<const Tuple> group, Cost cost) {
  if ((++visits_ & 0xfff) == 0 && (*is_over_)()) is_stopped_ = true;
  if (is_stopped_) return;
  Cost over = excess(group, cost);
  if (over <= 0) return;
  if (a == space_->num_axes()) {
    // Lowering may bring other records among the dearest; a large group whose prices are all too high is
    // brought down at once.
    for (int times = 0; over > 0; over = excess(group, cost)) {
      if (++times <= kMostLowerings) {
        lower(over);
        continue;
      }
      for (const Tuple t : group) prices_[t] = std::min(prices_[t], cost);
    }
    return;
  }
  std::vector<Tuple>& sorted = groups_[a];
  sort_by_leaf(a, group, sorted);
  const CellAxis& axis = space_->axis(a);
  for (std::size_t l = 0; l < axis.at.size(); ++l)
    for (std::size_t begin = 0, end = 0; begin < sorted.size(); begin = end) {
      const Code leaf = space_->leaf(sorted[begin], a);
      const Value v = axis.at[l][leaf];
      while (end < sorted.size() && axis.at[l][space_->leaf(sorted[end], a)] == v) ++end;
      if (l > 0 && axis.at[l - 1][leaf] == v) continue;  // the same cells as one level below
      enter(a + 1, std::span<const Tuple>(sorted).subspan(begin, end - begin), cost + axis.cost[v]);
    }
}

bool Prices::make_valid(const std::function<bool()>& is_over) {
  is_over_ = &is_over;
  is_stopped_ = false;
  for (Cost& price : prices_) price = std::min(price, space_->suppressed_cost());
  std::vector<Tuple> all(space_->num_tuples());
  std::iota(all.begin(), all.end(), Tuple{0});
  enter(0, all, 0);
  return !is_stopped_;
}

}  // namespace throng::local
