// Tries every level of every column, one at a time.
//
// A combination T is the node with level 0 inside T and `*` outside; a change raises one of its levels. Cost:
// one grouping of the distinct tuples per level of the columns of T, so at most sum(h_j) for the whole table.
#include "fixes.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace throng {

namespace {

/// The model that gives a column a loss: the job's, or where its metric is no sum over cells, Iyengar's.
LossModel column_model(const Problem& problem, const SearchOptions& search) {
  const std::string_view metric = is_sum_over_cells(search.metric) ? search.metric : "loss";
  return {problem, make_loss_metric(metric), Aggregate::kArithmetic};
}

std::vector<std::vector<double>> column_losses(const Problem& problem, const LossModel& loss) {
  std::vector<std::vector<double>> losses;
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
    std::vector<double>& of_level = losses.emplace_back();
    for (unsigned l = 0; l <= problem.lattice.axes[j].hierarchy.height(); ++l)
      of_level.push_back(loss.loss_of_qi(j, loss.column_cost(j, static_cast<Level>(l))));
  }
  return losses;
}

}  // namespace

WhatIf::WhatIf(const Problem& problem, const SearchOptions& search)
    : problem_(problem),
      model_(search.model),
      loss_(problem, make_loss_metric(search.metric), search.aggregate),
      column_loss_(column_losses(problem, column_model(problem, search))) {}

Solution WhatIf::evaluate(const Node& levels) const { return evaluate_node(problem_, loss_, model_, levels); }

Count WhatIf::at_risk(const Node& levels) const { return evaluate(levels).suppressed; }

std::vector<SingleChange> WhatIf::single_changes() const {
  std::vector<SingleChange> changes;
  for (std::size_t j = 0; j < column_loss_.size(); ++j)
    for (std::size_t l = 1; l < column_loss_[j].size(); ++l) {
      Node node = problem_.lattice.bottom();
      node[j] = static_cast<Level>(l);
      changes.push_back({{j, node[j], column_loss_[j][l]}, at_risk(node)});
    }
  std::ranges::stable_sort(changes, [](const SingleChange& a, const SingleChange& b) {
    return std::tie(a.at_risk, a.change.loss) < std::tie(b.at_risk, b.change.loss);
  });
  return changes;
}

std::optional<Fix> WhatIf::cheapest_fix(Combination qi) const {
  std::vector<Fix> candidates;
  Node node = problem_.lattice.top();
  for (std::size_t j = 0; j < node.size(); ++j) {
    if ((qi >> j & 1) == 0) continue;
    node[j] = 0;
    for (std::size_t l = 1; l < column_loss_[j].size(); ++l)
      candidates.push_back({j, static_cast<Level>(l), column_loss_[j][l]});
  }
  std::ranges::stable_sort(candidates, {}, &Fix::loss);
  for (const Fix& fix : candidates) {
    Node changed = node;
    changed[fix.qi] = fix.level;
    if (at_risk(changed) == 0) return fix;
  }
  return std::nullopt;
}

}  // namespace throng
