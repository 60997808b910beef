// The utility measures on tables small enough to compute by hand.
#include "throng/utility/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/release/release_fixture.hpp"

namespace throng {
namespace {

using test::make_table;
using test::Rows;
using test::SmallCase;

/// country: DEU FRA | NPL IND CHN | "" (level 1: Europe, Asia, unknown); gender: F M.
struct CompareCase : SmallCase {
  CompareCase()
      : SmallCase({{"DEU", "F", "a"},
                   {"DEU", "F", "a"},
                   {"DEU", "M", "b"},
                   {"FRA", "M", "b"},
                   {"NPL", "F", "a"},
                   {"NPL", "F", "a"},
                   {"IND", "M", "b"},
                   {"CHN", "M", "b"}}) {}

  [[nodiscard]] Utility with(const Rows& rows, Count k = 2, int num_threads = 1) const {
    return compare(table, table_of(rows), problem, {k, num_threads});
  }

  [[nodiscard]] Rows original() const {
    Rows rows;
    for (std::size_t i = 0; i < table.num_rows; ++i) {
      rows.emplace_back();
      for (const Column& column : table.columns) rows.back().push_back(column.dictionary[column.codes[i]]);
    }
    return rows;
  }
};

TEST(Compare, TheSameTableLosesNothing) {
  const CompareCase small;
  const Utility utility = small.with(small.original());
  EXPECT_EQ(utility.records_retained(), 1);
  EXPECT_EQ(utility.cells_retained, 1);
  EXPECT_EQ(utility.loss, 0);
  EXPECT_EQ(utility.one_way.mean, 0);
  EXPECT_EQ(utility.two_way.mean, 0);
  EXPECT_EQ(utility.one_way.num_counts, 5U + 2U + 2U);
  EXPECT_EQ(utility.max_association_change, 0);
  for (const ColumnUtility& column : utility.columns) {
    EXPECT_EQ(column.total_variation, 0) << column.name;
    EXPECT_NEAR(column.hellinger, 0, 1e-7) << column.name;
    EXPECT_NEAR(column.jensen_shannon, 0, 1e-12) << column.name;
  }
}

TEST(Compare, GeneralizedValuesCountInEqualShares) {
  const CompareCase small;
  Rows rows = small.original();
  for (auto& row : rows) row[0] = row[0] == "DEU" || row[0] == "FRA" ? "Europe" : "Asia";
  const Utility utility = small.with(rows);
  const ColumnUtility& country = utility.columns[0];
  // Truth DEU 3, FRA 1, NPL 2, IND 1, CHN 1; estimates 2, 2, 4/3, 4/3, 4/3.
  EXPECT_NEAR(country.total_variation, (1 + 1 + 2.0 / 3 + 1.0 / 3 + 1.0 / 3) / 2 / 8, 1e-12);
  EXPECT_NEAR(country.error.mean, (1.0 / 3 + 1 + 1.0 / 3 + 1.0 / 3 + 1.0 / 3) / 5, 1e-12);
  EXPECT_NEAR(country.error.mean_from_k, (1.0 / 3 + 1.0 / 3) / 2, 1e-12);
  EXPECT_EQ(country.error.num_counts_from_k, 2U);
  EXPECT_EQ(country.distinct_before, 5U);
  EXPECT_EQ(country.distinct_after, 2U);
  EXPECT_EQ(country.cells_retained, 0);
  // Six leaves: Europe costs 1/5, Asia 2/5.
  EXPECT_NEAR(country.loss, (4 * 0.2 + 4 * 0.4) / 8, 1e-12);
  EXPECT_NEAR(utility.loss, country.loss / 2, 1e-12);
  EXPECT_NEAR(utility.cells_retained, 0.5, 1e-12);
}

TEST(Compare, PairsByHand) {
  const CompareCase small;
  Rows rows = small.original();
  for (auto& row : rows) row[1] = "*";
  const Utility utility = small.with(rows);
  ASSERT_EQ(utility.pairs.size(), 3U);
  const PairUtility& gender_work = utility.pairs[2];
  EXPECT_EQ(gender_work.a, 1U);
  EXPECT_EQ(gender_work.b, 2U);
  // Gender and work tell each other; a column that says only `*` is associated with nothing.
  EXPECT_NEAR(gender_work.cramers_v_before, 1, 1e-12);
  EXPECT_EQ(gender_work.cramers_v_after, 0);
  // F a 4 and M b 4, each estimated as 2.
  EXPECT_NEAR(gender_work.error.mean, 0.5, 1e-12);
  EXPECT_NEAR(utility.max_association_change, 1, 1e-12);
}

TEST(Compare, CramersVOfATableByHand) {
  // Counts 3 1 / 1 3: chi2 / n = 0.25, so V = 0.5.
  SmallCase small({{"DEU", "F", "a"},
                   {"DEU", "F", "a"},
                   {"DEU", "F", "a"},
                   {"DEU", "M", "a"},
                   {"FRA", "F", "a"},
                   {"FRA", "M", "a"},
                   {"FRA", "M", "a"},
                   {"FRA", "M", "a"}});
  const Utility utility = compare(small.table, small.table, small.problem, {});
  EXPECT_NEAR(utility.pairs[0].cramers_v_before, 0.5, 1e-12);
  EXPECT_EQ(utility.pairs[1].cramers_v_before, 0);
}

TEST(Compare, DroppedAndStarredRecords) {
  const CompareCase small;
  Rows rows = small.original();
  rows.resize(4);  // the Asian half is dropped
  Utility utility = small.with(rows);
  EXPECT_NEAR(utility.records_retained(), 0.5, 1e-12);
  EXPECT_NEAR(utility.columns[0].total_variation, 0.5, 1e-12);
  EXPECT_NEAR(utility.columns[0].loss, 0.5, 1e-12);
  EXPECT_NEAR(utility.columns[0].cells_retained, 0.5, 1e-12);
  rows = small.original();
  for (std::size_t i = 4; i < 8; ++i) rows[i][0] = rows[i][1] = "*";
  utility = small.with(rows);
  EXPECT_EQ(utility.records_retained(), 1);
  EXPECT_NEAR(utility.columns[0].loss, 0.5, 1e-12);
  // DEU 3 + 4/6 of the starred.
  EXPECT_NEAR(utility.columns[0].error.mean,
              (4.0 / 6 / 3 + 4.0 / 6 / 1 + (2 - 4.0 / 6) / 2 + 2 * (1 - 4.0 / 6)) / 5, 1e-12);
}

TEST(Compare, NothingLeftIsTheLargestDistance) {
  const CompareCase small;
  const Utility utility = small.with({});
  for (const ColumnUtility& column : utility.columns) {
    EXPECT_EQ(column.total_variation, 1);
    EXPECT_EQ(column.hellinger, 1);
    EXPECT_EQ(column.jensen_shannon, 1);
    EXPECT_EQ(column.error.mean, 1);
  }
  EXPECT_EQ(utility.loss, 1);
  EXPECT_EQ(utility.records_retained(), 0);
}

TEST(Compare, AQuasiIdentifierThatIsNotThereLosesAll) {
  const CompareCase small;
  const Rows rows = small.original();
  Table without = small.table_of(rows);
  ASSERT_EQ(without.columns[1].name, "gender");
  without.columns.erase(without.columns.begin() + 1);
  const Utility utility = compare(small.table, without, small.problem, {2, 1});
  EXPECT_EQ(utility.absent, std::vector<std::string>{"gender"});
  EXPECT_DOUBLE_EQ(utility.loss, 0.5);
  EXPECT_DOUBLE_EQ(utility.cells_retained, 0.5);
  EXPECT_EQ(utility.columns.size(), 2U);
  EXPECT_TRUE(small.with(rows).absent.empty());
}

TEST(Compare, RefusesAReleaseOfAnotherJob) {
  const CompareCase small;
  Rows rows = small.original();
  rows[3][0] = "Atlantis";
  try {
    static_cast<void>(small.with(rows));
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData);
    const std::string what = error.what();
    EXPECT_NE(what.find("column `country`"), std::string::npos) << what;
    EXPECT_EQ(what.find("Atlantis"), std::string::npos) << what;
  }
  const Table other = make_table({"x"}, {Role::kInsensitive}, {{"1"}});
  EXPECT_THROW(static_cast<void>(compare(small.table, other, small.problem, {})), Error);
}

TEST(Compare, TheSameForAnyNumberOfThreads) {
  const CompareCase small;
  Rows rows = small.original();
  for (auto& row : rows) row[0] = "*";
  const Utility one = small.with(rows, 2, 1);
  const Utility two = small.with(rows, 2, 2);
  EXPECT_EQ(one.two_way.mean, two.two_way.mean);
  EXPECT_EQ(one.mean_total_variation, two.mean_total_variation);
  EXPECT_EQ(one.mean_association_change, two.mean_association_change);
}

}  // namespace
}  // namespace throng
