// Cuts tables from the longest to the shortest.
#include "search/stages.hpp"

#include <algorithm>
#include <utility>

namespace throng {

namespace {

/// Shorter tables are not worth a stage.
constexpr std::size_t kLeastTuples = 16;

/// True when the cells of some level of QI j do not all cost the same: then each group must remember its
/// cost.
bool has_uneven_costs(const LossModel& loss, std::size_t j, const Hierarchy& hierarchy) {
  for (std::size_t l = 0; l < hierarchy.labels.size(); ++l) {
    const std::span<const std::uint32_t> costs = loss.cell_costs(j, static_cast<Level>(l));
    if (std::ranges::any_of(costs, [&](std::uint32_t cost) { return cost != costs[0]; })) return true;
  }
  return false;
}

/// The longest table, without a root.
Stage table_of_all(const GroupRules& rules) {
  return {rules.num_depths(),
          make_suffix_table(rules.problem.tuples, leaf_counts(rules.problem.lattice), rules.order),
          {}};
}

}  // namespace

GroupRules::GroupRules(const Problem& the_problem, const LossModel& the_loss, KAnonymity the_model)
    : problem(the_problem), loss(the_loss), model(the_model), order(decision_order(problem)) {
  for (std::size_t j = 0; j < order.size(); ++j)
    is_tagged.push_back(has_uneven_costs(loss, j, problem.lattice.axes[j].hierarchy));
}

std::vector<Level> GroupRules::heights(std::size_t begin, std::size_t end) const {
  std::vector<Level> heights;
  for (std::size_t i = begin; i < end; ++i) heights.push_back(hierarchy_at(i).height());
  return heights;
}

Stage full_stage(const GroupRules& rules) {
  Stage stage = table_of_all(rules);
  stage.root = root_group(stage.suffixes);
  return stage;
}

std::vector<Stage> make_stages(const GroupRules& rules) {
  std::vector<Stage> stages;
  stages.push_back(table_of_all(rules));
  SuffixTable skipped;  // made last, but not worth a stage
  for (std::size_t end = rules.num_depths(); end-- > 1;) {
    SuffixTable table = shortened(skipped.depths.empty() ? stages.back().suffixes : skipped, end);
    if (table.records.size() < kLeastTuples) break;
    const double ratio = static_cast<double>(stages.back().suffixes.records.size()) /
                         static_cast<double>(table.records.size());
    if (ratio < kTuplesRatio) {
      skipped = std::move(table);
    } else {
      stages.push_back({end, std::move(table), {}});
      skipped = {};
    }
  }
  std::reverse(stages.begin(), stages.end());
  return stages;
}

}  // namespace throng
