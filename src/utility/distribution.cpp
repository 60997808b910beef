// Counts leaves before, and estimates them after.
#include "throng/utility/distribution.hpp"

#include <algorithm>

#include "cell_counts.hpp"
#include "coverage.hpp"
#include "throng/core/check.hpp"

namespace throng {

namespace {

const Column& released_column(const Table& after, const std::string& name) {
  const std::size_t c = after.index_of(name);
  THRONG_CHECK(c < after.columns.size());
  return after.columns[c];
}

/// A column before and after, over its leaves.
struct Counted {
  const Column& after;
  Coverage coverage;
};

Counted counted(const Table& before, const Table& after, const Problem& problem, std::size_t column) {
  const Column& from = before.columns[column];
  const Column& to = released_column(after, from.name);
  const auto found = std::ranges::find(problem.columns, column);
  if (found == problem.columns.end()) return {to, cover_by_value(from, to)};
  const auto j = static_cast<std::size_t>(found - problem.columns.begin());
  return {to, cover_by_hierarchy(from, to, problem.lattice.axes[j].hierarchy, before.source)};
}

/// Adds to the entry of every pair of leaves what each pair of released values gives it.
void spread_pairs(const Counted& a, const Counted& b, PairCounts& counts) {
  const CellCounts released(a.after.codes, b.after.codes, a.after.dictionary.size(),
                            b.after.dictionary.size());
  for (std::size_t x = 0; x < a.coverage.num_leaves; ++x)
    for (std::size_t y = 0; y < b.coverage.num_leaves; ++y)
      for (const Cover& g : a.coverage.of_leaf[x])
        for (const Cover& h : b.coverage.of_leaf[y]) {
          const Count records = released.at(g.value, h.value);
          const double share = g.share * h.share;
          const std::size_t entry = x * counts.num_b + y;
          counts.after[entry] += static_cast<double>(records) * share;
          if (records > 0 && share < 1) counts.is_estimate[entry] = true;
        }
}

}  // namespace

std::vector<LeafCounts> leaf_counts(const Table& before, const Table& after, const Problem& problem) {
  std::vector<LeafCounts> result;
  for (std::size_t j = 0; j < problem.columns.size(); ++j) {
    const auto [to, coverage] = counted(before, after, problem, problem.columns[j]);
    const Axis& axis = problem.lattice.axes[j];
    LeafCounts counts{axis.name, axis.hierarchy.labels[0], std::vector<Count>(coverage.num_leaves, 0),
                      std::vector<double>(coverage.num_leaves, 0),
                      std::vector<bool>(coverage.num_leaves, false)};
    for (const Code leaf : coverage.leaf_of_record) ++counts.before[leaf];
    std::vector<Count> released(to.dictionary.size(), 0);
    for (const Code code : to.codes) ++released[code];
    for (std::size_t v = 0; v < coverage.num_leaves; ++v)
      for (const Cover& cover : coverage.of_leaf[v]) {
        counts.after[v] += static_cast<double>(released[cover.value]) * cover.share;
        if (released[cover.value] > 0 && cover.share < 1) counts.is_estimate[v] = true;
      }
    result.push_back(std::move(counts));
  }
  return result;
}

PairCounts pair_counts(const Table& before, const Table& after, const Problem& problem, std::size_t a,
                       std::size_t b) {
  const Counted first = counted(before, after, problem, a);
  const Counted second = counted(before, after, problem, b);
  const std::size_t num_b = second.coverage.num_leaves;
  PairCounts counts{num_b, {}, {}, {}};
  counts.before.assign(first.coverage.num_leaves * num_b, 0);
  counts.after.assign(counts.before.size(), 0);
  counts.is_estimate.assign(counts.before.size(), false);
  for (std::size_t i = 0; i < first.coverage.leaf_of_record.size(); ++i)
    ++counts.before[first.coverage.leaf_of_record[i] * num_b + second.coverage.leaf_of_record[i]];
  spread_pairs(first, second, counts);
  return counts;
}

}  // namespace throng
