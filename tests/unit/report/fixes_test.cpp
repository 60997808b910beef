// The computed fixes, by hand and against trying everything.
#include "report/fixes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "throng/core/hash.hpp"
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

/// Four columns of small numbers; each value stands for itself, its half or `*`.
struct WideCase {
  test::TemporaryDirectory directory;
  Table table;
  Problem problem;
  SearchOptions search;
  explicit WideCase(std::uint64_t seed) {
    InputSpec input;
    std::string hierarchy;
    for (int v = 0; v < 6; ++v) hierarchy += fmt::format("{};half{};*\n", v, v / 3);
    const std::string path = directory.write("h.csv", hierarchy);
    std::vector<std::string> names;
    for (int c = 0; c < 4; ++c) {
      names.push_back(fmt::format("c{}", c));
      ColumnSpec& column =
          input.columns.emplace_back(ColumnSpec{names.back(), Role::kQuasiIdentifier, {}, 1.0, {}});
      column.hierarchy.kind = HierarchySpec::Kind::kExplicit;
      column.hierarchy.path = path;
    }
    test::Rows rows(60);
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t c = 0; c < 4; ++c)
        rows[i].push_back(std::to_string(hash_at(seed, 4 * i + c) % (c + 3) * hash_at(seed, 999 + i) % 6));
    table = test::make_table(names, std::vector<Role>(4, Role::kQuasiIdentifier), rows);
    std::vector<std::string> warnings;
    problem = make_problem(table, input, 1, warnings);
    search.model.k = 3;
  }
};

/// The least sum of losses of two columns of `qi` that makes it safe; nothing when no two do.
std::optional<double> cheapest_by_trying(const WideCase& wide, Combination qi) {
  const WhatIf what_if(wide.problem, wide.search);
  std::optional<double> best;
  for (std::size_t a = 0; a < 4; ++a)
    for (std::size_t b = a + 1; b < 4; ++b)
      for (Level x = 1; x <= 2; ++x)
        for (Level y = 1; y <= 2; ++y) {
          if ((qi >> a & qi >> b & 1) == 0) continue;
          Node node = {2, 2, 2, 2};
          for (std::size_t j = 0; j < 4; ++j)
            if ((qi >> j & 1) != 0) node[j] = 0;
          node[a] = x;
          node[b] = y;
          const double loss = what_if.column_loss(a, x) + what_if.column_loss(b, y);
          if (what_if.evaluate(node).suppressed == 0 && (!best || loss < *best)) best = loss;
        }
  return best;
}

TEST(WhatIf, TheCheapestPairIsThatOfTryingAll) {
  std::size_t found = 0, none = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const WideCase wide(seed);
    const WhatIf what_if(wide.problem, wide.search);
    for (Combination qi = 3; qi < 16; ++qi) {
      std::size_t trials = 1000;
      const auto pair = what_if.cheapest_pair(qi, trials);
      ASSERT_TRUE(pair.has_value());
      const auto expected = cheapest_by_trying(wide, qi);
      ASSERT_EQ(!pair->empty(), expected.has_value()) << "seed " << seed << ", combination " << qi;
      ++(expected ? found : none);
      if (!expected) continue;
      ASSERT_EQ(pair->size(), 2U);
      EXPECT_NE(pair->front().qi, pair->back().qi);
      EXPECT_NEAR(pair->front().loss + pair->back().loss, *expected, 1e-12);
    }
  }
  EXPECT_GT(found, 10U);
  EXPECT_GT(none, 10U);
}

TEST(WhatIf, WhenTheTrialsRunOutNothingIsClaimed) {
  const WideCase wide(1);
  const WhatIf what_if(wide.problem, wide.search);
  std::size_t trials = 2;
  EXPECT_FALSE(what_if.cheapest_pair(15, trials).has_value());
  EXPECT_EQ(trials, 0U);
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
