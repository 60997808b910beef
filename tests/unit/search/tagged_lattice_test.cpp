// Node numbers, neighbours and tags against their definitions.
#include "search/tagged_lattice.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "search/staircase.hpp"
#include "support/random_problem.hpp"

namespace throng {
namespace {

bool is_at_or_above(const Node& high, const Node& low) {
  for (std::size_t j = 0; j < low.size(); ++j)
    if (high[j] < low[j]) return false;
  return true;
}

TEST(TaggedLattice, NumbersNodesInLatticeOrder) {
  const Lattice lattice = test::random_problem({4, 10, 6}, 3).lattice;
  const TaggedLattice nodes(lattice);
  Node node = lattice.bottom();
  NodeIndex index = 0;
  do {
    EXPECT_EQ(nodes.node_at(index), node);
    EXPECT_EQ(nodes.index_of(node), index++);
  } while (next_node(lattice, node));
  EXPECT_EQ(index, nodes.size());
}

TEST(TaggedLattice, TagsSpreadToExactlyTheNodesAboveOrBelow) {
  const Lattice lattice = test::random_problem({3, 10, 6}, 5).lattice;
  const NodeIndex middle = TaggedLattice(lattice).size() / 2;
  TaggedLattice up(lattice);
  TaggedLattice down(lattice);
  up.set_up(middle, TaggedLattice::kFeasible);
  down.set_down(middle, TaggedLattice::kInfeasible);
  for (NodeIndex i = 0; i < up.size(); ++i) {
    EXPECT_EQ(up.is_decided(i), is_at_or_above(up.node_at(i), up.node_at(middle)));
    EXPECT_EQ(down.is_decided(i), is_at_or_above(up.node_at(middle), up.node_at(i)));
  }
}

TEST(TaggedLattice, NeighboursDifferByOneLevel) {
  const TaggedLattice nodes(test::random_problem({3, 10, 6}, 7).lattice);
  for (NodeIndex i = 0; i < nodes.size(); ++i) {
    for (const NodeIndex s : nodes.successors(i)) {
      EXPECT_EQ(height(nodes.node_at(s)), height(nodes.node_at(i)) + 1);
      const auto back = nodes.predecessors(s);
      EXPECT_NE(std::find(back.begin(), back.end(), i), back.end());
    }
  }
}

TEST(Staircase, KeepsOnlyWhatImprovesOnEverySmallerLimit) {
  Staircase stairs;
  stairs.add(10, {0.5, {1}});
  stairs.add(20, {0.3, {2}});
  stairs.add(15, {0.6, {3}});  // worse than what suppresses fewer
  stairs.add(5, {0.4, {4}});   // makes the step at 10 pointless
  ASSERT_EQ(stairs.steps().size(), 2U);
  EXPECT_EQ(stairs.steps().begin()->first, 5U);
  EXPECT_TRUE(stairs.is_beaten(6, {0.45, {0}}));
  EXPECT_FALSE(stairs.is_beaten(4, {0.45, {0}}));
  EXPECT_FALSE(stairs.is_beaten(6, {0.4, {3}}));  // ties go to the lower node
  stairs.add(5, {0.2, {5}});
  EXPECT_EQ(stairs.steps().size(), 1U);
}

}  // namespace
}  // namespace throng
