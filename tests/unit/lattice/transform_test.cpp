// The dense tail on every instruction set against the recursion without it, and both against sorting.
#include <gtest/gtest.h>

#include <algorithm>

#include "lattice/lattice_transform.hpp"
#include "support/random_problem.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

/// `num_flags` binary columns, of which flag j is set in about one of j + 2 records; `copies` of every
/// record.
Problem flag_problem(std::size_t num_flags, std::size_t num_records, std::size_t copies) {
  Problem problem;
  std::vector<std::vector<Code>> codes(num_flags);
  const std::vector<Code> leaf_of_code = {0, 1};
  for (std::size_t j = 0; j < num_flags; ++j) {
    problem.lattice.axes.push_back({"flag" + std::to_string(j), 1.0, flat_hierarchy({"", "1"})});
    for (std::size_t i = 0; i < num_records; ++i)
      codes[j].insert(codes[j].end(), copies, hash_at(j, i % (num_records / 2 + 1)) % (j + 2) == 0 ? 1 : 0);
  }
  std::vector<LeafColumn> columns;
  for (const auto& column : codes) columns.push_back({column, leaf_of_code, 2});
  problem.tuples = make_distinct(columns, num_records * copies, 1);
  return problem;
}

std::vector<std::vector<Level>> keep_or_star(const Problem& problem) {
  return std::vector<std::vector<Level>>(problem.lattice.num_axes(), {0, 1});
}

std::vector<RiskCounts> all_values(const Problem& problem, const RiskStatistic& phi, unsigned block_axes,
                                   std::optional<SimdTarget> target) {
  const TransformPlan plan = make_transform_plan(problem, keep_or_star(problem), block_axes);
  LatticeTransform<RiskStatistic> transform(problem, plan, phi, target);
  std::vector<RiskCounts> values;
  for (std::uint64_t block = 0; block < plan.num_blocks; ++block) {
    const auto more = transform.compute(block);
    values.insert(values.end(), more.begin(), more.end());
  }
  return values;
}

/// The value at entry `index` of all_values(), by sorting the masked patterns.
RiskCounts by_sorting(const Problem& problem, const RiskStatistic& phi, std::size_t index) {
  const TransformPlan plan = make_transform_plan(problem, keep_or_star(problem), 12);
  const std::size_t d = plan.order.size();
  std::vector<std::pair<std::uint64_t, Weight>> items;
  for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < d; ++i)
      if ((index >> (d - 1 - i) & 1) == 0) key |= std::uint64_t{problem.tuples.code(t, plan.order[i])} << i;
    items.emplace_back(key, problem.tuples.weights[t]);
  }
  std::ranges::sort(items);
  RiskCounts value;
  for (std::size_t begin = 0; begin < items.size();) {
    Weight weight = 0;
    const std::uint64_t key = items[begin].first;
    for (; begin < items.size() && items[begin].first == key; ++begin) weight += items[begin].second;
    value += phi(weight);
  }
  return value;
}

const std::vector<Count> kRiskThresholds = {2, 3, 5, 11};

TEST(DenseTail, EveryInstructionSetEqualsTheRecursionWithoutIt) {
  const Problem problem = flag_problem(13, 3000, 1);
  const RiskStatistic phi(kRiskThresholds);
  const auto expected = all_values(problem, phi, 12, std::nullopt);
  ASSERT_EQ(expected.size(), std::size_t{1} << 13);
  for (const SimdTarget target : supported_simd_targets())
    EXPECT_EQ(all_values(problem, phi, 12, target), expected) << to_string(target);
  for (const unsigned block_axes : {0U, 5U, 6U, 7U, 13U})
    EXPECT_EQ(all_values(problem, phi, block_axes, SimdTarget::kPortable), expected) << block_axes;
  for (std::size_t index = 0; index < expected.size(); index += 257)
    EXPECT_EQ(expected[index], by_sorting(problem, phi, index)) << index;
}

TEST(DenseTail, WeightsAboveTheCapAreNotRecordsAtRisk) {
  // 300 copies of each record: every weight is far above the cap, and sums of capped ones reach it again.
  const Problem problem = flag_problem(9, 400, 300);
  const RiskStatistic phi(kRiskThresholds);
  for (const SimdTarget target : supported_simd_targets())
    for (const RiskCounts& value : all_values(problem, phi, 12, target)) {
      ASSERT_GT(value.classes(), 0U);
      ASSERT_EQ(value.at_risk(3), 0U);
    }
}

TEST(DenseTail, CountersDoNotOverflow) {
  // Many groups in one tail, each with as many classes of 31 records as there can be: the largest sums of
  // bytes and of 16 bits between two drains.
  const Problem problem = flag_problem(16, 20000, 3);
  const std::vector<Count> thresholds = {2, 16, 31, 32};
  const RiskStatistic phi(thresholds);
  const auto expected = all_values(problem, phi, 6, std::nullopt);
  for (const SimdTarget target : supported_simd_targets())
    ASSERT_EQ(all_values(problem, phi, 6, target), expected) << to_string(target);
}

TEST(DenseTail, ThresholdsBeyondItsLanesFallBackToTheRecursion) {
  const Problem problem = flag_problem(9, 2000, 5);
  for (const Count largest : {33U, 40000U}) {
    const std::vector<Count> thresholds = {2, largest};
    const RiskStatistic phi(thresholds);
    const auto values = all_values(problem, phi, max_block_axes(phi), SimdTarget::kPortable);
    for (std::size_t index = 0; index < values.size(); index += 37)
      EXPECT_EQ(values[index], by_sorting(problem, phi, index)) << largest;
  }
}

TEST(TransformPlan, TakesLargeDomainsFirstAndFlagsLast) {
  test::ProblemSize size;
  size.num_qi = 6;
  size.max_leaves = 6;
  const Problem problem = test::random_problem(size, 4);
  std::vector<std::vector<Level>> levels;
  for (const Axis& axis : problem.lattice.axes) levels.push_back({0, axis.hierarchy.height()});
  const TransformPlan plan = make_transform_plan(problem, levels, 12);
  for (std::size_t i = 1; i < plan.order.size(); ++i) {
    const auto leaves = [&](std::size_t at) {
      return problem.lattice.axes[plan.order[at]].hierarchy.num_leaves();
    };
    EXPECT_GE(std::max<Code>(leaves(i - 1), 2), std::max<Code>(leaves(i), 2));
  }
}

}  // namespace
}  // namespace throng
