// The order in which searches decide the quasi-identifiers, against its rule spelled out pair by pair.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/random_problem.hpp"

namespace throng {
namespace {

/// Most records that share a leaf of QI j, counted one after the other.
Count commonest(const Problem& problem, std::size_t j) {
  std::map<Code, Count> records;
  for (std::size_t t = 0; t < problem.tuples.size(); ++t)
    records[problem.tuples.code(t, j)] += problem.tuples.weights[t];
  Count most = 0;
  for (const auto& [leaf, count] : records) most = std::max(most, count);
  return most;
}

/// Whether the rule puts QI a before QI b.
bool comes_first(const Problem& problem, std::size_t a, std::size_t b) {
  const Hierarchy& of_a = problem.lattice.axes[a].hierarchy;
  const Hierarchy& of_b = problem.lattice.axes[b].hierarchy;
  if (of_a.is_flag() != of_b.is_flag()) return of_a.is_flag();
  if (of_a.height() != of_b.height()) return of_a.height() < of_b.height();
  if (of_a.num_leaves() != of_b.num_leaves()) return of_a.num_leaves() < of_b.num_leaves();
  if (commonest(problem, a) != commonest(problem, b)) return commonest(problem, a) < commonest(problem, b);
  return a < b;
}

TEST(DecisionOrder, FlagsThenFewLevelsThenFewLeavesThenTheMostVaried) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = test::random_problem({.num_qi = 12, .num_records = 300, .max_leaves = 7}, seed);
    const std::vector<std::size_t> order = decision_order(problem);
    std::vector<std::size_t> expected(problem.lattice.num_axes());
    for (std::size_t j = 0; j < expected.size(); ++j) expected[j] = j;
    std::sort(expected.begin(), expected.end(),
              [&](std::size_t a, std::size_t b) { return comes_first(problem, a, b); });
    EXPECT_EQ(order, expected) << "seed " << seed;
  }
}

}  // namespace
}  // namespace throng
