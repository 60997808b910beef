// Sums of children, then groups of those that are entered.
#include "proof/tail_walk.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "proof/claim.hpp"

namespace throng {

TailWalk::TailWalk(const ProofTask& task, const Certificate& certificate, const TailTable& table,
                   const CostFloors& floors)
    : task_(task),
      certificate_(certificate),
      table_(table),
      floors_(floors),
      claimed_terms_(task.loss.terms_of_loss(certificate.loss - kProofResolution)),
      grouping_(task, table, certificate.branched, floors),
      coarser_(heights_of(task, certificate.tail)),
      groups_(certificate.tail.size()),
      children_(certificate.tail.size()),
      own_terms_(certificate.tail.size(), 0),
      terms_(certificate.tail.size(), 0),
      path_(certificate.tail.size(), 0),
      costs_(task.problem.lattice.num_axes(), 0) {
  for (const std::vector<TailSuffix>& suffixes : table.suffixes) sums_.emplace_back(suffixes.size());
}

bool TailWalk::closes(const Family& family) {
  family_ = family;
  free_.clear();
  for (std::size_t i = 0; i < family.levels.size(); ++i)
    if (family.levels[i] == kFreeLevel) free_.push_back(certificate_.branched[i]);
  if (family.least_raised > free_.size()) return true;  // it is empty
  grouping_.make(family, groups_[0]);
  coarser_.clear();
  return !is_open_at_witness() && visit(0);
}

/// True when the node that kept the last family open keeps this one open too, as it often does.
bool TailWalk::is_open_at_witness() {
  if (witness_.empty()) return false;
  path_ = witness_;
  for (std::size_t depth = 0; depth < path_.size(); ++depth) {
    sum_child(depth);
    set_costs(depth);
    if (keep_terms(depth) >= claimed_terms_) return false;
    if (depth + 1 < path_.size()) refine(depth, path_[depth]);
  }
  return true;
}

/// True when nothing below the path loses less than claimed.
bool TailWalk::visit(std::size_t depth) {
  expand(depth);
  for (const Child& child : children_[depth]) {
    path_[depth] = child.level;
    if (depth + 1 == path_.size()) {
      witness_ = path_;
      return false;
    }
    own_terms_[depth] = child.own_term;
    // Coarser nodes may tell that no level of the next QI is left.
    const auto is_closed = [&](double terms) { return terms >= claimed_terms_; };
    if (coarser_.every_child(path_, depth + 1, own_terms_, is_closed)) continue;
    refine(depth, child.level);
    if (!visit(depth + 1)) return false;
  }
  return true;
}

/// The children that may lose less than claimed, the coarsest first.
void TailWalk::expand(std::size_t depth) {
  children_[depth].clear();
  start(depth);
  const std::size_t j = certificate_.tail[depth];
  for (int level = task_.problem.lattice.axes[j].hierarchy.height(); level >= 0; --level) {
    path_[depth] = static_cast<Level>(level);
    own_terms_[depth] = least_own_term(depth);
    if (coarser_.infer(path_, depth, depth + 1, own_terms_) >= claimed_terms_) continue;
    sum_child(depth);
    set_costs(depth);
    if (keep_terms(depth) < claimed_terms_) children_[depth].push_back({path_[depth], terms_[depth]});
  }
}

/// The least sum of terms below the child in hand.
double TailWalk::keep_terms(std::size_t depth) {
  if (task_.problem.num_records() - totals_.kept > task_.max_suppressed) {
    const double infinity = std::numeric_limits<double>::infinity();
    coarser_.keep(path_, depth, own_terms_, infinity);
    return infinity;
  }
  double rest = least_rise();
  for (const std::size_t j : certificate_.branched) rest += term(j);
  for (std::size_t i = depth + 1; i < path_.size(); ++i) rest += term(certificate_.tail[i]);
  double sum = 0;
  for (std::size_t i = 0; i <= depth; ++i) sum += terms_[i] = term(certificate_.tail[i]);
  coarser_.keep(path_, depth, terms_, rest);
  return sum + rest;
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

/// Counts the records of each leaf of the QI of `depth` in the groups of the path.
void TailWalk::start(std::size_t depth) {
  records_of_leaf_.assign(task_.problem.lattice.axes[certificate_.tail[depth]].hierarchy.num_leaves(), 0);
  for (const TailGroups::Run& run : groups_[depth].runs) records_of_leaf_[run.leaf] += run.weight;
}

/// Term of the QI of `depth` as if its level made no group fall below k.
double TailWalk::least_own_term(std::size_t depth) const {
  const std::size_t j = certificate_.tail[depth];
  const std::vector<Code>& value_of_leaf =
      task_.problem.lattice.axes[j].hierarchy.value_of_leaf[path_[depth]];
  Count suppressed = task_.problem.num_records();
  std::uint64_t cost = 0;
  for (std::size_t leaf = 0; leaf < records_of_leaf_.size(); ++leaf) {
    suppressed -= records_of_leaf_[leaf];
    cost += records_of_leaf_[leaf] * task_.loss.cell_cost(j, path_[depth], value_of_leaf[leaf]);
  }
  return task_.loss.term(j, cost + suppressed * task_.loss.full_cost(j));
}

/// Sums what stays at or above k in the child at the path's level of `depth`.
void TailWalk::sum_child(std::size_t depth) {
  const Level level = path_[depth];
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
}

/// What each QI costs at least below the child in hand.
void TailWalk::set_costs(std::size_t depth) {
  const Count suppressed = task_.problem.num_records() - totals_.kept;
  std::size_t uneven = 0;
  const auto set = [&](std::size_t j, Level level) {
    if (level == kFreeLevel)
      costs_[j] = totals_.kept * floors_.any[j];
    else if (floors_.is_uneven[j])
      costs_[j] = totals_.uneven_costs[uneven++];
    else
      costs_[j] = totals_.kept * task_.loss.cell_cost(j, level, 0);
  };
  for (std::size_t i = 0; i < family_.levels.size(); ++i) set(certificate_.branched[i], family_.levels[i]);
  for (std::size_t i = 0; i < path_.size(); ++i) set(certificate_.tail[i], i < depth ? path_[i] : kFreeLevel);
  costs_[certificate_.tail[depth]] = totals_.own_cost;
  for (std::size_t j = 0; j < costs_.size(); ++j) costs_[j] += suppressed * task_.loss.full_cost(j);
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
  const std::vector<TailSuffix>& suffixes = table_.suffixes[depth];
  GroupWriter writer(groups_[depth + 1]);
  if (is_sorted) {
    for (const TailGroups::Item& item : items) {
      const TailSuffix suffix = suffixes[item.suffix];
      writer.add(suffix.rest, item.weight, suffix.next_leaf);
    }
  } else {
    SuffixSums& sums = sums_[depth + 1];
    for (const TailGroups::Item& item : items) sums.add(suffixes[item.suffix], item.weight);
    sums.take([&](std::uint32_t suffix, Weight weight, Code leaf) { writer.add(suffix, weight, leaf); });
  }
  writer.finish();
}

}  // namespace throng
