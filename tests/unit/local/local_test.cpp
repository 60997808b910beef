// Local recoding by hand: borrowing, the ends of the range of inputs, limits of time, levels and suppression.
#include "throng/local/local.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "local/bound.hpp"
#include "local/prove.hpp"
#include "local/specialize.hpp"
#include "support/random_problem.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

/// One QI with leaves 0..3, {0,1} {2,3} at level 1, `*` at level 2; `counts` records per leaf.
Problem four_leaves(const std::vector<int>& counts) {
  Problem problem;
  Hierarchy h;
  h.labels = {{"a", "b", "c", "d"}, {"ab", "cd"}, {"*"}};
  h.first_leaf = {{0, 1, 2, 3, 4}, {0, 2, 4}, {0, 4}};
  h.value_of_leaf = {{0, 1, 2, 3}, {0, 0, 1, 1}, {0, 0, 0, 0}};
  std::vector<Code> codes;
  for (Code leaf = 0; leaf < 4; ++leaf)
    codes.insert(codes.end(), static_cast<std::size_t>(counts[leaf]), leaf);
  const std::vector<Code> identity = {0, 1, 2, 3};
  problem.lattice.axes.push_back({"q", 1.0, h});
  problem.columns = {0};
  problem.tuples = make_distinct(std::vector<LeafColumn>{{codes, identity, 4}}, codes.size(), 1);
  return problem;
}

LocalResult recoded(const Problem& problem, Count k, LocalOptions options = {}) {
  options.model.k = k;
  return recode_locally(problem, options, *self_communicator());
}

TEST(LocalRecoding, LendsSurplusRecordsToARareOne) {
  // b has one record; a lends two of five, so that three are released as ab at 1/3 each.
  const LocalResult result = recoded(four_leaves({5, 1, 0, 0}), 3);
  ASSERT_TRUE(result.best);
  EXPECT_EQ(result.suppressed, 0U);
  EXPECT_NEAR(result.loss, 3 * (1.0 / 3) / 6, 1e-12);
  ASSERT_EQ(result.best->classes.size(), 2U);
  EXPECT_TRUE(result.is_proved_optimal);
  EXPECT_EQ(result.gap, 0);
  EXPECT_EQ(result.records_at_level[0], (std::vector<Count>{3, 3, 0}));
}

TEST(LocalRecoding, SuppressesWhereLendingWouldCostMore) {
  // Three records of a would have to pay 1/3 each and the record of d 1: suppressing it costs 1 alone.
  const LocalResult result = recoded(four_leaves({9, 0, 0, 1}), 4);
  EXPECT_EQ(result.suppressed, 1U);
  EXPECT_NEAR(result.loss, 0.1, 1e-12);
  EXPECT_TRUE(result.is_proved_optimal);
}

TEST(LocalRecoding, KeepsTheSuppressionLimitAtAnyLoss) {
  LocalOptions options;
  options.max_suppressed = 0;
  const LocalResult result = recoded(four_leaves({9, 0, 0, 1}), 4, options);
  ASSERT_TRUE(result.best);
  EXPECT_EQ(result.suppressed, 0U);
  EXPECT_NEAR(result.loss, 0.4, 1e-12);
  EXPECT_LE(result.lower_bound, 0.1 + 1e-9);
}

TEST(LocalRecoding, ReleasesARareRecordWhereItLosesLeast) {
  // c needs three others: as cd with three d it costs 4/3, more than suppressing it, at `*` it would cost 4.
  LocalOptions options;
  options.max_suppressed = 0;
  const LocalResult result = recoded(four_leaves({9, 0, 1, 7}), 4, options);
  EXPECT_EQ(recoded(four_leaves({9, 0, 1, 7}), 4).suppressed, 1U);
  EXPECT_EQ(result.suppressed, 0U);
  EXPECT_NEAR(result.loss, 4 * (1.0 / 3) / 17, 1e-12);
}

TEST(LocalRecoding, TellsItsProgress) {
  test::ProblemSize size;
  size.num_records = 200;
  const Problem problem = test::random_problem(size, 3);
  LocalOptions options;
  std::vector<LocalProgress> told;
  options.on_progress = [&](const LocalProgress& progress) { told.push_back(progress); };
  const LocalResult watched = recoded(problem, 5, options);
  ASSERT_EQ(told.size(), watched.rounds);
  for (std::size_t i = 0; i < told.size(); ++i) {
    EXPECT_EQ(told[i].rounds, i + 1);
    EXPECT_LE(told[i].lower_bound, told[i].loss + 1e-9);
    EXPECT_LE(told[i].loss, i == 0 ? 1 : told[i - 1].loss);
  }
  EXPECT_EQ(told.back().fraction_done, 1);
  EXPECT_EQ(watched.loss, recoded(problem, 5).loss);
}

TEST(LocalRecoding, ProvesMoreStageByStage) {
  test::ProblemSize size;
  size.num_records = 100;
  size.num_qi = 5;
  const Problem problem = test::random_problem(size, 9);
  const LossModel loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic);
  LocalOptions options;
  options.model.k = 5;
  const local::CellSpace space(problem, loss, {});
  local::Recoding recoding(space, 5);
  local::specialize(recoding);
  const local::Clock clock(3600);
  std::vector<local::Cost> told;
  const local::Cost proved =
      local::prove(problem, loss, options, recoding, clock, [&](local::Cost cost) { told.push_back(cost); });
  EXPECT_GE(told.size(), 2U);
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_EQ(told.back(), proved);
  EXPECT_GT(told.front(), 0);
  EXPECT_LE(proved, recoding.total());
}

TEST(LocalRecoding, CutsTheColumnsIntoSetsOfFewNodes) {
  test::ProblemSize size;
  size.num_qi = 9;
  const Problem problem = test::random_problem(size, 2);
  for (const double most : {1.0, 8.0, 64.0, 1e12}) {
    std::vector<std::size_t> all;
    for (const auto& part : local::small_parts(problem, {}, most)) {
      double nodes = 1;
      for (const std::size_t qi : part)
        nodes *= static_cast<double>(problem.lattice.axes[qi].hierarchy.labels.size());
      EXPECT_TRUE(nodes <= most || part.size() == 1);
      all.insert(all.end(), part.begin(), part.end());
    }
    std::ranges::sort(all);
    EXPECT_EQ(all, (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7, 8}));
  }
}

TEST(LocalRecoding, SaysNoWhenTheLimitCannotBeKept) {
  LocalOptions options;
  options.max_suppressed = 1;
  EXPECT_FALSE(recoded(four_leaves({1, 1, 0, 0}), 3, options).best);
}

TEST(LocalRecoding, OfFewerThanKRecordsSuppressesAll) {
  const LocalResult result = recoded(four_leaves({1, 1, 0, 0}), 3);
  ASSERT_TRUE(result.best);
  EXPECT_TRUE(result.best->classes.empty());
  EXPECT_EQ(result.suppressed, 2U);
  EXPECT_EQ(result.loss, 1);
}

TEST(LocalRecoding, OfEqualRecordsLosesNothing) {
  const LocalResult result = recoded(four_leaves({0, 7, 0, 0}), 3);
  EXPECT_EQ(result.loss, 0);
  EXPECT_EQ(result.lower_bound, 0);
  EXPECT_TRUE(result.is_proved_optimal);
  EXPECT_EQ(result.gap, 0);
}

TEST(LocalRecoding, OfDifferentRecordsUsesTheCheapestCommonValue) {
  const LocalResult result = recoded(four_leaves({1, 1, 1, 1}), 2);
  EXPECT_EQ(result.suppressed, 0U);
  EXPECT_NEAR(result.loss, 1.0 / 3, 1e-12);
  EXPECT_TRUE(result.is_proved_optimal);
}

TEST(LocalRecoding, UsesOnlyTheAllowedLevels) {
  LocalOptions options;
  options.levels = {{0, 2}};
  const LocalResult result = recoded(four_leaves({3, 1, 1, 1}), 3, options);
  EXPECT_EQ(result.records_at_level[0][1], 0U);
  EXPECT_NEAR(result.loss, 0.5, 1e-12);
}

TEST(LocalRecoding, IsValidWithoutTime) {
  test::ProblemSize size;
  size.num_records = 3000;
  size.num_qi = 5;
  LocalOptions options;
  options.time_limit_seconds = 1e-9;
  const LocalResult result = recoded(test::random_problem(size, 7), 5, options);
  ASSERT_TRUE(result.best);
  for (const LocalClass& each : result.best->classes) EXPECT_GE(each.size, 5U);
  EXPECT_LE(result.lower_bound, result.loss);
}

TEST(LocalRecoding, BoundsTheGeometricLossFromTheArithmeticOne) {
  LocalOptions options;
  options.aggregate = Aggregate::kGeometric;
  test::ProblemSize size;
  size.num_records = 200;
  const Problem problem = test::random_problem(size, 3);
  const LocalResult geometric = recoded(problem, 5, options);
  const LocalResult arithmetic = recoded(problem, 5);
  EXPECT_LE(geometric.loss, arithmetic.loss + 1e-12);
  EXPECT_NEAR(geometric.lower_bound, std::exp2(arithmetic.lower_bound) - 1, 1e-6);
}

TEST(LocalRecoding, RefusesAnUnknownMetric) {
  LocalOptions options;
  options.metric = "beauty";
  EXPECT_THROW(recoded(four_leaves({3, 0, 0, 0}), 3, options), Error);
}

TEST(LocalRecoding, SpecializationReleasesAllRecords) {
  test::ProblemSize size;
  size.num_records = 500;
  size.num_qi = 4;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = test::random_problem(size, seed);
    const LossModel loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic);
    const local::CellSpace space(problem, loss, {});
    local::Recoding recoding(space, 7);
    local::specialize(recoding);
    EXPECT_EQ(recoding.suppressed(), 0U);
    for (local::ClassId id = 1; id < recoding.num_ids(); ++id) EXPECT_GE(recoding.of(id).size, 7U);
  }
}

TEST(LocalRecoding, OfALargeLatticeIsValidAndBoundedInParts) {
  test::ProblemSize size;
  size.num_records = 40;
  size.num_qi = 10;
  const Problem problem = test::random_problem(size, 11);
  ASSERT_GT(problem.lattice.approximate_num_nodes(), 1 << 14);
  const LocalResult result = recoded(problem, 5);
  ASSERT_TRUE(result.best);
  for (const LocalClass& each : result.best->classes) EXPECT_GE(each.size, 5U);
  EXPECT_GT(result.lower_bound, 0);
  EXPECT_LE(result.lower_bound, result.loss);
}

}  // namespace
}  // namespace throng
