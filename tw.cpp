// Sums of children, then groups of those that are entered.
#include "proof/tail_walk.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace throng {

TailWalk::TailWalk(const ProofTask& task, const Certificate& certificate, const TailTable& table,
                   const CostFloors& floors)
    : task_(task),
      certificate_(certificate),
      table_(table),
      floors_(floors),
      claimed_terms_(task.loss.terms_of_loss(certificate.loss - kProofResolution)),
      grouping_(task, table, certificate.branched, floors),
      groups_(certificate.tail.size()),
      children_(certificate.tail.size()),
      own_term_(certificate.tail.size(), 0),
      path_(certificate.tail.size(), 0),
      costs_(task.problem.lattice.num_axes(), 0) {
  for (const std::vector<TailSuffix>& suffixes : table.suffixes) sums_.emplace_back(suffixes.size());
  for (const std::size_t j : certificate.tail)
    other_terms_.emplace_back(task.problem.lattice.axes[j].hierarchy.labels.size(), 0.0);
}

bool TailWalk::closes(const Family& family) {
  family_ = family;
  free_.clear();
  for (std::size_t i = 0; i < family.levels.size(); ++i)
    if (family.levels[i] == kFreeLevel) free_.push_back(certificate_.branched[i]);
  if (family.least_raised > free_.size()) return true;  // it is empty
  grouping_.make(family, groups_[0]);
  return visit(0);
}

/// True when nothing below the path loses less than claimed.
bool TailWalk::visit(std::size_t depth) {
  expand(depth);
  const bool is_last = depth + 1 == path_.size();
  if (!is_last) std::fill(other_terms_[depth + 1].begin(), other_terms_[depth + 1].end(), 0.0);
  for (const Child& child : children_[depth]) {
    if (is_last) return false;
    if (is_closed_by_sibling(child, depth + 1)) continue;
    path_[depth] = child.level;
    own_term_[depth] = child.own_term;
    refine(depth, child.level);
    if (!visit(depth + 1)) return false;
  }
  return true;
}

/// True when no level of the QI of `depth` is left below a child, because of what they lost in a sibling.
bool TailWalk::is_closed_by_sibling(const Child& child, std::size_t depth) const {
  return std::all_of(other_terms_[depth].begin(), other_terms_[depth].end(),
                     [&](double others) { return others + child.own_term >= claimed_terms_; });
}

/// The children that may lose less than claimed, the coarsest first: what a coarse one suppresses, finer ones
/// suppress as well.
void TailWalk::expand(std::size_t depth) {
  children_[depth].clear();
  start(depth);
  Count most_kept = path_totals_.kept;
  const std::size_t j = certificate_.tail[depth];
  for (int l = task_.problem.lattice.axes[j].hierarchy.height(); l >= 0; --l) {
    const auto level = static_cast<Level>(l);
    if (depth > 0 && other_terms_[depth][level] + own_term_[depth - 1] >= claimed_terms_) continue;
    bound_child(depth, level, most_kept);
    if (!may_lose_less(depth, level)) continue;
    sum_child(depth, level);
    most_kept = totals_.kept;
    if (may_lose_less(depth, level)) children_[depth].push_back({task_.loss.term(j, costs_[j]), level});
  }
}

/// Whether a node below the child in hand may lose less than claimed; keeps what its finer siblings lose too.
bool TailWalk::may_lose_less(std::size_t depth, Level level) {
  set_costs(depth);
  const bool is_feasible = task_.problem.num_records() - totals_.kept <= task_.max_suppressed;
  const double terms = is_feasible ? least_terms() : std::numeric_limits<double>::infinity();
  if (depth > 0) {
    const std::size_t parent = certificate_.tail[depth - 1];
    double& others = other_terms_[depth][level];
    others = std::max(others, terms - task_.loss.term(parent, costs_[parent]));
  }
  return terms < claimed_terms_;
}

namespace {

/// Calls body(first run, end of runs, value, weight) for every value of a group that k or more records have.
template <typename Body>
void for_each_kept_value(const TailGroups& groups, std::size_t group, const std::vector<Code>& value_of_leaf,
                         KAnonymity model, const Body& body) {
  for (std::size_t first = groups.first_run[group]; first < groups.first_run[group + 1];) {
    const Code value = value_of_leaf[groups.runs[first].leaf];
    Count weight = 0;
    std::size_t end = first;
    for (; end < groups.first_run[group + 1] && value_of_leaf[groups.runs[end].leaf] == value; ++end)
      weight += groups.runs[end].weight;
    if (model.is_satisfied_by(weight)) body(first, end, value, weight);
    first = end;
  }
}

}  // namespace

/// Sums over the groups of the path.
void TailWalk::start(std::size_t depth) {
  const TailGroups& groups = groups_[depth];
  records_of_leaf_.assign(task_.problem.lattice.axes[certificate_.tail[depth]].hierarchy.num_leaves(), 0);
  path_totals_.kept = 0;
  path_totals_.uneven_costs.assign(groups.costs_per_group, 0);
  for (std::size_t g = 0; g < groups.num_groups(); ++g) {
    Count kept = 0;
    for (std::size_t r = groups.first_run[g]; r < groups.first_run[g + 1]; ++r) {
      kept += groups.runs[r].weight;
      records_of_leaf_[groups.runs[r].leaf] += groups.runs[r].weight;
    }
    path_totals_.kept += kept;
    const std::span<const std::uint32_t> costs = groups.costs_of(g);
    for (std::size_t i = 0; i < costs.size(); ++i) path_totals_.uneven_costs[i] += kept * costs[i];
  }
  path_totals_.summed = path_totals_.kept;
}

/// Totals of the child when all that is known is how many records it keeps at most.
void TailWalk::bound_child(std::size_t depth, Level level, Count most_kept) {
  const std::size_t j = certificate_.tail[depth];
  const std::vector<Code>& value_of_leaf = task_.problem.lattice.axes[j].hierarchy.value_of_leaf[level];
  totals_ = path_totals_;
  totals_.kept = most_kept;
  totals_.own_cost = 0;
  for (std::size_t leaf = 0; leaf < records_of_leaf_.size(); ++leaf)
    totals_.own_cost += records_of_leaf_[leaf] * task_.loss.cell_cost(j, level, value_of_leaf[leaf]);
}

void TailWalk::sum_child(std::size_t depth, Level level) {
  const TailGroups& groups = groups_[depth];
  const std::size_t j = certificate_.tail[depth];
  const std::vector<Code>& value_of_leaf = task_.problem.lattice.axes[j].hierarchy.value_of_leaf[level];
  totals_.kept = 0;
  totals_.own_cost = 0;
  totals_.uneven_costs.assign(groups.costs_per_group, 0);
  for (std::size_t g = 0; g < groups.num_groups(); ++g) {
    Count kept = 0;
    for_each_kept_value(groups, g, value_of_leaf, task_.model,
                        [&](std::size_t, std::size_t, Code value, Count weight) {
                          kept += weight;
                          totals_.own_cost += weight * task_.loss.cell_cost(j, level, value);
                        });
    totals_.kept += kept;
    const std::span<const std::uint32_t> costs = groups.costs_of(g);
    for (std::size_t i = 0; i < costs.size(); ++i) totals_.uneven_costs[i] += kept * costs[i];
  }
  totals_.summed = totals_.kept;
}

/// What each QI costs at least below the child in hand, a child of the path at `depth`.
void TailWalk::set_costs(std::size_t depth) {
  const Count num_records = task_.problem.num_records();
  std::size_t uneven = 0;
  const auto set_uneven = [&](std::size_t j, std::uint64_t summed_cost) {
    costs_[j] = summed_cost + (num_records - totals_.summed) * task_.loss.full_cost(j);
  };
  const auto set_even = [&](std::size_t j, std::uint32_t cell_cost) {
    costs_[j] = totals_.kept * cell_cost + (num_records - totals_.kept) * task_.loss.full_cost(j);
  };
  const auto set = [&](std::size_t j, Level level) {
    if (level == kFreeLevel)
      set_even(j, floors_.any[j]);
    else if (floors_.is_uneven[j])
      set_uneven(j, totals_.uneven_costs[uneven++]);
    else
      set_even(j, task_.loss.cell_cost(j, level, 0));
  };
  for (std::size_t i = 0; i < family_.levels.size(); ++i) set(certificate_.branched[i], family_.levels[i]);
  for (std::size_t i = 0; i < path_.size(); ++i) set(certificate_.tail[i], i < depth ? path_[i] : kFreeLevel);
  set_uneven(certificate_.tail[depth], totals_.own_cost);
}

/// The least sum of terms below the child in hand.
double TailWalk::least_terms() const {
  double sum = least_rise();
  for (std::size_t j = 0; j < costs_.size(); ++j) sum += task_.loss.term(j, costs_[j]);
  return sum;
}

/// What the free QIs that are raised add: those that add least.
double TailWalk::least_rise() const {
  if (family_.least_raised == 0) return 0;
  std::vector<double> rises;
  for (const std::size_t j : free_) {
    const std::uint64_t raised_cost = costs_[j] + totals_.kept * (floors_.raised[j] - floors_.any[j]);
    rises.push_back(task_.loss.term(j, raised_cost) - task_.loss.term(j, costs_[j]));
  }
  std::sort(rises.begin(), rises.end());
  return std::accumulate(rises.begin(), rises.begin() + family_.least_raised, 0.0);
}

/// Makes the groups of the next depth: the QI of `depth` decided at `level`, groups below k gone.
void TailWalk::refine(std::size_t depth, Level level) {
  const TailGroups& groups = groups_[depth];
  TailGroups& to = groups_[depth + 1];
  const std::size_t j = certificate_.tail[depth];
  to.clear(groups.num_items, groups.costs_per_group + (floors_.is_uneven[j] ? 1 : 0));
  const std::vector<Code>& value_of_leaf = task_.problem.lattice.axes[j].hierarchy.value_of_leaf[level];
  for (std::size_t g = 0; g < groups.num_groups(); ++g) {
    for_each_kept_value(groups, g, value_of_leaf, task_.model,
                        [&](std::size_t first, std::size_t end, Code value, Count) {
                          const std::span<const std::uint32_t> costs = groups.costs_of(g);
                          to.costs.insert(to.costs.end(), costs.begin(), costs.end());
                          if (floors_.is_uneven[j]) to.costs.push_back(task_.loss.cell_cost(j, level, value));
                          append_group(depth, groups.items_of(first, end), end == first + 1);
                        });
  }
}

/// Appends a group of `items`, which are of `depth`, to those of the next depth. `is_sorted`: items of one
/// leaf, so that what follows it is in order.
void TailWalk::append_group(std::size_t depth, std::span<const TailGroups::Item> items, bool is_sorted) {
  TailGroups& to = groups_[depth + 1];
  const std::vector<TailSuffix>& suffixes = table_.suffixes[depth];
  if (is_sorted) {
    for (const TailGroups::Item& item : items) {
      const TailSuffix& suffix = suffixes[item.suffix];
      to.add(suffix.rest, item.weight, suffix.next_leaf);
    }
  } else {
    SuffixSums& sums = sums_[depth + 1];
    for (const TailGroups::Item& item : items) sums.add(suffixes[item.suffix], item.weight);
    sums.take([&](std::uint32_t suffix, Weight weight, Code leaf) { to.add(suffix, weight, leaf); });
  }
  to.end_group();
}

}  // namespace throng
