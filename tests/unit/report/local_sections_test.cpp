// What the report computes for local recodings and trends, by hand.
#include <gtest/gtest.h>

#include "core/words.hpp"
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
  EXPECT_EQ(approximate(1234, false), "1,234");
  EXPECT_EQ(approximate(1233.5, true), "about 1,234");
  EXPECT_EQ(approximate(1234, true), "about 1,234") << "a share may come out whole";
}

TEST(NumericLabels, RecordsThatNoLineShowsAreNamed) {
  const LeafCounts years{"year", {"2001", "", "2002"}, {5, 1, 3}, {5, 2.5, 3}, {false, true, false}};
  EXPECT_EQ(outside_text(years),
            "Not in the picture: 1 record with no <bdi>year</bdi> before, about 3 after. ");
  const LeafCounts full{"year", {"2001", ""}, {5, 0}, {5, 0}, {false, false}};
  EXPECT_EQ(outside_text(full), "") << "nobody is left out";
  EXPECT_EQ(outside_text("year", "<*>", 1200),
            "Not in the picture: 1,200 records with <bdi>&lt;*&gt;</bdi> as <bdi>year</bdi>. ");
  EXPECT_EQ(outside_text("year", "*", 0), "");
}

/// Two rows; eight values of the second column, the largest of them d (10 + 4) and h (9 + 0).
TwoWay wide_pair() {
  TwoWay pair{"x", "y", {"1", "2"}, {"a", "b", "c", "d", "e", "f", "g", "h"}, {}, {}, {}, {}};
  pair.before = {1, 5, 2, 10, 3, 6, 1, 9, 1, 5, 2, 4, 3, 6, 2, 0};
  pair.after = {0, 5, 2, 10, 3, 6, 1, 9, 0, 5, 2, 4, 3, 6, 2, 0};
  pair.is_estimate.assign(16, false);
  pair.is_estimate[6] = true;
  return pair;
}

TEST(TwoWay, TheLargestSeriesRemainAndTheOthersAreOne) {
  TwoWay pair = wide_pair();
  fold(pair);
  EXPECT_EQ(pair.second_labels, (std::vector<std::string>{"b", "d", "e", "f", "h", "all others (3 values)"}));
  EXPECT_EQ(pair.before, (std::vector<double>{5, 10, 3, 6, 9, 4, 5, 4, 3, 6, 0, 5}));
  EXPECT_EQ(pair.after, (std::vector<double>{5, 10, 3, 6, 9, 3, 5, 4, 3, 6, 0, 4}));
  EXPECT_TRUE(pair.is_estimate[5]) << "a part of it is one";
  EXPECT_FALSE(pair.is_estimate[11]);
}

TEST(TwoWay, FewSeriesStayAndReleasedRowsHaveNoBefore) {
  TwoWay few{"x", "y", {"1"}, {"a", "b"}, {}, {3, 4}, {}, {}};
  fold(few);
  EXPECT_EQ(few.second_labels.size(), 2U);
  TwoWay released = wide_pair();
  released.before.clear();
  released.is_estimate.clear();
  fold(released);
  EXPECT_TRUE(released.before.empty() && released.is_estimate.empty());
  EXPECT_EQ(released.after[5], 3) << "a, c and g together";
}

TEST(Words, OneIsNoPlural) {
  EXPECT_EQ(counted(1, "class", "classes"), "1 class");
  EXPECT_EQ(counted(0, "class", "classes"), "0 classes");
  EXPECT_EQ(counted(2300, "class", "classes"), "2,300 classes");
}

}  // namespace
}  // namespace throng
