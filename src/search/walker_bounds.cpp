// The bounds of branch and bound: from the totals of the groups that stay, and from the last QIs alone.
#include <algorithm>
#include <limits>

#include "search/branch_and_bound.hpp"

namespace throng {

/// Sums what stays at or above k when the QI of `depth` is decided at `level`.
void Walker::sum_child(const PrefixGroups& prefix, std::size_t depth, Level level) {
  const std::size_t j = plan_.rules.order[depth];
  const std::vector<Code>& value_of_leaf = plan_.rules.hierarchy_at(depth).value_of_leaf[level];
  const KAnonymity model = plan_.rules.model;
  totals_.kept = 0;
  totals_.own_cost = 0;
  totals_.tagged_costs.assign(prefix.tags_per_group, 0);
  const std::size_t num_groups = prefix.runs.begin.size() - 1;
  for (std::size_t g = 0; g < num_groups; ++g) {
    Count kept = 0;
    for_each_value(prefix.runs.of_group(g), value_of_leaf,
                   [&](std::span<const Run>, Code value, Count weight) {
                     if (!model.is_satisfied_by(weight)) return;
                     kept += weight;
                     totals_.own_cost += weight * plan_.task.loss.cell_cost(j, level, value);
                   });
    totals_.kept += kept;
    const std::uint32_t* tags = prefix.tags.data() + g * prefix.tags_per_group;
    for (std::size_t t = 0; t < prefix.tags_per_group; ++t) totals_.tagged_costs[t] += kept * tags[t];
  }
}

/// sum_child() of the level `*`: one value, which all groups share that were at or above k.
void Walker::sum_star(const PrefixGroups& prefix, std::size_t depth) {
  const std::size_t j = plan_.rules.order[depth];
  const Level top = plan_.rules.hierarchy_at(depth).height();
  const bool is_any_kept = plan_.rules.model.is_satisfied_by(plan_.task.problem.num_records());
  totals_.kept = is_any_kept ? prefix.totals.kept : 0;
  totals_.own_cost = totals_.kept * plan_.task.loss.cell_cost(j, top, 0);
  totals_.tagged_costs = prefix.totals.tagged_costs;
}

/// The QIs not yet decided cost at least what they would cost alone: the bound with this, when it is larger.
double Walker::raise_bound(double bound, std::size_t depth) const {
  const LossModel& loss = plan_.task.loss;
  const double rest = plan_.rest_terms[depth + 1];
  if (rest <= 0) return bound;
  double sum = rest;
  for (std::size_t i = plan_.first_depth; i <= depth; ++i)
    sum += loss.term(plan_.rules.order[i], costs_[plan_.rules.order[i]]);
  return std::max(bound, loss.loss_of_terms(sum) - kLossResolution);  // sums in this order may round up
}

/// Bound of the child, or infinity when it must suppress more records than allowed.
double Walker::bound_of_child(const PrefixGroups& prefix, std::size_t depth, Level level) {
  const SearchTask& task = plan_.task;
  if (level == plan_.rules.hierarchy_at(depth).height())
    sum_star(prefix, depth);
  else
    sum_child(prefix, depth, level);
  const Count suppressed = task.problem.num_records() - totals_.kept;
  if (suppressed > task.options.max_suppressed) return std::numeric_limits<double>::infinity();
  std::size_t tag = 0;
  for (std::size_t i = plan_.first_depth; i < plan_.num_depths(); ++i) {
    const std::size_t j = plan_.rules.order[i];
    std::uint64_t kept_cost = totals_.kept * plan_.least_cost[j];
    if (i == depth) {
      kept_cost = totals_.own_cost;
    } else if (i < depth && plan_.rules.is_tagged[j]) {
      kept_cost = totals_.tagged_costs[tag++];
    } else if (i < depth) {
      kept_cost = totals_.kept * task.loss.cell_cost(j, path_[i], 0);
    }
    costs_[j] = kept_cost + suppressed * task.loss.full_cost(j);
  }
  const double bound = task.loss.loss(costs_);
  return depth + 1 == plan_.num_depths() ? bound : raise_bound(bound, depth);
}

}  // namespace throng
