// Counts before and after on a table small enough to compute by hand.
#include "throng/utility/distribution.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "unit/release/release_fixture.hpp"
#include "utility/coverage.hpp"

namespace throng {
namespace {

using test::SmallCase;

/// DEU F 2, DEU M 1, FRA M 1, NPL F 2, IND M 1 before.
struct CountCase : SmallCase {
  CountCase()
      : SmallCase({{"DEU", "F", "a"},
                   {"DEU", "F", "a"},
                   {"DEU", "M", "b"},
                   {"FRA", "M", "b"},
                   {"NPL", "F", "a"},
                   {"NPL", "F", "a"},
                   {"IND", "M", "b"}}) {}

  [[nodiscard]] std::size_t leaf(std::size_t j, const std::string& label) const {
    const auto& labels = problem.lattice.axes[j].hierarchy.labels[0];
    return static_cast<std::size_t>(std::ranges::find(labels, label) - labels.begin());
  }
  [[nodiscard]] std::size_t cell(const std::string& country, const std::string& gender) const {
    return leaf(0, country) * problem.lattice.axes[1].hierarchy.num_leaves() + leaf(1, gender);
  }
};

TEST(PairCounts, ByHand) {
  const CountCase small;
  // Recoded locally: two rows keep all, two have a region, one has a suppressed gender.
  const Table after = CountCase::table_of(
      {{"DEU", "F", "a"}, {"DEU", "F", "a"}, {"Europe", "M", "b"}, {"Europe", "M", "b"}, {"NPL", "*", "a"}});
  const PairCounts counts = pair_counts(small.table, after, small.problem, 0, 1);
  EXPECT_EQ(counts.num_b, 2U);
  EXPECT_EQ(counts.before[small.cell("DEU", "F")], 2U);
  EXPECT_EQ(counts.before[small.cell("DEU", "M")], 1U);
  EXPECT_EQ(counts.before[small.cell("CHN", "M")], 0U);
  EXPECT_EQ(counts.after[small.cell("DEU", "F")], 2);
  EXPECT_EQ(counts.after[small.cell("DEU", "M")], 1) << "half of Europe's";
  EXPECT_EQ(counts.after[small.cell("FRA", "M")], 1);
  EXPECT_EQ(counts.after[small.cell("NPL", "F")], 0.5) << "a suppressed gender in equal shares";
  EXPECT_EQ(counts.after[small.cell("NPL", "M")], 0.5);
  EXPECT_FALSE(counts.is_estimate[small.cell("DEU", "F")]);
  EXPECT_TRUE(counts.is_estimate[small.cell("DEU", "M")]) << "whole, but a share";
  EXPECT_TRUE(counts.is_estimate[small.cell("NPL", "F")]);
  EXPECT_FALSE(counts.is_estimate[small.cell("CHN", "F")]) << "nobody is released there";
}

TEST(PairCounts, AColumnThatIsNoQuasiIdentifierCountsItsValues) {
  const CountCase small;
  const Table after = CountCase::table_of({{"DEU", "F", "a"}, {"Europe", "M", "b"}, {"Europe", "M", "b"}});
  const PairCounts counts = pair_counts(small.table, after, small.problem, 0, 2);
  EXPECT_EQ(counts.num_b, 2U);
  const std::size_t german = small.leaf(0, "DEU") * 2;
  EXPECT_EQ(counts.before[german], 2U) << "work a";
  EXPECT_EQ(counts.after[german], 1);
  EXPECT_FALSE(counts.is_estimate[german]);
  EXPECT_EQ(counts.before[german + 1], 1U) << "work b";
  EXPECT_EQ(counts.after[german + 1], 1) << "half of Europe's";
  EXPECT_TRUE(counts.is_estimate[german + 1]);
}

TEST(PairCounts, SumToTheCountsOfEachColumn) {
  const CountCase small;
  const Table after =
      CountCase::table_of({{"Europe", "F", "a"}, {"Asia", "*", "b"}, {"*", "M", "b"}, {"IND", "M", "a"}});
  const PairCounts pairs = pair_counts(small.table, after, small.problem, 0, 1);
  const std::vector<LeafCounts> singles = leaf_counts(small.table, after, small.problem);
  for (std::size_t x = 0; x < singles[0].labels.size(); ++x) {
    const auto row = static_cast<std::ptrdiff_t>(x * pairs.num_b);
    const auto next = row + static_cast<std::ptrdiff_t>(pairs.num_b);
    EXPECT_EQ(std::accumulate(pairs.before.begin() + row, pairs.before.begin() + next, Count{0}),
              singles[0].before[x]);
    EXPECT_NEAR(std::accumulate(pairs.after.begin() + row, pairs.after.begin() + next, 0.0),
                singles[0].after[x], 1e-12);
    EXPECT_TRUE(singles[0].is_estimate[x]) << "every leaf has a share of *";
  }
}

TEST(CoverReleased, NeedsNothingOfTheRecordsBefore) {
  const CountCase small;
  const Table after = CountCase::table_of({{"Europe", "F", "a"}, {"CHN", "F", "a"}, {"*", "F", "a"}});
  const Coverage coverage = cover_released(after.columns[0], small.problem.lattice.axes[0].hierarchy);
  // Dictionary: "*", "CHN", "Europe"; six leaves.
  EXPECT_EQ(coverage.num_leaves_of_released, (std::vector<Code>{6, 1, 2}));
  EXPECT_EQ(coverage.of_leaf[small.leaf(0, "CHN")].size(), 2U) << "itself and *";
  EXPECT_TRUE(coverage.leaf_of_record.empty());
}

}  // namespace
}  // namespace throng
