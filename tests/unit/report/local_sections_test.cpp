// What the report computes for local recodings and trends, by hand.
#include <gtest/gtest.h>

#include "report/content.hpp"
#include "report/numeric_labels.hpp"
#include "unit/release/release_fixture.hpp"

namespace throng {
namespace {

using test::SmallCase;

TEST(Patterns, CountRowsByTheFateOfTheirCells) {
  const SmallCase small;
  const Table released = SmallCase::table_of({{"DEU", "F", "a"},
                                              {"FRA", "M", "a"},
                                              {"", "F", "a"},
                                              {"Asia", "*", "b"},
                                              {"Asia", "*", "b"},
                                              {"*", "F", "c"}});
  const std::vector<Pattern> patterns = patterns_of(released, small.problem);
  ASSERT_EQ(patterns.size(), 3U);
  using enum CellState;
  EXPECT_EQ(patterns[0].cells, (std::vector<CellState>{kOriginal, kOriginal})) << "missing is a value";
  EXPECT_EQ(patterns[0].records, 3U);
  EXPECT_EQ(patterns[1].cells, (std::vector<CellState>{kGeneralized, kStar}));
  EXPECT_EQ(patterns[1].records, 2U);
  EXPECT_EQ(patterns[2].cells, (std::vector<CellState>{kStar, kOriginal}));
}

TEST(ReleasedTable, SortsLabelsAndDropsThoseNoRowHolds) {
  Release release;
  release.num_rows = 3;
  release.columns.push_back(
      {"town", Role::kQuasiIdentifier, std::nullopt, {}, {"z", "secret", "a"}, {0, 2, 0}});
  const Table table = released_table(release);
  EXPECT_EQ(table.num_rows, 3U);
  EXPECT_EQ(table.columns[0].dictionary, (std::vector<std::string>{"a", "z"}));
  EXPECT_EQ(table.columns[0].codes, (std::vector<Code>{1, 0, 1}));
}

TEST(NumericLabels, YearsWithOneOtherValueAreALine) {
  std::vector<std::string> years = {"2002", "", "2001", "2003", "2005", "2004", "2010"};
  EXPECT_TRUE(is_numeric(years));
  EXPECT_EQ(numbers_of(years), (std::vector<std::size_t>{2, 0, 3, 5, 4, 6}));
  years.push_back("unknown");
  EXPECT_FALSE(is_numeric(years)) << "two other values";
  EXPECT_FALSE(is_numeric({"1", "2", "3"})) << "too few for a line";
  EXPECT_FALSE(is_numeric({"1", "2", "3", "4", "5", "nan", "inf", "1e999"}));
}

TEST(NumericLabels, EstimatesSayThatTheyAre) {
  EXPECT_EQ(approximate(1234), "1,234");
  EXPECT_EQ(approximate(1233.5), "about 1,234");
}

}  // namespace
}  // namespace throng
