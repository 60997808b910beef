// Sums over groups and runs, and the costs that follow from them.
#include "search/prefix_bound.hpp"

#include <algorithm>
#include <limits>

namespace throng {

namespace {

std::uint32_t least_cost(const LossModel& loss, std::size_t j, const Hierarchy& hierarchy, Level from) {
  std::uint32_t least = loss.full_cost(j);
  for (std::size_t l = from; l <= hierarchy.height(); ++l)
    for (Code g = 0; g < hierarchy.labels[l].size(); ++g)
      least = std::min(least, loss.cell_cost(j, static_cast<Level>(l), g));
  return least;
}

}  // namespace

LeastCosts::LeastCosts(const SearchTask& task) {
  for (std::size_t j = 0; j < task.problem.lattice.num_axes(); ++j) {
    const Hierarchy& hierarchy = task.problem.lattice.axes[j].hierarchy;
    any.push_back(least_cost(task.loss, j, hierarchy, 0));
    raised.push_back(least_cost(task.loss, j, hierarchy, 1));
  }
}

PrefixBound::PrefixBound(const SearchTask& task, const GroupRules& rules, const LeastCosts& least,
                         std::size_t first_depth)
    : task_(task), rules_(rules), least_(least), first_depth_(first_depth), costs_(rules.num_depths()) {}

/// Sums what stays at or above k when the QI of `depth` is decided at `level`.
void PrefixBound::sum_child(const PrefixGroups& prefix, std::size_t depth, Level level) {
  const std::size_t j = rules_.order[depth];
  const std::vector<Code>& value_of_leaf = rules_.hierarchy_at(depth).value_of_leaf[level];
  const std::span<const std::uint32_t> costs = task_.loss.cell_costs(j, level);
  totals_.kept = 0;
  totals_.own_cost = 0;
  totals_.tagged_costs.assign(prefix.tags_per_group, 0);
  const std::size_t num_groups = prefix.runs.begin.size() - 1;
  for (std::size_t g = 0; g < num_groups; ++g) {
    Count kept = 0;
    std::uint64_t own_cost = 0;
    for_each_value(prefix.runs.of_group(g), value_of_leaf,
                   [&](std::span<const Run>, Code value, Count weight) {
                     const Count counted = rules_.model.is_satisfied_by(weight) ? weight : 0;
                     kept += counted;
                     own_cost += counted * costs[value];
                   });
    totals_.kept += kept;
    totals_.own_cost += own_cost;
    const std::uint32_t* tags = prefix.tags.data() + g * prefix.tags_per_group;
    for (std::size_t t = 0; t < prefix.tags_per_group; ++t) totals_.tagged_costs[t] += kept * tags[t];
  }
}

/// sum_child() of the level `*`: one value, which all groups share that were at or above k.
void PrefixBound::sum_star(const PrefixGroups& prefix, std::size_t depth) {
  const std::size_t j = rules_.order[depth];
  const Level top = rules_.hierarchy_at(depth).height();
  const bool is_any_kept = rules_.model.is_satisfied_by(task_.problem.num_records());
  totals_.kept = is_any_kept ? prefix.totals.kept : 0;
  totals_.own_cost = totals_.kept * task_.loss.cell_cost(j, top, 0);
  totals_.tagged_costs = prefix.totals.tagged_costs;
}

bool PrefixBound::set_child(const PrefixGroups& prefix, std::span<const Level> path, std::size_t depth,
                            Level level) {
  if (level == rules_.hierarchy_at(depth).height())
    sum_star(prefix, depth);
  else
    sum_child(prefix, depth, level);
  const Count suppressed = task_.problem.num_records() - totals_.kept;
  if (suppressed > task_.options.max_suppressed) return false;
  std::size_t tag = 0;
  for (std::size_t i = first_depth_; i < rules_.num_depths(); ++i) {
    const std::size_t j = rules_.order[i];
    std::uint64_t kept_cost = totals_.kept * least_.any[j];
    if (i == depth) {
      kept_cost = totals_.own_cost;
    } else if (i < depth && rules_.is_tagged[j]) {
      kept_cost = totals_.tagged_costs[tag++];
    } else if (i < depth) {
      kept_cost = totals_.kept * task_.loss.cell_cost(j, path[i], 0);
    }
    costs_[j] = kept_cost + suppressed * task_.loss.full_cost(j);
  }
  return true;
}

double PrefixBound::terms(std::size_t begin, std::size_t end) const {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += task_.loss.term(rules_.order[i], costs_[rules_.order[i]]);
  return sum;
}

double PrefixBound::least_term(std::size_t depth, Count kept) const {
  const std::size_t j = rules_.order[depth];
  const Count suppressed = task_.problem.num_records() - kept;
  return task_.loss.term(j, kept * least_.any[j] + suppressed * task_.loss.full_cost(j));
}

double PrefixBound::least_rise(std::size_t begin, std::size_t end) const {
  double least = begin == end ? 0 : std::numeric_limits<double>::max();
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t j = rules_.order[i];
    const std::uint64_t raised_cost = costs_[j] + totals_.kept * (least_.raised[j] - least_.any[j]);
    least = std::min(least, task_.loss.term(j, raised_cost) - task_.loss.term(j, costs_[j]));
  }
  return least;
}

}  // namespace throng
