// Families of nodes: what they hold, what they leave out, and which are needed.
#include "proof/family_cover.hpp"

#include <gtest/gtest.h>

namespace throng {
namespace {

constexpr Level kFree = kFreeLevel;

TEST(FamilyCover, AFamilyHoldsWhatAgreesWithItAndIsRaisedEnough) {
  const Family family{{0, kFree, kFree}, 1};
  EXPECT_TRUE(holds_all(family, std::vector<Level>{0, 1, 0}));
  EXPECT_TRUE(holds_all(family, std::vector<Level>{0, kRaised, kUndecided}));
  EXPECT_FALSE(holds_all(family, std::vector<Level>{0, 0, 0}));
  EXPECT_FALSE(holds_all(family, std::vector<Level>{0, kUndecided, kUndecided}));
  EXPECT_FALSE(holds_all(family, std::vector<Level>{1, 1, 1}));
  EXPECT_FALSE(holds_all(family, std::vector<Level>{kUndecided, 1, 1}));
}

TEST(FamilyCover, AFixedLevelIsNotAnyRaisedOne) {
  EXPECT_FALSE(holds_all({{2}, 0}, std::vector<Level>{kRaised}));
  EXPECT_TRUE(holds_all({{2}, 0}, std::vector<Level>{2}));
}

TEST(FamilyCover, NothingIsLeftOutByTheFamilyOfAllNodes) {
  std::vector<bool> is_used;
  const std::vector<Family> families{{{kFree, kFree}, 0}};
  EXPECT_EQ(find_uncovered(families, std::vector<Level>{1, 3}, is_used), std::nullopt);
  EXPECT_EQ(is_used, std::vector<bool>{true});
}

TEST(FamilyCover, WithoutFamiliesEverythingIsLeftOut) {
  std::vector<bool> is_used;
  const auto left = find_uncovered({}, std::vector<Level>{1, 1}, is_used);
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(*left, (std::vector<Level>{kUndecided, kUndecided}));
}

TEST(FamilyCover, NamesTheLevelsThatAreLeftOut) {
  std::vector<bool> is_used;
  const std::vector<Family> families{{{kFree, kFree}, 1}, {{0, 2}, 0}};
  const auto left = find_uncovered(families, std::vector<Level>{1, 2}, is_used);
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(*left, (std::vector<Level>{0, 0}));
}

TEST(FamilyCover, LevelsBetweenFixedOnesAreNotForgotten) {
  std::vector<bool> is_used;
  const std::vector<Family> families{{{0}, 0}, {{1}, 0}, {{3}, 0}};
  const auto left = find_uncovered(families, std::vector<Level>{3}, is_used);
  ASSERT_TRUE(left.has_value());
  EXPECT_EQ(*left, std::vector<Level>{kRaised});
  const std::vector<Family> all{{{0}, 0}, {{1}, 0}, {{2}, 0}, {{3}, 0}};
  EXPECT_EQ(find_uncovered(all, std::vector<Level>{3}, is_used), std::nullopt);
}

TEST(FamilyCover, MarksNoFamilyThatAnotherMakesNeedless) {
  std::vector<bool> is_used;
  const std::vector<Family> families{{{kFree, kFree}, 0}, {{0, 0}, 0}};
  EXPECT_EQ(find_uncovered(families, std::vector<Level>{1, 1}, is_used), std::nullopt);
  EXPECT_EQ(is_used, (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace throng
