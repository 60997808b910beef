// Distributions of record-level risk: what is told outside hides every small count.
#include "app/record_risk_answer.hpp"

#include <gtest/gtest.h>

#include "support/random_problem.hpp"

namespace throng {
namespace {

std::vector<RecordBin> bins_of(const std::vector<Count>& records) {
  std::vector<RecordBin> bins;
  for (std::size_t i = 0; i < records.size(); ++i) bins.push_back({i, i, records[i]});
  return bins;
}

std::vector<Count> records_of(const std::vector<RecordBin>& bins) {
  std::vector<Count> records;
  for (const RecordBin& bin : bins) records.push_back(bin.records);
  return records;
}

TEST(ExternalBins, SmallOnesJoinTheirNeighbours) {
  const auto bins = external_bins(bins_of({40, 3, 5, 20, 0, 7}), 11);
  EXPECT_EQ(records_of(bins), (std::vector<Count>{33, 33}));  // 40 alone, then 3 + 5 + 20 + 7
  EXPECT_EQ(bins[1].from, 1U);
  EXPECT_EQ(bins[1].to, 5U);
}

TEST(ExternalBins, LargeOnesAreRoundedDownAndEmptyOnesStay) {
  EXPECT_EQ(records_of(external_bins(bins_of({0, 11, 0, 21}), 11)), (std::vector<Count>{0, 11, 0, 11}));
}

TEST(ExternalBins, ASmallLastOneJoinsWhatIsBeforeIt) {
  const auto bins = external_bins(bins_of({30, 0, 0, 4}), 11);
  EXPECT_EQ(records_of(bins), std::vector<Count>{33});
  EXPECT_EQ(bins[0].to, 3U);
}

TEST(ExternalBins, FewerThanKInAllTellNothing) {
  EXPECT_TRUE(external_bins(bins_of({1, 2, 3}), 11).empty());
  EXPECT_TRUE(external_bins({}, 11).empty());
}

TEST(RecordRiskAnswer, BinsAndQuantilesCoverEveryRecord) {
  const Problem problem = test::random_problem({6, 300, 4}, 5);
  const RecordRiskAnswer answer =
      make_record_risk_answer(problem, record_risk(problem, {5, 0, 1}, *self_communicator()));
  for (const auto* bins : {&answer.by_smallest_size, &answer.by_score}) {
    Count records = 0;
    for (const RecordBin& bin : *bins) records += bin.records;
    EXPECT_EQ(records, 300U);
  }
  ASSERT_EQ(answer.quantiles.size(), std::size(kScoreQuantiles));
  for (std::size_t q = 0; q < answer.quantiles.size(); ++q) {
    Count below = 0;
    Count up_to = 0;
    for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
      below += answer.scores[t] < answer.quantiles[q] ? problem.tuples.weights[t] : 0;
      up_to += answer.scores[t] <= answer.quantiles[q] ? problem.tuples.weights[t] : 0;
    }
    EXPECT_LT(static_cast<double>(below), kScoreQuantiles[q] * 300);
    EXPECT_GE(static_cast<double>(up_to), kScoreQuantiles[q] * 300);
  }
}

}  // namespace
}  // namespace throng
