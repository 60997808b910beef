// Builds the axes, the order of the tuples and the rows of bits.
#include "local/cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace throng::local {

namespace {

constexpr std::uint32_t kWordBits = 64;

/// The quasi-identifiers `qis` (all when empty), those with most leaves first.
std::vector<std::size_t> most_leaves_first(const Lattice& lattice, std::vector<std::size_t> qis) {
  if (qis.empty()) {
    qis.resize(lattice.num_axes());
    std::iota(qis.begin(), qis.end(), std::size_t{0});
  }
  std::stable_sort(qis.begin(), qis.end(), [&](std::size_t a, std::size_t b) {
    return lattice.axes[a].hierarchy.num_leaves() > lattice.axes[b].hierarchy.num_leaves();
  });
  return qis;
}

std::vector<Level> all_levels(const Hierarchy& hierarchy) {
  std::vector<Level> levels(hierarchy.labels.size());
  std::iota(levels.begin(), levels.end(), Level{0});
  return levels;
}

}  // namespace

CellSpace::CellSpace(const Problem& problem, const LossModel& loss, const LevelSets& levels,
                     std::vector<std::size_t> qis)
    : num_records_(problem.num_records()) {
  double total_weight = 0;
  for (const Axis& axis : problem.lattice.axes) total_weight += axis.weight;
  for (const std::size_t qi : most_leaves_first(problem.lattice, std::move(qis))) {
    CellAxis& axis = axes_.emplace_back();
    axis.qi = qi;
    const Axis& from = problem.lattice.axes[qi];
    axis.levels = levels.empty() ? all_levels(from.hierarchy) : levels[qi];
    add_values(from.hierarchy, loss, from.weight / total_weight, axis);
  }
  sort_tuples(problem);
  num_words_ = (num_tuples() + kWordBits - 1) / kWordBits;
  for (std::size_t a = 0; a < axes_.size(); ++a) add_rows(a);
}

void CellSpace::add_values(const Hierarchy& hierarchy, const LossModel& loss, double share, CellAxis& axis) {
  const double unit = share * static_cast<double>(kFullCost) / loss.full_cost(axis.qi);
  suppressed_cost_ += static_cast<Cost>(std::floor(unit * loss.full_cost(axis.qi)));
  axis.chain.resize(hierarchy.num_leaves());
  std::vector<Code> covered(hierarchy.num_leaves(), 0);  // leaves below the coarsest value so far
  for (const Level l : axis.levels) {
    std::vector<Value> number(hierarchy.labels[l].size(), ~Value{0});
    for (Code leaf = 0; leaf < hierarchy.num_leaves(); ++leaf) {
      const Code g = hierarchy.value_of_leaf[l][leaf];
      if (hierarchy.leaves_below(l, g) == covered[leaf]) continue;
      covered[leaf] = hierarchy.leaves_below(l, g);
      if (number[g] == ~Value{0}) {
        number[g] = static_cast<Value>(axis.cost.size());
        axis.level.push_back(l);
        axis.code.push_back(g);
        axis.cost.push_back(static_cast<Cost>(std::floor(unit * loss.cell_cost(axis.qi, l, g))));
      }
      axis.chain[leaf].push_back(number[g]);
    }
    std::vector<Value>& at = axis.at.emplace_back();
    for (const std::vector<Value>& chain : axis.chain) at.push_back(chain.back());
  }
}

void CellSpace::sort_tuples(const Problem& problem) {
  const std::size_t d = axes_.size();
  const DistinctTuples& tuples = problem.tuples;
  std::vector<Code> codes(tuples.size() * d);
  for (std::size_t t = 0; t < tuples.size(); ++t)
    for (std::size_t a = 0; a < d; ++a) codes[t * d + a] = tuples.code(t, axes_[a].qi);
  const auto row = [&](std::uint32_t t) { return std::span<const Code>(codes).subspan(t * d, d); };
  std::vector<std::uint32_t> order(tuples.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::ranges::lexicographical_compare(row(a), row(b));
  });
  for (const std::uint32_t t : order) {
    if (!originals_.empty() && std::ranges::equal(row(originals_.back()), row(t))) {
      weights_.back() += tuples.weights[t];
      continue;
    }
    originals_.push_back(t);
    weights_.push_back(tuples.weights[t]);
    leaves_.insert(leaves_.end(), row(t).begin(), row(t).end());
  }
}

void CellSpace::add_rows(std::size_t a) {
  CellAxis& axis = axes_[a];
  axis.rows.assign(axis.cost.size() * num_words_, 0);
  axis.begin.assign(axis.cost.size(), num_words_);
  axis.end.assign(axis.cost.size(), 0);
  for (Tuple t = 0; t < num_tuples(); ++t) {
    const std::uint32_t w = t / kWordBits;
    for (const Value v : chain(t, a)) {
      axis.rows[std::size_t{v} * num_words_ + w] |= std::uint64_t{1} << (t % kWordBits);
      axis.begin[v] = std::min(axis.begin[v], w);
      axis.end[v] = w + 1;
    }
  }
}

Cost CellSpace::cost(const Cell& cell) const {
  Cost sum = 0;
  for (std::size_t a = 0; a < cell.size(); ++a) sum += axes_[a].cost[cell[a]];
  return sum;
}

Cell CellSpace::top(Tuple t) const {
  Cell cell;
  for (std::size_t a = 0; a < num_axes(); ++a) cell.push_back(chain(t, a).back());
  return cell;
}

void CellSpace::members(const Cell& cell, TupleSet& out) const {
  std::uint32_t begin = 0;
  std::uint32_t end = num_words_;
  for (std::size_t a = 0; a < cell.size(); ++a) {
    begin = std::max(begin, axes_[a].begin[cell[a]]);
    end = std::min(end, axes_[a].end[cell[a]]);
  }
  out.words.resize(num_words_);
  out.begin = begin;
  out.end = std::max(begin, end);
  for (std::uint32_t w = begin; w < end; ++w) out.words[w] = ~std::uint64_t{0};
  for (std::size_t a = 0; a < cell.size(); ++a) {
    const std::uint64_t* const row = axes_[a].rows.data() + std::size_t{cell[a]} * num_words_;
    for (std::uint32_t w = begin; w < end; ++w) out.words[w] &= row[w];
  }
}

}  // namespace throng::local
