// Tests of "is this text a value of that level?" for each kind of hierarchy.
#include "throng/release/level_membership.hpp"

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace throng {
namespace {

ColumnSpec column(HierarchySpec hierarchy) {
  return {"x", Role::kQuasiIdentifier, std::move(hierarchy), 1.0, {}};
}

TEST(LevelMembership, OfAnExplicitHierarchy) {
  const test::TemporaryDirectory directory;
  HierarchySpec spec;
  spec.kind = HierarchySpec::Kind::kExplicit;
  spec.path = directory.write("h.csv", "DEU;Europe;*\nNPL;Asia;*\n");
  const LevelMembership membership(column(spec), {""});
  EXPECT_EQ(membership.height(), 2);
  EXPECT_TRUE(membership.contains(0, "DEU"));
  EXPECT_FALSE(membership.contains(0, "Europe"));
  EXPECT_TRUE(membership.contains(1, "Europe"));
  EXPECT_FALSE(membership.contains(1, "*"));
  EXPECT_TRUE(membership.contains(2, "*"));
  EXPECT_FALSE(membership.contains(2, "DEU"));
  EXPECT_FALSE(membership.contains(3, "*"));
}

TEST(LevelMembership, OfAFlatHierarchy) {
  const LevelMembership membership(column({}), {""});
  EXPECT_EQ(membership.height(), 1);
  EXPECT_TRUE(membership.contains(0, "anything"));
  EXPECT_FALSE(membership.contains(0, "*"));
  EXPECT_TRUE(membership.contains(1, "*"));
  EXPECT_FALSE(membership.contains(1, "anything"));
}

TEST(LevelMembership, OfIntervals) {
  HierarchySpec spec;
  spec.kind = HierarchySpec::Kind::kIntervals;
  spec.widths = {5, 10};
  const LevelMembership membership(column(spec), {""});
  Column data;
  data.name = "x";
  data.role = Role::kQuasiIdentifier;
  data.dictionary = {"", "-3", "12", "17"};
  const Hierarchy hierarchy = interval_hierarchy(data, spec, "");
  ASSERT_EQ(membership.height(), hierarchy.height());
  for (Level level = 0; level <= hierarchy.height(); ++level)
    for (const std::string& label : hierarchy.labels[level])
      EXPECT_TRUE(membership.contains(level, label)) << label;
  EXPECT_FALSE(membership.contains(1, hierarchy.labels[2].back()));
  EXPECT_FALSE(membership.contains(2, hierarchy.labels[1].back()));
  EXPECT_FALSE(membership.contains(1, "12"));
  EXPECT_FALSE(membership.contains(0, "old"));
  EXPECT_FALSE(membership.contains(1, "*"));
}

}  // namespace
}  // namespace throng
