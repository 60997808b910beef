// Which losses may be told: those that follow from the released rows and from public hierarchies.
#include <gtest/gtest.h>

#include "throng/loss/loss_metric.hpp"

namespace throng {
namespace {

/// Two columns of three levels each.
Lattice two_columns(bool first_has_data_leaves) {
  Hierarchy hierarchy;
  hierarchy.labels = {{"1", "2"}, {"[0, 10)"}, {"*"}};
  hierarchy.first_leaf = {{0, 1, 2}, {0, 2}, {0, 2}};
  hierarchy.value_of_leaf = {{0, 1}, {0, 0}, {0, 0}};
  Lattice lattice;
  for (const char* name : {"age", "town"}) {
    Axis& axis = lattice.axes.emplace_back();
    axis.name = name;
    axis.hierarchy = hierarchy;
  }
  lattice.axes[0].hierarchy.has_data_leaves = first_has_data_leaves;
  return lattice;
}

TEST(FollowsFromRelease, WithHierarchiesFromFilesByLossAndPrecision) {
  const Lattice lattice = two_columns(false);
  for (const std::string_view name : loss_metric_names())
    EXPECT_EQ(follows_from_release(name, lattice, {1, 1}), name == "loss" || name == "precision") << name;
  EXPECT_TRUE(follows_from_release("loss", lattice, {})) << "record by record";
  EXPECT_FALSE(follows_from_release("no such metric", lattice, {0, 0}));
}

TEST(FollowsFromRelease, ReleasedIntervalsOfTheDataWithholdALossThatCountsLeaves) {
  const Lattice lattice = two_columns(true);
  EXPECT_FALSE(follows_from_release("loss", lattice, {1, 0}));
  EXPECT_FALSE(follows_from_release("loss", lattice, {})) << "some record may have an interval";
  EXPECT_TRUE(follows_from_release("loss", lattice, {0, 1})) << "original values cost nothing";
  EXPECT_TRUE(follows_from_release("loss", lattice, {2, 1})) << "a suppressed cell costs 1";
  EXPECT_TRUE(follows_from_release("precision", lattice, {1, 0})) << "it counts levels";
}

}  // namespace
}  // namespace throng
