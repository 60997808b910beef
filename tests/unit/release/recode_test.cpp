// Tests of recoding: who is kept, at which level, in which order.
#include "throng/release/recode.hpp"

#include <gtest/gtest.h>

#include "release_fixture.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

using test::Rows;
using test::rows_of;
using test::SmallCase;
using test::sorted;

TEST(Recode, DropsSmallClassesAndGeneralizes) {
  const SmallCase small;
  const Release release = small.recoded({1, 0}, 3);
  EXPECT_EQ(release.num_records, 10U);
  EXPECT_EQ(release.num_rows, 7U);
  EXPECT_EQ(release.suppressed, 3U);
  EXPECT_EQ(release.starred, 0U);
  EXPECT_EQ(release.classes, 2U);
  const Rows expected = {{"Asia", "F", "a"},   {"Asia", "F", "b"},   {"Asia", "F", "c"},
                         {"Europe", "F", "a"}, {"Europe", "F", "a"}, {"Europe", "F", "b"},
                         {"Europe", "F", "c"}};
  EXPECT_EQ(sorted(rows_of(release)), expected);
}

TEST(Recode, AClassOfExactlyKIsKept) {
  const SmallCase small;
  EXPECT_EQ(small.recoded({1, 0}, 4).suppressed, 6U);
  EXPECT_EQ(small.recoded({1, 0}, 3).suppressed, 3U);
  EXPECT_EQ(small.recoded({1, 0}, 2).suppressed, 1U);
}

TEST(Recode, StarsWhenTheStarredAreAtLeastK) {
  const SmallCase small;
  const Release release = small.recoded({1, 0}, 3, SuppressedRecords::kStar);
  EXPECT_EQ(release.num_rows, 10U);
  EXPECT_EQ(release.starred, 3U);
  Rows starred;
  for (const auto& row : rows_of(release))
    if (row[0] == "*") starred.push_back(row);
  EXPECT_EQ(sorted(starred), (Rows{{"*", "*", "=c"}, {"*", "*", "a"}, {"*", "*", "b"}}));
}

TEST(Recode, DropsTheStarredWhenTheyAreFewerThanK) {
  const SmallCase small;
  const Release release = small.recoded({1, 0}, 2, SuppressedRecords::kStar);
  EXPECT_EQ(release.suppressed, 1U);
  EXPECT_EQ(release.starred, 0U);
  EXPECT_EQ(release.num_rows, 9U);
  EXPECT_TRUE(release.has_dropped());
}

TEST(Recode, TopLevelKeepsEverybody) {
  const SmallCase small;
  const Release release = small.recoded({2, 1}, 10);
  EXPECT_EQ(release.num_rows, 10U);
  EXPECT_EQ(release.classes, 1U);
  EXPECT_FALSE(release.has_dropped());
}

TEST(Recode, ColumnsKeepTheirOrderRolesAndLevels) {
  const Release release = SmallCase().recoded({1, 0}, 3);
  ASSERT_EQ(release.columns.size(), 3U);
  EXPECT_EQ(release.columns[0].name, "country");
  EXPECT_EQ(release.columns[0].level, Level{1});
  EXPECT_EQ(release.columns[2].name, "work");
  EXPECT_EQ(release.columns[2].role, Role::kSensitive);
  EXPECT_FALSE(release.columns[2].level.has_value());
}

/// Enough different rows for an order to show.
Rows many_rows() {
  Rows rows;
  for (std::uint64_t i = 0; i < 200; ++i)
    rows.push_back({hash_at(3, i) % 2 == 0 ? "DEU" : "NPL", "F", std::to_string(i)});
  return rows;
}

TEST(Recode, OrderDependsOnTheSeedAlone) {
  const SmallCase many(many_rows());
  const Rows first = rows_of(many.recoded({1, 0}, 3, SuppressedRecords::kDrop, 1));
  EXPECT_EQ(first, rows_of(many.recoded({1, 0}, 3, SuppressedRecords::kDrop, 1)));
  const Rows second = rows_of(many.recoded({1, 0}, 3, SuppressedRecords::kDrop, 2));
  EXPECT_NE(first, second);
  EXPECT_EQ(sorted(first), sorted(second));
}

TEST(Recode, OrderForgetsTheOrderOfTheInput) {
  Rows rows = many_rows();
  const Rows forward = rows_of(SmallCase(rows).recoded({1, 0}, 3));
  std::reverse(rows.begin(), rows.end());
  EXPECT_EQ(rows_of(SmallCase(rows).recoded({1, 0}, 3)), forward);
}

TEST(Recode, DoesNotDependOnThreads) {
  const SmallCase many(many_rows());
  RecodeOptions options;
  options.model.k = 3;
  options.levels = {1, 0};
  const Rows one = rows_of(recode(many.table, many.problem, options));
  options.num_threads = 4;
  EXPECT_EQ(rows_of(recode(many.table, many.problem, options)), one);
}

TEST(SuppressedRecords, HaveNames) {
  EXPECT_EQ(parse_suppressed_records("drop"), SuppressedRecords::kDrop);
  EXPECT_EQ(parse_suppressed_records("star"), SuppressedRecords::kStar);
  EXPECT_EQ(parse_suppressed_records("Star"), std::nullopt);
  EXPECT_STREQ(to_string(SuppressedRecords::kStar), "star");
}

}  // namespace
}  // namespace throng
