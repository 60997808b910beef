// Every metric keeps the conditions the bound of the search rests on, and the loss has the values of its
// definition.
#include "throng/loss/loss_metric.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "support/random_problem.hpp"

namespace throng {
namespace {

class Metric : public ::testing::TestWithParam<std::string> {};

TEST_P(Metric, NeverCostsLessAtACoarserLevelAndNeverMoreThanSuppression) {
  const auto metric = make_loss_metric(GetParam());
  ASSERT_NE(metric, nullptr);
  EXPECT_EQ(metric->name(), GetParam());
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Hierarchy h = test::random_hierarchy(static_cast<Code>(1 + seed % 40), seed);
    const std::uint32_t full = metric->full_cost(h);
    ASSERT_GT(full, 0U);
    for (Level l = 0; l <= h.height(); ++l) {
      for (Code leaf = 0; leaf < h.num_leaves(); ++leaf) {
        const std::uint32_t cost = metric->cell_cost(h, l, h.value_of_leaf[l][leaf]);
        ASSERT_LE(cost, full);
        if (l == h.height()) continue;
        const auto coarser = static_cast<Level>(l + 1);
        ASSERT_LE(cost, metric->cell_cost(h, coarser, h.value_of_leaf[coarser][leaf]));
      }
    }
  }
}

std::vector<std::string> metric_names() {
  std::vector<std::string> names;
  for (const std::string_view name : loss_metric_names()) names.emplace_back(name);
  return names;
}
INSTANTIATE_TEST_SUITE_P(All, Metric, ::testing::ValuesIn(metric_names()));

TEST(LossMetric, UnknownNameIsNull) { EXPECT_EQ(make_loss_metric("entropi"), nullptr); }

/// Two QIs of 4 leaves and 1 leaf, weights 3 and 1, 10 records.
LossModel model_of(Aggregate aggregate) {
  const Lattice lattice{{{"a", 3.0, test::random_hierarchy(4, 1)}, {"b", 1.0, test::random_hierarchy(1, 2)}}};
  return {lattice, *make_loss_metric("loss"), aggregate, 10};
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
