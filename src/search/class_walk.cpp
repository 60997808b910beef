// Refinement of groups and sums over classes for one prefix at a time.
#include "search/class_walk.hpp"

#include <algorithm>
#include <utility>

namespace throng {

namespace {

/// Least and greatest cost of a cell of QI j at level 0.
std::pair<std::uint32_t, std::uint32_t> range_of_costs(const LossModel& loss, std::size_t j,
                                                       Code num_leaves) {
  std::pair range{loss.cell_cost(j, 0, 0), loss.cell_cost(j, 0, 0)};
  for (Code g = 1; g < num_leaves; ++g) {
    range.first = std::min(range.first, loss.cell_cost(j, 0, g));
    range.second = std::max(range.second, loss.cell_cost(j, 0, g));
  }
  return range;
}

}  // namespace

ClassWalkPlan::ClassWalkPlan(const Problem& problem, const LossModel& loss, std::vector<Count> the_ks)
    : ks(std::move(the_ks)), rules(problem, loss, {ks.front()}), table(full_stage(rules)) {
  for (std::size_t j = 0; j < num_depths(); ++j) {
    const auto [least, greatest] = range_of_costs(loss, j, problem.lattice.axes[j].hierarchy.num_leaves());
    least_cost.push_back(least);
    greatest_cost.push_back(greatest);
  }
}

PrefixSums& PrefixSums::operator+=(const PrefixSums& other) {
  classes.classes += other.classes.classes;
  classes.squares += other.classes.squares;
  kept += other.kept;
  own_cost += other.own_cost;
  for (std::size_t t = 0; t < tagged_costs.size(); ++t) tagged_costs[t] += other.tagged_costs[t];
  return *this;
}

ClassWalk::ClassWalk(const ClassWalkPlan& plan)
    : plan_(plan),
      groups_(plan.rules, plan.table, 0),
      path_(plan.num_depths(), 0),
      sums_(plan.ks.size()),
      kept_of_group_(plan.ks.size()),
      costs_(plan.num_depths(), 0) {}

void ClassWalk::move_to(std::span<const Level> levels, std::size_t num_decided) {
  std::copy_n(levels.begin(), num_decided, path_.begin());
  num_decided_ = num_decided;
}

const std::vector<PrefixSums>& ClassWalk::sums_of_child(Level level) {
  const PrefixGroups& prefix = groups_.at(path_, num_decided_);
  child_level_ = level;
  for (PrefixSums& sums : sums_) {
    sums = {{}, 0, 0, std::move(sums.tagged_costs)};
    sums.tagged_costs.assign(prefix.tags_per_group, 0);
  }
  for (std::size_t g = 0; g + 1 < prefix.runs.begin.size(); ++g) add_group(prefix, g, level);
  // So far a class counts for the greatest k it satisfies; it counts for all smaller ones as well.
  for (std::size_t i = sums_.size() - 1; i-- > 0;) sums_[i] += sums_[i + 1];
  for (PrefixSums& sums : sums_) sums.classes.suppressed = plan_.rules.problem.num_records() - sums.kept;
  return sums_;
}

void ClassWalk::add_group(const PrefixGroups& prefix, std::size_t g, Level level) {
  const std::size_t j = plan_.rules.order[num_decided_];
  std::fill(kept_of_group_.begin(), kept_of_group_.end(), 0);
  for_each_value(prefix.runs.of_group(g), plan_.rules.hierarchy_at(num_decided_).value_of_leaf[level],
                 [&](std::span<const Run>, Code value, Count weight) {
                   std::size_t i = plan_.ks.size();
                   while (i > 0 && weight < plan_.ks[i - 1]) --i;
                   if (i == 0) return;
                   PrefixSums& sums = sums_[i - 1];
                   ++sums.classes.classes;
                   sums.classes.squares += weight * weight;
                   sums.kept += weight;
                   sums.own_cost += weight * plan_.rules.loss.cell_cost(j, level, value);
                   kept_of_group_[i - 1] += weight;
                 });
  const std::uint32_t* tags = prefix.tags.data() + g * prefix.tags_per_group;
  for (std::size_t i = 0; i < sums_.size(); ++i)
    for (std::size_t t = 0; t < prefix.tags_per_group; ++t)
      sums_[i].tagged_costs[t] += kept_of_group_[i] * tags[t];
}

/// Two lower bounds, the greater of which counts: the cheapest cells for the kept records, or all cells at
/// level 0 with the suppressed ones raised from no more than the dearest.
std::uint64_t ClassWalk::undecided_cost(std::size_t j, Count kept, Count suppressed) const {
  const std::uint64_t full = plan_.rules.loss.full_cost(j);
  return std::max(kept * plan_.least_cost[j] + suppressed * full,
                  plan_.rules.loss.column_cost(j, 0) + suppressed * (full - plan_.greatest_cost[j]));
}

const std::vector<std::uint64_t>& ClassWalk::costs_of_child(std::size_t i) {
  const PrefixSums& sums = sums_[i];
  const Count suppressed = sums.classes.suppressed;
  std::size_t tag = 0;
  for (std::size_t depth = 0; depth < plan_.num_depths(); ++depth) {
    const std::size_t j = plan_.rules.order[depth];
    std::uint64_t cost = suppressed * plan_.rules.loss.full_cost(j);
    if (depth == num_decided_)
      cost += sums.own_cost;
    else if (depth > num_decided_)
      cost = undecided_cost(j, sums.kept, suppressed);
    else if (plan_.rules.is_tagged[j])
      cost += sums.tagged_costs[tag++];
    else
      cost += sums.kept * plan_.rules.loss.cell_cost(j, path_[depth], 0);
    costs_[j] = cost;
  }
  return costs_;
}

}  // namespace throng
