// The nodes around a node, against all nodes of a small lattice.
#include "report/neighbourhood.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "unit/release/release_fixture.hpp"

namespace throng {
namespace {

using test::SmallCase;

unsigned distance(const Node& a, const Node& b) {
  int steps = 0;
  for (std::size_t j = 0; j < a.size(); ++j) steps += std::abs(int{a[j]} - int{b[j]});
  return static_cast<unsigned>(steps);
}

struct Walk : SmallCase {
  SearchOptions search;
  Node centre = {1, 0};
  Walk() { search.model.k = 2; }
  [[nodiscard]] std::vector<NearbyNode> nodes(std::size_t most, Count limit = 100) const {
    return neighbourhood(WhatIf(problem, search), problem.lattice, centre, limit, most);
  }
};

TEST(Neighbourhood, HasEveryNodeWithinTwoStepsOnce) {
  const Walk walk;
  const auto nodes = walk.nodes(100);
  std::size_t expected = 0;
  for (Level country = 0; country <= 2; ++country)
    for (Level gender = 0; gender <= 1; ++gender) {
      const Node node = {country, gender};
      if (distance(node, walk.centre) > 2) continue;
      ++expected;
      EXPECT_EQ(std::ranges::count_if(nodes, [&](const auto& n) { return n.solution.levels == node; }), 1);
    }
  EXPECT_EQ(nodes.size(), expected);
  EXPECT_EQ(nodes.front().solution.levels, walk.centre);
  for (const NearbyNode& node : nodes) EXPECT_EQ(node.steps, distance(node.solution.levels, walk.centre));
  EXPECT_TRUE(std::ranges::is_sorted(nodes, {}, &NearbyNode::steps));
}

TEST(Neighbourhood, IsEvaluatedAndKeepsAllNeighboursWhenItIsCut) {
  const Walk walk;
  const WhatIf what_if(walk.problem, walk.search);
  for (const NearbyNode& node : walk.nodes(100)) {
    const Solution solution = what_if.evaluate(node.solution.levels);
    EXPECT_EQ(node.solution.loss, solution.loss);
    EXPECT_EQ(node.solution.suppressed, solution.suppressed);
  }
  EXPECT_EQ(walk.nodes(0).size(), 4U) << "the centre and its three neighbours";
  EXPECT_EQ(walk.nodes(5).size(), 5U);
}

TEST(Neighbourhood, GoesOnFromTheNodeThatIsAllowedAndLosesLeast) {
  const Walk walk;
  // Allowed is only what suppresses nobody; of these the walk goes on from the one of least loss.
  const auto nodes = walk.nodes(5, 0);
  std::vector<NearbyNode> allowed;
  for (std::size_t i = 1; i < 4; ++i)
    if (nodes[i].solution.suppressed == 0) allowed.push_back(nodes[i]);
  ASSERT_FALSE(allowed.empty());
  const auto least =
      std::ranges::min_element(allowed, {}, [](const NearbyNode& node) { return node.solution.loss; });
  EXPECT_EQ(distance(nodes[4].solution.levels, least->solution.levels), 1U);
}

}  // namespace
}  // namespace throng
