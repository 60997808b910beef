// Mondrian: cuts the records at the median of the widest QI until every further cut would make a class below
// k.
//
// A region of records is cut at the leaf that halves it best, in the QI where its leaves span the largest
// share of the domain; when one side would be below k, the next widest is tried. A region without a cut is a
// class, recoded per QI to the lowest hierarchy value that covers it. Leaves stand in the order of their
// hierarchy, so that a cut tends to respect it. Invariant: every region has at least k records. Cost: O(d n')
// per level of cuts, of which there are about log2(n / k). K. LeFevre, D. J. DeWitt, R. Ramakrishnan,
// Mondrian Multidimensional k-Anonymity, ICDE 2006 (strict partitioning, section 4.1). Where the paper
// releases ranges, we release hierarchy values: then the same metrics measure it as measure the search.
#include "throng/search/mondrian.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace throng {

namespace {

using Tuples = std::span<std::uint32_t>;

/// Leaves from `low` to `high` of one QI.
struct Span {
  Code low;
  Code high;
};

Span span_of(const Problem& problem, Tuples region, std::size_t j) {
  Span span{problem.tuples.code(region.front(), j), problem.tuples.code(region.front(), j)};
  for (const std::uint32_t t : region) {
    const Code code = problem.tuples.code(t, j);
    span.low = std::min(span.low, code);
    span.high = std::max(span.high, code);
  }
  return span;
}

/// The QIs whose leaves differ in the region, widest first, of equal ones the first.
std::vector<std::pair<std::size_t, Span>> by_width(const Problem& problem, Tuples region) {
  std::vector<std::pair<std::size_t, Span>> wide;
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
    const Span span = span_of(problem, region, j);
    if (span.low != span.high) wide.emplace_back(j, span);
  }
  const auto width_times = [&](const auto& one, const auto& other) {
    return std::uint64_t{one.second.high - one.second.low} *
           (problem.lattice.axes[other.first].hierarchy.num_leaves() - 1);
  };
  std::stable_sort(wide.begin(), wide.end(),
                   [&](const auto& a, const auto& b) { return width_times(a, b) > width_times(b, a); });
  return wide;
}

/// The last leaf of the lower half of the best halving cut, if both halves keep k records.
std::optional<Code> median_cut(const Problem& problem, Tuples region, std::size_t j, Span span, Count k) {
  std::vector<Count> records(span.high - span.low + 1, 0);
  Count all = 0;
  for (const std::uint32_t t : region) {
    records[problem.tuples.code(t, j) - span.low] += problem.tuples.weights[t];
    all += problem.tuples.weights[t];
  }
  Count below = 0;
  Count best_smaller_half = 0;
  Code cut = 0;
  for (Code leaf = span.low; leaf < span.high; ++leaf) {
    below += records[leaf - span.low];
    const Count smaller_half = std::min(below, all - below);
    if (smaller_half <= best_smaller_half) continue;
    best_smaller_half = smaller_half;
    cut = leaf;
  }
  return best_smaller_half >= k ? std::optional(cut) : std::nullopt;
}

/// Sorts the region into two halves and returns the size of the first; 0 when no cut is allowed.
std::size_t halve(const Problem& problem, Tuples region, Count k) {
  for (const auto& [j, span] : by_width(problem, region)) {
    const std::optional<Code> cut = median_cut(problem, region, j, span, k);
    if (!cut) continue;
    const auto middle = std::stable_partition(
        region.begin(), region.end(),
        [&problem, j = j, cut](std::uint32_t t) { return problem.tuples.code(t, j) <= *cut; });
    return static_cast<std::size_t>(middle - region.begin());
  }
  return 0;
}

/// The lowest level at which the region has one value, per QI, and that value.
std::pair<Node, std::vector<Code>> covering_values(const Problem& problem, Tuples region) {
  std::pair<Node, std::vector<Code>> covering;
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
    const auto& value_of_leaf = problem.lattice.axes[j].hierarchy.value_of_leaf;
    const Span span = span_of(problem, region, j);
    Level level = 0;
    while (value_of_leaf[level][span.low] != value_of_leaf[level][span.high]) ++level;
    covering.first.push_back(level);
    covering.second.push_back(value_of_leaf[level][span.low]);
  }
  return covering;
}

/// Regions that are released alike are one class.
void number_classes(const Problem& problem, const std::vector<Tuples>& regions, MondrianRecoding& recoding) {
  std::map<std::pair<Node, std::vector<Code>>, std::vector<std::size_t>> regions_of_class;
  for (std::size_t r = 0; r < regions.size(); ++r)
    regions_of_class[covering_values(problem, regions[r])].push_back(r);
  recoding.class_of_tuple.resize(problem.tuples.size());
  for (const auto& [covering, members] : regions_of_class) {
    MondrianClass& one = recoding.classes.emplace_back(MondrianClass{covering.first, covering.second, 0});
    for (const std::size_t r : members) {
      for (const std::uint32_t t : regions[r]) {
        recoding.class_of_tuple[t] = static_cast<std::uint32_t>(recoding.classes.size() - 1);
        one.records += problem.tuples.weights[t];
      }
    }
  }
}

void measure(const LossModel& loss, std::size_t num_qi, MondrianRecoding& recoding) {
  std::vector<std::uint64_t> costs(num_qi, 0);
  ClassSums sums;
  for (const MondrianClass& one : recoding.classes) {
    ++sums.classes;
    sums.squares += one.records * one.records;
    for (std::size_t j = 0; j < num_qi; ++j)
      costs[j] += one.records * loss.cell_cost(j, one.levels[j], one.values[j]);
  }
  recoding.loss = loss.loss(costs, sums);
  if (!loss.is_sum_over_cells()) return;
  for (std::size_t j = 0; j < num_qi; ++j) recoding.loss_per_qi.push_back(loss.loss_of_qi(j, costs[j]));
}

}  // namespace

std::optional<MondrianRecoding> mondrian(const Problem& problem, const LossModel& loss, KAnonymity model) {
  if (problem.num_records() == 0 || !model.is_satisfied_by(problem.num_records())) return std::nullopt;
  std::vector<std::uint32_t> tuples(problem.tuples.size());
  for (std::size_t t = 0; t < tuples.size(); ++t) tuples[t] = static_cast<std::uint32_t>(t);
  std::vector<Tuples> open{Tuples(tuples)};
  std::vector<Tuples> regions;
  while (!open.empty()) {
    const Tuples region = open.back();
    open.pop_back();
    const std::size_t half = halve(problem, region, model.k);
    if (half == 0) {
      regions.push_back(region);
      continue;
    }
    open.push_back(region.subspan(half));
    open.push_back(region.first(half));
  }
  MondrianRecoding recoding;
  number_classes(problem, regions, recoding);
  measure(loss, problem.lattice.num_axes(), recoding);
  return recoding;
}

}  // namespace throng
