// Random nodes of the real sample, at 16 to 28 quasi-identifiers, against grouping the records of each by
// sorting.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "lattice/lattice_transform.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

const std::string kSample = THRONG_SHARED_DIR "/data/ctdc-sample/ctdc-sample-80000.csv";
const std::vector<Count> kThresholds = {2, 3, 5, 11};

Problem sample_problem(std::size_t num_qi) {
  InputSpec input;
  input.path = kSample;
  Table table = read_table(input, 2);
  for (std::size_t c = 0; c < num_qi; ++c) {
    table.columns[c].role = Role::kQuasiIdentifier;
    ColumnSpec& spec = input.columns.emplace_back();
    spec.name = table.columns[c].name;
    spec.role = Role::kQuasiIdentifier;
  }
  std::vector<std::string> warnings;
  return make_problem(table, input, 2, warnings);
}

/// The QIs that entry `index` of `block` keeps.
std::vector<std::size_t> kept_by(const TransformPlan& plan, std::uint64_t block, std::size_t index) {
  std::vector<std::size_t> kept;
  const auto prefix = plan.prefix_of(block);
  for (std::size_t i = 0; i < prefix.size(); ++i)
    if (prefix[i] == 0) kept.push_back(plan.order[i]);
  for (unsigned bit = 0; bit < plan.block_axes; ++bit)
    if ((index >> bit & 1) == 0) kept.push_back(plan.order[plan.order.size() - 1 - bit]);
  return kept;
}

RiskCounts by_sorting(const Problem& problem, const std::vector<std::size_t>& kept,
                      const RiskStatistic& phi) {
  const DistinctTuples& tuples = problem.tuples;
  std::vector<std::pair<std::vector<Code>, Weight>> items;
  for (std::size_t t = 0; t < tuples.size(); ++t) {
    std::vector<Code> codes;
    for (const std::size_t j : kept) codes.push_back(tuples.code(t, j));
    items.emplace_back(std::move(codes), tuples.weights[t]);
  }
  std::ranges::sort(items);
  RiskCounts value;
  for (std::size_t begin = 0; begin < items.size();) {
    std::size_t end = begin;
    Weight weight = 0;
    for (; end < items.size() && items[end].first == items[begin].first; ++end) weight += items[end].second;
    value += phi(weight);
    begin = end;
  }
  return value;
}

class TransformSampleTest : public testing::TestWithParam<std::size_t> {};

TEST_P(TransformSampleTest, RandomNodesEqualSorting) {
  if (!std::filesystem::exists(kSample)) GTEST_SKIP() << "needs " << kSample;
  const Problem problem = sample_problem(GetParam());
  std::vector<std::vector<Level>> levels;
  for (const Axis& axis : problem.lattice.axes) levels.push_back({0, axis.hierarchy.height()});
  const RiskStatistic phi(kThresholds);
  const TransformPlan plan = make_transform_plan(problem, levels, max_block_axes(phi));
  LatticeTransform<RiskStatistic> transform(problem, plan, phi, supported_simd_targets().back());
  for (std::uint64_t sample = 0; sample < 4; ++sample) {
    const std::uint64_t block = scale_to(hash_at(1, sample), plan.num_blocks);
    const auto values = transform.compute(block);
    for (std::uint64_t at = 0; at < 4; ++at) {
      const std::size_t index = scale_to(hash_at(sample + 2, at), values.size());
      EXPECT_EQ(values[index], by_sorting(problem, kept_by(plan, block, index), phi))
          << block << " " << index;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Columns, TransformSampleTest, testing::Values(16, 20, 24, 28));

}  // namespace
}  // namespace throng
