// Groups of a family, and sums by suffix, against grouping by std::map.
#include "proof/family_grouping.hpp"

#include <gtest/gtest.h>

#include <map>

#include "support/random_problem.hpp"

namespace throng {
namespace {

TEST(FamilyGrouping, HoldsTheRecordsOfGroupsOfKOrMore) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Problem problem = test::random_problem({.num_qi = 4, .num_records = 120, .max_leaves = 5}, seed);
    const LossModel loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic);
    const ProofTask task{problem, loss, {6}};
    const std::vector<std::size_t> branched{0, 1};
    const std::vector<std::size_t> tail{2, 3};
    const TailTable table(problem, branched, tail);
    const CostFloors floors(task);
    FamilyGrouping grouping(task, table, branched, floors);
    for (Level level = 0; level <= problem.lattice.axes[0].hierarchy.height(); ++level) {
      TailGroups groups;
      grouping.make({{level, kFreeLevel}, 0}, groups);
      Node node = problem.lattice.top();
      node[0] = level;
      std::multimap<Count, int> expected;
      for (const auto& [cells, records] : test::brute_force_classes(problem, node))
        if (records >= 6) expected.emplace(records, 0);
      std::multimap<Count, int> found;
      for (std::size_t g = 0; g < groups.num_groups(); ++g) {
        Count records = 0;
        for (const auto& item : groups.items_of(groups.first_run[g], groups.first_run[g + 1]))
          records += item.weight;
        found.emplace(records, 0);
      }
      EXPECT_EQ(found, expected) << seed;
    }
  }
}

TEST(SuffixSums, GivesSumsInOrderAndForgetsThem) {
  SuffixSums sums(10000);
  const std::vector<std::pair<std::uint32_t, Weight>> added{{9999, 2}, {0, 1}, {64, 5}, {9999, 3}, {4096, 7}};
  for (const auto& [suffix, weight] : added) sums.add({suffix, suffix % 7}, weight);
  std::vector<std::pair<std::uint32_t, Weight>> taken;
  const auto take = [&](std::uint32_t suffix, Weight weight, Code leaf) {
    EXPECT_EQ(leaf, suffix % 7);
    taken.emplace_back(suffix, weight);
  };
  sums.take(take);
  EXPECT_EQ(taken, (std::vector<std::pair<std::uint32_t, Weight>>{{0, 1}, {64, 5}, {4096, 7}, {9999, 5}}));
  taken.clear();
  sums.take(take);
  EXPECT_TRUE(taken.empty());
}

}  // namespace
}  // namespace throng
