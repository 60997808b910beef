// Raises all prices alike, lowers those that became invalid, keeps what proves more; steps get smaller.
#include "local/bound.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "local/prices.hpp"

namespace throng::local {

namespace {

constexpr Cost kFirstStep = kFullCost / 40;  // shared among the axes
constexpr Cost kDecay = 96;                  // percent of the step that is left after a round

std::size_t num_levels(const Problem& problem, const LevelSets& levels, std::size_t qi) {
  return levels.empty() ? problem.lattice.axes[qi].hierarchy.labels.size() : levels[qi].size();
}

}  // namespace

double num_nodes(const Problem& problem, const LevelSets& levels) {
  double nodes = 1;
  for (std::size_t qi = 0; qi < problem.lattice.num_axes(); ++qi)
    nodes *= static_cast<double>(num_levels(problem, levels, qi));
  return nodes;
}

std::vector<std::vector<std::size_t>> small_parts(const Problem& problem, const LevelSets& levels,
                                                  double most_nodes) {
  // Large domains are spread: each part begins with one of the largest that are left.
  std::vector<std::size_t> order(problem.lattice.num_axes());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return problem.lattice.axes[a].hierarchy.num_leaves() > problem.lattice.axes[b].hierarchy.num_leaves();
  });
  std::vector<std::vector<std::size_t>> parts;
  double nodes = 0;
  for (const std::size_t qi : order) {
    const auto of_qi = static_cast<double>(num_levels(problem, levels, qi));
    if (parts.empty() || nodes * of_qi > most_nodes) {
      parts.emplace_back();
      nodes = 1;
    }
    nodes *= of_qi;
    parts.back().push_back(qi);
  }
  for (auto& part : parts) std::ranges::sort(part);
  return parts;
}

std::vector<Cost> shared_costs(const Recoding& recoding) {
  std::vector<Cost> prices;
  for (Tuple t = 0; t < recoding.space().num_tuples(); ++t) {
    Cost least = recoding.space().suppressed_cost();
    for (const Piece& piece : recoding.pieces(t)) least = std::min(least, recoding.of(piece.id).cost);
    prices.push_back(std::min(least, recoding.of(recoding.cheapest(t, kSuppressedClass)).cost));
  }
  const std::vector<Cost> own = prices;
  for (ClassId id = 1; id < recoding.num_ids(); ++id) {
    const OpenClass& each = recoding.of(id);
    Cost lent = 0;
    Cost others = 0;
    for (const Tuple t : each.tuples) {
      const auto count = static_cast<Cost>(recoding.count(t, id));
      lent += (each.cost - own[t]) * count;
      if (own[t] == each.cost) others += count;
    }
    if (others == 0) continue;
    for (const Tuple t : each.tuples)
      if (own[t] == each.cost) prices[t] += lent / others;
  }
  return prices;
}

Cost lower_bound(const CellSpace& space, std::vector<Cost> start, const BoundOptions& options) {
  Prices prices(space, options.k);
  std::vector<Cost> best = std::move(start);
  for (Tuple t = 0; t < space.num_tuples(); ++t) prices.set(t, best[t]);
  Cost proved = 0;
  Cost step = kFirstStep / static_cast<Cost>(space.num_axes());
  for (int round = 0; round < options.rounds && prices.work() <= options.work; ++round) {
    if ((round > 0 && options.is_late()) || !prices.make_valid(options.is_over)) break;
    if (prices.total() > proved) {
      proved = prices.total();
      for (Tuple t = 0; t < space.num_tuples(); ++t) best[t] = prices.of(t);
    }
    for (Tuple t = 0; t < space.num_tuples(); ++t) prices.set(t, best[t] + step);
    step = step * kDecay / 100;
  }
  return proved;
}

}  // namespace throng::local
