// Record-level risk on ranks and threads, by hand, at its edges; the scores by their formulas.
#include "throng/audit/record_risk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "support/csv_problem.hpp"
#include "support/random_problem.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

using test::problem_of_csv;

RecordRisk risk_alone(const Problem& problem, Count k, std::size_t max_size = 0) {
  return record_risk(problem, {k, max_size, 1}, *self_communicator());
}

std::string wide_table(int num_columns) {
  std::string header = "c0";
  std::string row = "x";
  for (int j = 1; j < num_columns; ++j) {
    header += ",c" + std::to_string(j);
    row += ",x";
  }
  return header + "\n" + row + "\n" + row + "\n";
}

TEST(RecordRisk, ByHand) {
  // The worked example of docs/algorithms/record-risk.md.
  const Problem problem = problem_of_csv("a,b,c\n0,0,0\n0,0,1\n0,1,0\n0,1,1\n1,0,0\n");
  const RecordRisk risk = risk_alone(problem, 2);
  const std::size_t first = problem.tuples.tuple_of_record[0];
  EXPECT_EQ(risk.num_below(first), 1U);  // only a, b and c together
  EXPECT_EQ(risk.smallest_size(first), 3U);
  EXPECT_EQ(risk.minimal_of(first, 3), 1U);
  const std::size_t second = problem.tuples.tuple_of_record[1];
  EXPECT_EQ(risk.below_of(second, 2), 1U);  // b and c
  EXPECT_EQ(risk.below_of(second, 3), 1U);
  EXPECT_EQ(risk.minimal_of(second, 2), 1U);
  EXPECT_EQ(risk.minimal_of(second, 3), 0U);
  const std::size_t last = problem.tuples.tuple_of_record[4];
  EXPECT_EQ(risk.below_of(last, 1), 1U);  // a alone
  EXPECT_EQ(risk.below_of(last, 2), 2U);
  EXPECT_EQ(risk.below_of(last, 3), 1U);
  EXPECT_EQ(risk.minimal_of(last, 1), 1U);
  EXPECT_EQ(risk.minimal_of(last, 2), 0U);

  const std::vector<double> scores = risk_scores(risk);
  EXPECT_DOUBLE_EQ(scores[first], (0.0 + 0.0 + 1.0) / 3);
  EXPECT_DOUBLE_EQ(scores[second], (0.0 + 1.0 / 3 + 1.0) / 3);
  EXPECT_DOUBLE_EQ(scores[last], (1.0 / 3 + 2.0 / 3 + 1.0) / 3);
  const std::vector<double> suda = suda_scores(risk);
  EXPECT_DOUBLE_EQ(suda[first], 1);   // 0!
  EXPECT_DOUBLE_EQ(suda[second], 1);  // 1!
  EXPECT_DOUBLE_EQ(suda[last], 2);    // 2!
}

TEST(RecordRisk, RanksAndThreadsDoNotShow) {
  test::ProblemSize size;
  size.num_qi = 13;
  size.num_records = 700;
  size.max_leaves = 3;
  const Problem problem = test::random_problem(size, 11);
  for (const std::size_t max_size : {0U, 3U}) {
    const RecordRisk expected = risk_alone(problem, 5, max_size);
    for (int ranks = 1; ranks <= 4; ++ranks)
      for (int threads = 1; threads <= 2; ++threads)
        run_as_threads(ranks, [&](Communicator& communicator) {
          static std::mutex mutex;
          const RecordRisk risk = record_risk(problem, {5, max_size, threads}, communicator);
          const std::lock_guard lock(mutex);
          EXPECT_EQ(risk.below, expected.below);
          EXPECT_EQ(risk.minimal, expected.minimal);
        });
  }
}

TEST(RecordRisk, TheOrderOfTheRecordsDoesNotShow) {
  const Problem problem = test::random_problem({8, 200, 4}, 3);
  const Problem other = test::shuffled(problem, 7);
  const auto rows = [](const RecordRisk& risk) {
    std::vector<std::vector<std::uint64_t>> sorted;
    for (std::size_t t = 0; t < risk.below.size() / (risk.max_size + 1); ++t) {
      auto& row = sorted.emplace_back();
      for (std::size_t s = 0; s <= risk.max_size; ++s) {
        row.push_back(risk.below_of(t, s));
        row.push_back(risk.minimal_of(t, s));
      }
    }
    std::ranges::sort(sorted);
    return sorted;
  };
  EXPECT_EQ(rows(risk_alone(problem, 3)), rows(risk_alone(other, 3)));
}

TEST(RecordRisk, OneRecordIsBelowKWheneverAnythingIsKnown) {
  const RecordRisk risk = risk_alone(problem_of_csv("a,b\nx,y\n"), 2);
  EXPECT_EQ(risk.num_below(0), 3U);
  EXPECT_EQ(risk.minimal_of(0, 1), 2U);
  EXPECT_EQ(risk.minimal_of(0, 2), 0U);
  EXPECT_DOUBLE_EQ(risk_scores(risk)[0], 1);
}

TEST(RecordRisk, NobodyIsAtRiskInOneLargeClass) {
  const RecordRisk risk = risk_alone(problem_of_csv("a,b\nx,y\nx,y\n"), 2);
  EXPECT_EQ(risk.num_below(0), 0U);
  EXPECT_EQ(risk.smallest_size(0), 0U);
  EXPECT_DOUBLE_EQ(risk_scores(risk)[0], 0);
  EXPECT_DOUBLE_EQ(suda_scores(risk)[0], 0);
}

TEST(RecordRisk, RefusesWhatCannotBeCounted) {
  EXPECT_THROW(risk_alone(problem_of_csv(wide_table(31)), 2), Error);
  EXPECT_THROW(risk_alone(problem_of_csv(wide_table(64)), 2, 2), Error);
  EXPECT_EQ(risk_alone(problem_of_csv(wide_table(63)), 3, 2).below_of(0, 2), 63U * 62U / 2);
}

TEST(RecordRisk, WeightsBeyondALaneSaturate) {
  // 300 copies of one tuple, 1 of another; lanes of 8 bits hold 127.
  std::string csv = "a,b\n1,2\n";
  for (int i = 0; i < 300; ++i) csv += "1,1\n";
  const Problem problem = problem_of_csv(csv);
  for (const Count k : {11U, 127U, 128U, 301U}) {
    const RecordRisk risk = risk_alone(problem, k);
    const std::size_t rare = problem.tuples.tuple_of_record[0];
    const std::size_t common = problem.tuples.tuple_of_record[1];
    EXPECT_EQ(risk.below_of(rare, 1), 1U) << k;  // b; a holds 301
    EXPECT_EQ(risk.below_of(rare, 2), 1U) << k;
    EXPECT_EQ(risk.num_below(common), k > 300 ? 2U : 0U) << k;
  }
}

TEST(RecordRisk, DisSudaFollowsItsFormula) {
  const Problem problem = problem_of_csv("a,b\n1,1\n1,2\n2,1\n2,1\n3,3\n");
  const RecordRisk risk = risk_alone(problem, 2);
  const std::vector<double> suda = suda_scores(risk);
  const std::vector<double> dis = dis_suda_scores(problem, suda, 0.1);
  const double exponent = 1 + (8 - 2.0) / 20;
  double sum = 0;
  for (const double score : suda) sum += score > 0 ? std::pow(score, -exponent) : 0;
  const double uniques = 3;
  const double share = uniques * 0.1 / (uniques * 0.1 + 2 * 0.9);
  for (std::size_t t = 0; t < suda.size(); ++t) {
    if (suda[t] == 0) {
      EXPECT_DOUBLE_EQ(dis[t], 0);
      continue;
    }
    EXPECT_NEAR(dis[t], 1 / (1 + (uniques / share - uniques) / (std::pow(suda[t], exponent) * sum)), 1e-12);
  }
  EXPECT_GT(dis[problem.tuples.tuple_of_record[4]], dis[problem.tuples.tuple_of_record[0]]);
}

}  // namespace
}  // namespace throng
