// Numbers the suffixes from the shortest to the longest.
#include "proof/tail_table.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace throng {

namespace {

constexpr unsigned kLeafShift = 32;

/// Numbers the distinct keys in ascending order; `ranks[t]` becomes the number of `keys[t]`.
std::vector<std::uint64_t> rank_keys(const std::vector<std::uint64_t>& keys,
                                     std::vector<std::uint32_t>& ranks) {
  std::vector<std::uint64_t> distinct = keys;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (std::size_t t = 0; t < keys.size(); ++t)
    ranks[t] = static_cast<std::uint32_t>(std::lower_bound(distinct.begin(), distinct.end(), keys[t]) -
                                          distinct.begin());
  return distinct;
}

}  // namespace

TailTable::TailTable(const Problem& problem, std::span<const std::size_t> branched,
                     std::span<const std::size_t> tail)
    : suffixes(tail.size()), leaves(branched.size()) {
  const DistinctTuples& tuples = problem.tuples;
  std::vector<std::uint32_t> ranks(tuples.size(), 0);
  std::vector<std::uint64_t> keys(tuples.size());
  for (std::size_t depth = tail.size(); depth-- > 0;) {
    for (std::size_t t = 0; t < tuples.size(); ++t)
      keys[t] = (std::uint64_t{tuples.code(t, tail[depth])} << kLeafShift) + ranks[t];
    std::vector<Code> leaf;
    for (const std::uint64_t key : rank_keys(keys, ranks)) {
      const auto rest = static_cast<std::uint32_t>(key);
      suffixes[depth].push_back({rest, first_leaf.empty() ? 0 : first_leaf[rest]});
      leaf.push_back(static_cast<Code>(key >> kLeafShift));
    }
    first_leaf = std::move(leaf);
  }
  std::vector<std::size_t> order(tuples.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return ranks[a] < ranks[b]; });
  for (const std::size_t t : order) {
    suffix_of_tuple.push_back(ranks[t]);
    weights.push_back(tuples.weights[t]);
    for (std::size_t i = 0; i < branched.size(); ++i) leaves[i].push_back(tuples.code(t, branched[i]));
  }
}

}  // namespace throng
