// Tries every level of every column, one at a time, then two.
//
// A combination T is the node with level 0 inside T and `*` outside; a change raises one of its levels or
// two. Coarser nodes put no more records at risk: two columns that do not help when both are dropped are left
// out, and so is what is finer than something that failed. Cost: one grouping of the distinct tuples per
// node, at most sum(h_j) for one column of the whole table; for two columns the caller bounds it.
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

/// The node of a combination: its columns as they are, the others `*`.
Node node_of(const Lattice& lattice, Combination qi) {
  Node node = lattice.top();
  for (std::size_t j = 0; j < node.size(); ++j)
    if ((qi >> j & 1) != 0) node[j] = 0;
  return node;
}

Node changed(Node node, const std::vector<Fix>& fixes) {
  for (const Fix& fix : fixes) node[fix.qi] = fix.level;
  return node;
}

bool is_finer(const Node& a, const Node& b) {
  return std::ranges::equal(a, b, [](Level x, Level y) { return x <= y; });
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

std::vector<Fix> WhatIf::changes_of(std::size_t j) const {
  std::vector<Fix> changes;
  for (std::size_t l = 1; l < column_loss_[j].size(); ++l)
    changes.push_back({j, static_cast<Level>(l), column_loss_[j][l]});
  return changes;
}

std::optional<Fix> WhatIf::cheapest_fix(Combination qi) const {
  std::vector<Fix> candidates;
  const Node node = node_of(problem_.lattice, qi);
  for (std::size_t j = 0; j < node.size(); ++j) {
    if ((qi >> j & 1) == 0) continue;
    const std::vector<Fix> changes = changes_of(j);
    candidates.insert(candidates.end(), changes.begin(), changes.end());
  }
  std::ranges::stable_sort(candidates, {}, &Fix::loss);
  for (const Fix& fix : candidates)
    if (at_risk(changed(node, {fix})) == 0) return fix;
  return std::nullopt;
}

std::optional<std::vector<Fix>> WhatIf::cheapest_pair(Combination qi, std::size_t& trials) const {
  const Node node = node_of(problem_.lattice, qi);
  std::vector<std::vector<Fix>> candidates;
  for (std::size_t a = 0; a < node.size(); ++a)
    for (std::size_t b = a + 1; b < node.size(); ++b) {
      if ((qi >> a & qi >> b & 1) == 0) continue;
      const std::vector<Fix> first = changes_of(a), second = changes_of(b);
      if (first.empty() || second.empty()) continue;
      if (trials == 0) return std::nullopt;
      --trials;
      if (at_risk(changed(node, {first.back(), second.back()})) > 0) continue;
      for (const Fix& x : first)
        for (const Fix& y : second) candidates.push_back({x, y});
    }
  std::ranges::stable_sort(candidates, {}, [](const auto& pair) { return pair[0].loss + pair[1].loss; });
  std::vector<Node> unsafe;
  for (const std::vector<Fix>& pair : candidates) {
    const Node coarser = changed(node, pair);
    if (std::ranges::any_of(unsafe, [&](const Node& other) { return is_finer(coarser, other); })) continue;
    if (trials == 0) return std::nullopt;
    --trials;
    if (at_risk(coarser) == 0) return pair;
    unsafe.push_back(coarser);
  }
  return std::vector<Fix>();
}

}  // namespace throng
