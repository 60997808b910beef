// Numbers as people read them: groups of digits, one and many, numbers beyond counting.
#include "core/words.hpp"

#include <gtest/gtest.h>

namespace throng {
namespace {

TEST(Words, DigitsStandInGroupsOfThree) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(137438953471), "137,438,953,471");
}

TEST(Words, OneIsNotMany) {
  EXPECT_EQ(counted(0, "record"), "0 records");
  EXPECT_EQ(counted(1, "record"), "1 record");
  EXPECT_EQ(counted(2000, "record"), "2,000 records");
  EXPECT_EQ(counted(1, "class"), "1 class");
  EXPECT_EQ(counted(2, "class"), "2 classes");
}

TEST(Words, LargeNumbersAreRounded) {
  EXPECT_EQ(counted_roughly(0.4, "node"), "0 nodes");
  EXPECT_EQ(counted_roughly(1.0, "class"), "1 class");
  EXPECT_EQ(counted_roughly(1151999.6, "node"), "1,152,000 nodes");
  EXPECT_EQ(counted_roughly(999999999999999.0, "node"), "999,999,999,999,999 nodes");
  EXPECT_EQ(counted_roughly(1.5e18, "class"), "1.5e+18 classes");
}

TEST(Words, TimesHaveTheirUnit) {
  EXPECT_EQ(duration(-1), "0 s");
  EXPECT_EQ(duration(59.4), "59 s");
  EXPECT_EQ(duration(200), "3 min 20 s");
  EXPECT_EQ(duration(7500), "2 h 5 min");
  EXPECT_EQ(duration(172800), "2 days");
  EXPECT_EQ(duration(4e9), "127 years");
}

TEST(Words, SharesAreOfAWhole) { EXPECT_EQ(share(4177, 80000), "4,177 (5.2 %)"); }

}  // namespace
}  // namespace throng
