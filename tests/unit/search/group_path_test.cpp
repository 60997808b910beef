// Paths through short tables have the groups of the full one, and of grouping by hand.
#include "search/group_path.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "support/random_problem.hpp"

namespace throng {
namespace {

struct GroupPathTest : testing::Test {
  Problem problem = test::random_problem({.num_qi = 6, .num_records = 400, .max_leaves = 4}, 5);
  LossModel loss{problem, make_loss_metric("loss"), Aggregate::kArithmetic};
  GroupRules rules{problem, loss, {3}};
  const std::vector<std::size_t>& order = rules.order;
  std::vector<Stage> stages = make_stages(rules);

  std::vector<GroupPath> paths(std::size_t first_depth) {
    std::vector<GroupPath> all;
    for (Stage& stage : stages) {
      if (first_depth >= stage.end) continue;
      stage.root = root_group(stage.suffixes, first_depth);
      all.emplace_back(rules, stage, first_depth);
    }
    return all;
  }

  /// A path whose neighbours share some of it, for every seed.
  [[nodiscard]] std::vector<Level> path(std::uint64_t seed) const {
    std::vector<Level> levels;
    for (std::size_t i = 0; i < order.size(); ++i)
      levels.push_back(static_cast<Level>((seed >> i) % (rules.hierarchy_at(i).height() + 1U)));
    return levels;
  }
};

/// What a prefix tells about the next QI: weight of every leaf, per group, in any order.
std::vector<std::map<Code, Count>> leaves_of(const PrefixGroups& prefix) {
  std::vector<std::map<Code, Count>> groups;
  for (std::size_t g = 0; g + 1 < prefix.runs.begin.size(); ++g) {
    auto& leaves = groups.emplace_back();
    for (const Run& run : prefix.runs.of_group(g)) leaves[run.leaf] += run.weight;
  }
  std::sort(groups.begin(), groups.end());
  return groups;
}

TEST_F(GroupPathTest, StagesGrowAndKeepAllRecords) {
  ASSERT_GE(stages.size(), 3U);
  EXPECT_EQ(stages.back().end, order.size());
  for (std::size_t s = 0; s < stages.size(); ++s) {
    Count records = 0;
    for (const Weight weight : stages[s].suffixes.records) records += weight;
    EXPECT_EQ(records, problem.num_records());
    if (s == 0) continue;
    EXPECT_LT(stages[s - 1].end, stages[s].end);
    EXPECT_LE(kTuplesRatio * static_cast<double>(stages[s - 1].suffixes.records.size()),
              static_cast<double>(stages[s].suffixes.records.size()));
  }
}

TEST_F(GroupPathTest, EveryStageHasTheGroupsOfTheFullTable) {
  for (const std::size_t first_depth : {0U, 1U, 2U}) {
    std::vector<GroupPath> all = paths(first_depth);
    ASSERT_GE(all.size(), 2U);
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      const std::vector<Level> levels = path(seed * 7);
      const std::size_t depth = first_depth + seed % (stages[stages.size() - all.size()].end - first_depth);
      const PrefixGroups& full = all.back().at(levels, depth);
      for (std::size_t s = 0; s + 1 < all.size(); ++s) {
        const PrefixGroups& cut = all[s].at(levels, depth);
        ASSERT_EQ(leaves_of(cut), leaves_of(full)) << "seed " << seed << ", depth " << depth;
        EXPECT_EQ(cut.totals.kept, full.totals.kept);
        EXPECT_EQ(cut.totals.tagged_costs, full.totals.tagged_costs);
      }
    }
  }
}

/// Runs without their places.
std::vector<std::vector<std::pair<Code, Weight>>> counts_of(const Runs& runs) {
  std::vector<std::vector<std::pair<Code, Weight>>> groups(runs.begin.size() - 1);
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const Run& run : runs.of_group(g)) groups[g].emplace_back(run.leaf, run.weight);
  return groups;
}

TEST_F(GroupPathTest, WhatIsCountedIsWhatIsMerged) {
  std::vector<GroupPath> all = paths(0);
  std::size_t num_runs = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::vector<Level> levels = path(seed * 11);
    const std::size_t depth = 1 + seed % (order.size() - 2);
    const PrefixGroups& prefix = all.back().at(levels, depth);
    const auto counted = counts_of(prefix.runs);
    const GroupTotals totals = prefix.totals;
    all.back().at(levels, depth + 1);  // goes on from merged groups
    const Groups& groups = prefix.groups;
    ASSERT_EQ(counted, counts_of(prefix.runs)) << "seed " << seed << ", depth " << depth;
    EXPECT_EQ(totals.kept, prefix.totals.kept);
    EXPECT_EQ(totals.tagged_costs, prefix.totals.tagged_costs);
    ASSERT_EQ(groups.size() + 1, prefix.runs.begin.size());
    for (std::size_t g = 0; g < groups.size(); ++g)
      EXPECT_EQ(prefix.runs.of_group(g).back().end - prefix.runs.of_group(g).front().begin,
                groups.group(g).size());
    num_runs += prefix.runs.runs.size();
  }
  EXPECT_GT(num_runs, 1000U);
}

TEST_F(GroupPathTest, GroupsAreTheClassesOfAtLeastK) {
  std::vector<GroupPath> all = paths(0);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::vector<Level> levels = path(seed);
    const std::size_t depth = order.size() - 1;
    Node node(order.size());
    for (std::size_t i = 0; i < depth; ++i) node[order[i]] = levels[i];
    node[order[depth]] = rules.hierarchy_at(depth).height();
    std::vector<Count> expected;
    for (const auto& [tuple, records] : test::brute_force_classes(problem, node))
      if (records >= 3) expected.push_back(records);
    std::vector<Count> found;
    for (const auto& leaves : leaves_of(all.back().at(levels, depth))) {
      found.push_back(0);
      for (const auto& [leaf, records] : leaves) found.back() += records;
    }
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected);
  }
}

}  // namespace
}  // namespace throng
