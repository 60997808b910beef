// The computed fixes, by hand and against trying everything.
#include "report/fixes.hpp"

#include <gtest/gtest.h>

#include "unit/release/release_fixture.hpp"

namespace throng {
namespace {

using test::SmallCase;

/// Country alone: DEU 3, FRA 1, NPL 2, IND 1 at k = 2; regions 4 and 3.
struct FixCase : SmallCase {
  SearchOptions search;
  FixCase()
      : SmallCase({{"DEU", "F", "a"},
                   {"DEU", "F", "a"},
                   {"DEU", "F", "b"},
                   {"FRA", "F", "b"},
                   {"NPL", "F", "a"},
                   {"NPL", "M", "a"},
                   {"IND", "M", "b"}}) {
    search.model.k = 2;
  }
};

TEST(WhatIf, ColumnLossByHand) {
  const FixCase small;
  const WhatIf what_if(small.problem, small.search);
  EXPECT_EQ(what_if.column_loss(0, 0), 0);
  // Six leaves: Europe covers 2 (cost 1/5), Asia 3 (cost 2/5).
  EXPECT_NEAR(what_if.column_loss(0, 1), (4 * 0.2 + 3 * 0.4) / 7, 1e-12);
  EXPECT_EQ(what_if.column_loss(0, 2), 1);
  EXPECT_EQ(what_if.column_loss(1, 1), 1);
}

TEST(WhatIf, TheCheapestFixOfOneColumnIsItsLowestSafeLevel) {
  const FixCase small;
  const auto fix = WhatIf(small.problem, small.search).cheapest_fix(0b01);
  ASSERT_TRUE(fix.has_value());
  EXPECT_EQ(fix->qi, 0U);
  EXPECT_EQ(fix->level, 1);
}

TEST(WhatIf, NoSingleColumnMakesBothSafe) {
  const FixCase small;
  const WhatIf what_if(small.problem, small.search);
  // Regions: Europe F 4, Asia F 1, Asia M 2; without country F 5, M 2; without gender FRA and IND are alone.
  const auto fix = what_if.cheapest_fix(0b11);
  ASSERT_TRUE(fix.has_value());
  EXPECT_EQ(fix->qi, 0U);
  EXPECT_EQ(fix->level, 2);
  const FixCase other;
  SearchOptions strict = other.search;
  strict.model.k = 6;
  EXPECT_FALSE(WhatIf(other.problem, strict).cheapest_fix(0b11).has_value());
}

TEST(WhatIf, SingleChangesAreSortedAndComplete) {
  const FixCase small;
  const auto changes = WhatIf(small.problem, small.search).single_changes();
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].change.qi, 0U);
  EXPECT_EQ(changes[0].change.level, 2);
  EXPECT_EQ(changes[0].at_risk, 0U);
  EXPECT_EQ(changes[1].change.level, 1);
  EXPECT_EQ(changes[1].at_risk, 1U);
  EXPECT_EQ(changes[2].at_risk, 2U);
}

}  // namespace
}  // namespace throng
