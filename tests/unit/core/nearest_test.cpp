// Tests of the nearest name for hints.
#include "throng/core/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace throng {
namespace {

const std::vector<std::string> kKeys = {"role", "hierarchy", "weight", "max_suppressed"};

TEST(NearestName, FindsAMisspeltOne) {
  EXPECT_EQ(nearest_name("rol", kKeys), "role");
  EXPECT_EQ(nearest_name("heirarchy", kKeys), "hierarchy");
  EXPECT_EQ(nearest_name("max-supressed", kKeys), "max_suppressed");
}

TEST(NearestName, IgnoresLetterCase) { EXPECT_EQ(nearest_name("WEIGHT", kKeys), "weight"); }

TEST(NearestName, CountsSwappedNeighboursOnce) {
  const std::vector<std::string> names = {"bxa", "ab"};
  EXPECT_EQ(nearest_name("ba", names), "bxa");  // both at distance 1: the first
}

TEST(NearestName, OfNothingIsEmpty) { EXPECT_EQ(nearest_name("role", {}), ""); }

TEST(NearestName, SurvivesLongNames) {
  EXPECT_EQ(nearest_name(std::string(100000, 'x'), kKeys).empty(), false);
}

TEST(NearestName, IsAskedForWhereItMayBeMeant) {
  EXPECT_EQ(did_you_mean("wieght", kKeys, "See it."), "did you mean `weight`? See it.");
  EXPECT_EQ(did_you_mean("rol", kKeys, "See it.", '"'), "did you mean \"role\"? See it.");
  EXPECT_EQ(did_you_mean("policies", kKeys, "See it."), "see it.");
  EXPECT_EQ(did_you_mean("", {}, ""), "");
}

}  // namespace
}  // namespace throng
