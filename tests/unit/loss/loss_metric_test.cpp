// Every metric keeps the conditions the bounds of the searches rest on, and the loss has the values of its
// definition.
#include "throng/loss/loss_metric.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "support/random_problem.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

std::vector<std::string> metric_names(bool sums_over_cells) {
  std::vector<std::string> names;
  for (const std::string_view name : loss_metric_names())
    if (is_sum_over_cells(name) == sums_over_cells) names.emplace_back(name);
  return names;
}

Problem problem_of(std::uint64_t seed) {
  return test::random_problem({1 + seed % 4, 1 + 3 * (seed % 60), static_cast<Code>(1 + seed % 40)}, seed);
}

class CellMetricTest : public ::testing::TestWithParam<std::string> {};

TEST_P(CellMetricTest, NeverCostsLessAtACoarserLevelAndNeverMoreThanSuppression) {
  EXPECT_EQ(make_loss_metric(GetParam())->name(), GetParam());
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Problem problem = problem_of(seed);
    const LossModel loss(problem, make_loss_metric(GetParam()), Aggregate::kArithmetic);
    for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) {
      const Hierarchy& h = problem.lattice.axes[j].hierarchy;
      for (Level l = 0; l <= h.height(); ++l) {
        for (Code leaf = 0; leaf < h.num_leaves(); ++leaf) {
          const std::uint32_t cost = loss.cell_cost(j, l, h.value_of_leaf[l][leaf]);
          ASSERT_LE(cost, loss.full_cost(j));
          if (l == h.height()) continue;
          const auto coarser = static_cast<Level>(l + 1);
          ASSERT_LE(cost, loss.cell_cost(j, coarser, h.value_of_leaf[coarser][leaf]));
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, CellMetricTest, ::testing::ValuesIn(metric_names(true)));

class ClassMetricTest : public ::testing::TestWithParam<std::string> {};

TEST_P(ClassMetricTest, NeverFallsWhenClassesMergeOrRecordsAreSuppressed) {
  const auto metric = make_loss_metric(GetParam());
  const auto& loss = dynamic_cast<const ClassMetric&>(*metric);
  const ClassSums original{20, 60, 0};
  const Count n = 30;
  for (Count classes = 1; classes <= 20; ++classes)
    for (Count suppressed = 0; suppressed < n; ++suppressed) {
      const double here = loss.loss({classes, 60 + suppressed, suppressed}, original, n);
      ASSERT_GE(here, 0.0);
      ASSERT_LE(here, 1.0);
      ASSERT_GE(loss.loss({classes - 1, 60 + suppressed, suppressed}, original, n), here);
      ASSERT_GE(loss.loss({classes, 61 + suppressed, suppressed}, original, n), here);
      ASSERT_GE(loss.loss({classes, 60 + suppressed, suppressed + 1}, original, n), here);
    }
}

INSTANTIATE_TEST_SUITE_P(All, ClassMetricTest, ::testing::ValuesIn(metric_names(false)));

class AnyMetric : public ::testing::TestWithParam<std::string> {};

/// 0 = original data, 1 = everything suppressed, whatever the data.
TEST_P(AnyMetric, RunsFromZeroToOne) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Problem problem = problem_of(seed);
    const LossModel loss(problem, make_loss_metric(GetParam()), Aggregate::kArithmetic);
    const Node bottom = problem.lattice.bottom();
    EXPECT_DOUBLE_EQ(evaluate_node(problem, loss, {1}, bottom).loss, 0.0);
    EXPECT_DOUBLE_EQ(evaluate_node(problem, loss, {problem.num_records() + 1}, bottom).loss, 1.0);
  }
}

std::vector<std::string> all_names() {
  const auto names = loss_metric_names();
  return {names.begin(), names.end()};
}
INSTANTIATE_TEST_SUITE_P(All, AnyMetric, ::testing::ValuesIn(all_names()));

TEST(LossMetric, UnknownNameIsNull) {
  EXPECT_EQ(make_loss_metric("entropi"), nullptr);
  EXPECT_FALSE(is_sum_over_cells("entropi"));
}

/// Ten records of one QI with four leaves: 4 x 0, 3 x 1, 2 x 2, 1 x 3; level 1 = {0,1}, {2,3}.
Problem ten_records() {
  Problem problem;
  Hierarchy h;
  h.labels = {{"a", "b", "c", "d"}, {"ab", "cd"}, {"*"}};
  h.first_leaf = {{0, 1, 2, 3, 4}, {0, 2, 4}, {0, 4}};
  h.value_of_leaf = {{0, 1, 2, 3}, {0, 0, 1, 1}, {0, 0, 0, 0}};
  problem.lattice.axes = {{"q", 1.0, h}};
  const std::vector<Code> codes = {0, 0, 0, 0, 1, 1, 1, 2, 2, 3};
  const std::vector<Code> identity = {0, 1, 2, 3};
  const LeafColumn column{codes, identity, 4};
  problem.tuples = make_distinct({&column, 1}, codes.size(), 1);
  return problem;
}

double loss_of(const char* metric, Level level, Count k) {
  const Problem problem = ten_records();
  const LossModel loss(problem, make_loss_metric(metric), Aggregate::kArithmetic);
  return evaluate_node(problem, loss, {k}, {level}).loss;
}

TEST(LossMetric, PrecisionByHand) {
  EXPECT_DOUBLE_EQ(loss_of("precision", 1, 2), 0.5);
  EXPECT_DOUBLE_EQ(loss_of("precision", 2, 2), 1.0);
  EXPECT_DOUBLE_EQ(loss_of("precision", 0, 2), 0.1);  // one record suppressed
}

TEST(LossMetric, EntropyByHand) {
  const double whole =
      4 * std::log2(10.0 / 4) + 3 * std::log2(10.0 / 3) + 2 * std::log2(10.0 / 2) + 1 * std::log2(10.0 / 1);
  const double halves =
      4 * std::log2(7.0 / 4) + 3 * std::log2(7.0 / 3) + 2 * std::log2(3.0 / 2) + 1 * std::log2(3.0 / 1);
  EXPECT_NEAR(loss_of("entropy", 1, 2), halves / whole, 1e-5);
  EXPECT_NEAR(loss_of("entropy", 2, 2), 1.0, 1e-5);
  EXPECT_NEAR(loss_of("entropy", 0, 2), std::log2(10.0 / 1) / whole, 1e-5);
}

TEST(LossMetric, DiscernibilityByHand) {
  const double least = 16 + 9 + 4 + 1;
  EXPECT_DOUBLE_EQ(loss_of("discernibility", 1, 2), (49 + 9 - least) / (100 - least));
  EXPECT_DOUBLE_EQ(loss_of("discernibility", 2, 2), 1.0);
  EXPECT_DOUBLE_EQ(loss_of("discernibility", 0, 2), (16 + 9 + 4 + 10 - least) / (100 - least));
}

TEST(LossMetric, AverageClassSizeByHand) {
  const double least = 10.0 / 4;
  EXPECT_DOUBLE_EQ(loss_of("average_class_size", 1, 2), (10.0 / 2 - least) / (10 - least));
  EXPECT_DOUBLE_EQ(loss_of("average_class_size", 2, 2), 1.0);
  EXPECT_DOUBLE_EQ(loss_of("average_class_size", 0, 2), (10.0 / 3 - least) / (10 - least));
}

/// Two QIs of 4 leaves and 1 leaf, weights 3 and 1, 10 records.
LossModel model_of(Aggregate aggregate) {
  Problem problem;
  problem.lattice.axes = {{"a", 3.0, test::random_hierarchy(4, 1)}, {"b", 1.0, test::random_hierarchy(1, 2)}};
  const std::vector<Code> codes(10, 0);
  const std::vector<Code> identity = {0, 1, 2, 3};
  const LeafColumn columns[] = {{codes, identity, 4}, {codes, {identity.data(), 1}, 1}};
  problem.tuples = make_distinct(columns, codes.size(), 1);
  return {problem, make_loss_metric("loss"), aggregate};
}

TEST(LossModel, ArithmeticIsTheWeightedMean) {
  const LossModel model = model_of(Aggregate::kArithmetic);
  EXPECT_EQ(model.full_cost(0), 3U);
  EXPECT_EQ(model.full_cost(1), 1U);  // a suppressed cell is lost even where nothing can be generalized
  const std::uint64_t costs[] = {15, 2};
  EXPECT_DOUBLE_EQ(model.loss_of_qi(0, 15), 0.5);
  EXPECT_DOUBLE_EQ(model.loss(costs), (3 * 0.5 + 1 * 0.2) / 4);
}

TEST(LossModel, GeometricIsTheWeightedGeometricMeanOfOnePlusLoss) {
  const LossModel model = model_of(Aggregate::kGeometric);
  const std::uint64_t costs[] = {15, 2};
  EXPECT_NEAR(model.loss(costs), std::pow(std::pow(1.5, 3) * 1.2, 0.25) - 1, 1e-15);
  const std::uint64_t everything[] = {30, 10};
  EXPECT_NEAR(model.loss(everything), 1.0, 1e-15);
}

}  // namespace
}  // namespace throng
