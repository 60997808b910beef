// The statistics of a bench.
#include "app/bench_run.hpp"

#include <gtest/gtest.h>

namespace throng {
namespace {

TEST(Quartiles, InterpolateBetweenSortedValues) {
  const Quartiles five = quartiles({5, 1, 4, 2, 3});
  EXPECT_DOUBLE_EQ(five.lower, 2);
  EXPECT_DOUBLE_EQ(five.median, 3);
  EXPECT_DOUBLE_EQ(five.upper, 4);
  const Quartiles two = quartiles({3, 1});
  EXPECT_DOUBLE_EQ(two.lower, 1.5);
  EXPECT_DOUBLE_EQ(two.median, 2);
  EXPECT_DOUBLE_EQ(two.upper, 2.5);
  EXPECT_DOUBLE_EQ(quartiles({7}).upper, 7);
  EXPECT_DOUBLE_EQ(quartiles({}).median, 0);
}

}  // namespace
}  // namespace throng
