// Refinement of groups and sums over classes for one prefix at a time.
#include "search/class_walk.hpp"

#include <algorithm>
#include <utility>

namespace throng {

namespace {

std::pair<std::uint32_t, std::uint32_t> range_of_costs(const LossModel& loss, std::size_t j, Level l,
                                                       std::size_t num_values) {
  std::pair range{loss.cell_cost(j, l, 0), loss.cell_cost(j, l, 0)};
  for (Code g = 1; g < num_values; ++g) {
    range.first = std::min(range.first, loss.cell_cost(j, l, g));
    range.second = std::max(range.second, loss.cell_cost(j, l, g));
  }
  return range;
}

}  // namespace

ClassWalkPlan::ClassWalkPlan(const Problem& the_problem, const LossModel& the_loss, std::vector<Count> the_ks)
    : problem(the_problem),
      loss(the_loss),
      ks(std::move(the_ks)),
      order(small_domains_first(problem.lattice)),
      suffixes(make_suffix_table(problem.tuples, leaf_counts(problem.lattice), order)),
      root(root_group(suffixes, problem.tuples.weights)) {
  for (std::size_t j = 0; j < order.size(); ++j) {
    const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
    bool is_uneven = false;
    for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
      const auto [least, greatest] =
          range_of_costs(loss, j, static_cast<Level>(l), hierarchy.labels[l].size());
      is_uneven = is_uneven || least != greatest;
      if (l > 0) continue;
      least_cost.push_back(least);
      greatest_cost.push_back(greatest);
    }
    is_tagged.push_back(is_uneven);
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
    : plan_(plan), depths_(plan.num_depths()), path_(plan.num_depths(), 0), costs_(plan.num_depths(), 0) {
  std::size_t tags = 0;
  for (std::size_t i = 0; i < depths_.size(); ++i) {
    if (i > 0) depths_[i].groups = Groups(plan.root.num_items());
    depths_[i].tags_per_group = tags;
    if (plan.is_tagged[plan.order[i]]) ++tags;
  }
  sums_.resize(plan.ks.size());
  kept_of_group_.resize(plan.ks.size());
}

void ClassWalk::require_runs(std::size_t depth) {
  if (depths_[depth].has_runs) return;
  find_runs(groups_at(depth), plan_.suffixes.depths[depth], depths_[depth].runs);
  depths_[depth].has_runs = true;
}

void ClassWalk::move_to(std::span<const Level> levels, std::size_t num_decided) {
  std::size_t shared = 0;
  while (shared < std::min(num_decided, num_decided_) && path_[shared] == levels[shared]) ++shared;
  for (std::size_t depth = shared; depth < num_decided; ++depth) refine(depth, levels[depth]);
  // What lies deeper stays valid only while nothing above it changed; simplest is to forget it.
  num_decided_ = num_decided;
}

/// Makes the state of the next depth: the QI of `depth` decided at `level`, groups below the least k gone.
void ClassWalk::refine(std::size_t depth, Level level) {
  require_runs(depth);
  const Depth& from = depths_[depth];
  Depth& to = depths_[depth + 1];
  const Groups& groups = groups_at(depth);
  const std::size_t j = plan_.order[depth];
  path_[depth] = level;
  to.groups.clear();
  to.tags.clear();
  to.has_runs = false;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto tags = from.tags.begin() + static_cast<std::ptrdiff_t>(g * from.tags_per_group);
    for_each_value(from.runs.of_group(g), plan_.hierarchy_at(depth).value_of_leaf[level],
                   [&](std::span<const Run> runs, Code value, Count weight) {
                     if (weight < plan_.ks.front()) return;
                     merger_.append(groups, runs, plan_.suffixes.depths[depth], to.groups);
                     to.tags.insert(to.tags.end(), tags,
                                    tags + static_cast<std::ptrdiff_t>(from.tags_per_group));
                     if (plan_.is_tagged[j]) to.tags.push_back(plan_.loss.cell_cost(j, level, value));
                   });
  }
}

const std::vector<PrefixSums>& ClassWalk::sums_of_child(Level level) {
  const std::size_t depth = num_decided_;
  require_runs(depth);
  child_level_ = level;
  for (PrefixSums& sums : sums_) {
    sums = {{}, 0, 0, std::move(sums.tagged_costs)};
    sums.tagged_costs.assign(depths_[depth].tags_per_group, 0);
  }
  for (std::size_t g = 0; g + 1 < depths_[depth].runs.begin.size(); ++g) add_group(g, level);
  // So far a class counts for the greatest k it satisfies; it counts for all smaller ones as well.
  for (std::size_t i = sums_.size() - 1; i-- > 0;) sums_[i] += sums_[i + 1];
  for (PrefixSums& sums : sums_) sums.classes.suppressed = plan_.problem.num_records() - sums.kept;
  return sums_;
}

void ClassWalk::add_group(std::size_t g, Level level) {
  const Depth& state = depths_[num_decided_];
  const std::size_t j = plan_.order[num_decided_];
  std::fill(kept_of_group_.begin(), kept_of_group_.end(), 0);
  for_each_value(state.runs.of_group(g), plan_.hierarchy_at(num_decided_).value_of_leaf[level],
                 [&](std::span<const Run>, Code value, Count weight) {
                   std::size_t i = plan_.ks.size();
                   while (i > 0 && weight < plan_.ks[i - 1]) --i;
                   if (i == 0) return;
                   PrefixSums& sums = sums_[i - 1];
                   ++sums.classes.classes;
                   sums.classes.squares += weight * weight;
                   sums.kept += weight;
                   sums.own_cost += weight * plan_.loss.cell_cost(j, level, value);
                   kept_of_group_[i - 1] += weight;
                 });
  const std::uint32_t* tags = state.tags.data() + g * state.tags_per_group;
  for (std::size_t i = 0; i < sums_.size(); ++i)
    for (std::size_t t = 0; t < state.tags_per_group; ++t)
      sums_[i].tagged_costs[t] += kept_of_group_[i] * tags[t];
}

/// Two lower bounds, the greater of which counts: the cheapest cells for the kept records, or all cells at
/// level 0 with the suppressed ones raised from no more than the dearest.
std::uint64_t ClassWalk::undecided_cost(std::size_t j, Count kept, Count suppressed) const {
  const std::uint64_t full = plan_.loss.full_cost(j);
  return std::max(kept * plan_.least_cost[j] + suppressed * full,
                  plan_.loss.column_cost(j, 0) + suppressed * (full - plan_.greatest_cost[j]));
}

const std::vector<std::uint64_t>& ClassWalk::costs_of_child(std::size_t i) {
  const PrefixSums& sums = sums_[i];
  const Count suppressed = sums.classes.suppressed;
  std::size_t tag = 0;
  for (std::size_t depth = 0; depth < plan_.num_depths(); ++depth) {
    const std::size_t j = plan_.order[depth];
    std::uint64_t cost = suppressed * plan_.loss.full_cost(j);
    if (depth == num_decided_)
      cost += sums.own_cost;
    else if (depth > num_decided_)
      cost = undecided_cost(j, sums.kept, suppressed);
    else if (plan_.is_tagged[j])
      cost += sums.tagged_costs[tag++];
    else
      cost += sums.kept * plan_.loss.cell_cost(j, path_[depth], 0);
    costs_[j] = cost;
  }
  return costs_;
}

}  // namespace throng
