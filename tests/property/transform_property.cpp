// The lattice transform equals grouping by std::map at every node, for corners, whole lattices and any
// statistic.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include "lattice/lattice_transform.hpp"
#include "support/random_problem.hpp"

namespace throng {
namespace {

using test::ProblemSize;
using test::random_problem;
using Levels = std::vector<std::vector<Level>>;

/// Sum of squares of class sizes up to 20, and the number of classes of even size: nothing like a risk.
struct OddStatistic {
  struct Value {
    std::int64_t squares = 0;
    std::int64_t even = 0;
    Value& operator+=(const Value& other) { return squares += other.squares, even += other.even, *this; }
    Value& operator-=(const Value& other) { return squares -= other.squares, even -= other.even, *this; }
    friend bool operator==(const Value&, const Value&) = default;
  };
  Value operator()(Weight weight) const {
    const std::int64_t w = std::min(weight, cap());
    return {w * w, w % 2 == 0 ? 1 : 0};
  }
  [[nodiscard]] Weight cap() const { return 20; }
};

Problem random_mixed_problem(std::size_t max_qi, Code max_leaves) {
  ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(1, max_qi + 1);
  size.num_records = *rc::gen::inRange<std::size_t>(1, 150);
  size.max_leaves = *rc::gen::inRange<Code>(1, max_leaves + 1);
  return random_problem(size, *rc::gen::arbitrary<std::uint64_t>());
}

Levels corners(const Problem& problem) {
  Levels levels;
  for (const Axis& axis : problem.lattice.axes) levels.push_back({0, axis.hierarchy.height()});
  return levels;
}

Levels all_levels(const Problem& problem) {
  Levels levels(problem.lattice.num_axes());
  for (std::size_t j = 0; j < levels.size(); ++j)
    for (unsigned l = 0; l <= problem.lattice.axes[j].hierarchy.height(); ++l)
      levels[j].push_back(static_cast<Level>(l));
  return levels;
}

/// The node behind entry `index` of `block`.
Node node_of(const TransformPlan& plan, std::uint64_t block, std::size_t index) {
  Node node(plan.order.size());
  const auto prefix = plan.prefix_of(block);
  for (std::size_t i = 0; i < prefix.size(); ++i) node[plan.order[i]] = plan.levels[i][prefix[i]];
  for (unsigned bit = 0; bit < plan.block_axes; ++bit) {
    const std::size_t depth = plan.order.size() - 1 - bit;
    node[plan.order[depth]] = plan.levels[depth][index >> bit & 1];
  }
  return node;
}

template <ClassStatistic S>
void assert_equals_brute_force(const Problem& problem, const Levels& levels, const S& phi,
                               unsigned block_axes) {
  const TransformPlan plan = make_transform_plan(problem, levels, block_axes);
  LatticeTransform<S> transform(problem, plan, phi, SimdTarget::kPortable);
  for (std::uint64_t block = 0; block < plan.num_blocks; ++block) {
    const auto values = transform.compute(block);
    for (std::size_t index = 0; index < values.size(); ++index) {
      typename S::Value expected{};
      for (const auto& [tuple, count] : test::brute_force_classes(problem, node_of(plan, block, index)))
        expected += phi(static_cast<Weight>(count));
      RC_ASSERT(values[index] == expected);
    }
  }
}

RiskStatistic random_risk() {
  std::vector<Count> thresholds = {*rc::gen::inRange<Count>(2, 5), *rc::gen::inRange<Count>(5, 60)};
  return RiskStatistic(thresholds);
}

RC_GTEST_PROP(Transform, CornersOfAnyProblemEqualBruteForce, ()) {
  const Problem problem = random_mixed_problem(7, 5);
  assert_equals_brute_force(problem, corners(problem), random_risk(), *rc::gen::inRange(0U, 13U));
}

RC_GTEST_PROP(Transform, CornersOfFlagsEqualBruteForce, ()) {
  const Problem problem = random_mixed_problem(8, 2);
  assert_equals_brute_force(problem, corners(problem), random_risk(), *rc::gen::inRange(0U, 13U));
}

RC_GTEST_PROP(Transform, WholeLatticesEqualBruteForce, ()) {
  const Problem problem = random_mixed_problem(4, 7);
  assert_equals_brute_force(problem, all_levels(problem), random_risk(), 12);
}

RC_GTEST_PROP(Transform, AnyStatisticEqualsBruteForce, ()) {
  const Problem problem = random_mixed_problem(7, 3);
  assert_equals_brute_force(problem, corners(problem), OddStatistic{}, *rc::gen::inRange(0U, 13U));
}

}  // namespace
}  // namespace throng
