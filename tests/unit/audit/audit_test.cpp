// The audit on ranks and threads, at its edges, and on the real sample against an independent program.
#include "throng/audit/audit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <mutex>

#include "audit_expectation.hpp"
#include "support/csv_problem.hpp"
#include "support/random_problem.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

using test::problem_of_csv;

AuditResult audit_alone(const Problem& problem, const AuditOptions& options) {
  return audit(problem, options, *self_communicator());
}

TEST(Audit, RanksAndThreadsDoNotShow) {
  test::ProblemSize size;
  size.num_qi = 9;
  size.num_records = 600;
  size.max_leaves = 3;
  for (const std::size_t max_size : {0U, 4U}) {
    const Problem problem = test::random_problem(size, 11);
    AuditOptions options;
    options.max_size = max_size;
    const AuditResult expected = audit_alone(problem, options);
    for (int ranks = 1; ranks <= 4; ++ranks)
      for (int threads = 1; threads <= 2; ++threads) {
        options.num_threads = threads;
        run_as_threads(ranks, [&](Communicator& communicator) {
          static std::mutex mutex;
          const AuditResult result = audit(problem, options, communicator);
          const std::lock_guard lock(mutex);
          expect_same(result, expected);
        });
      }
  }
}

TEST(Audit, OneRecord) {
  AuditOptions options;
  options.k = 2;
  const AuditResult result = audit_alone(problem_of_csv("a,b\nx,y\n"), options);
  EXPECT_EQ(result.combinations, 3U);
  EXPECT_EQ(result.worst.at(0).at_risk.at(0), 1U);
  EXPECT_EQ(result.smallest_class, 1U);
}

TEST(Audit, ASingleValuedColumnMakesNoRisk) {
  AuditOptions options;
  options.k = 2;
  const AuditResult result = audit_alone(problem_of_csv("a,b\nx,1\nx,2\nx,3\n"), options);
  EXPECT_EQ(result.by_size.at(0).safe, 1U);
  EXPECT_EQ(result.minimal_unsafe, std::vector<Combination>{2});
  EXPECT_DOUBLE_EQ(result.shapley.at(0), 0);
  EXPECT_DOUBLE_EQ(result.shapley.at(1), 1);
}

TEST(Audit, AnAllUniqueColumnPutsEverybodyAtRisk) {
  const AuditResult result = audit_alone(problem_of_csv("id,a\n1,x\n2,x\n3,x\n4,x\n"), {});
  EXPECT_EQ(result.worst.at(0).at_risk, (std::vector<Count>{4, 4, 4, 4}));
  EXPECT_EQ(result.classes, 4U);
}

TEST(Audit, RefusesMoreThanThirtyColumnsWithoutALimit) {
  std::string header = "c0";
  std::string row = "x";
  for (int j = 1; j < 31; ++j) {
    header += ",c" + std::to_string(j);
    row += ",x";
  }
  const Problem problem = problem_of_csv(header + "\n" + row + "\n" + row + "\n");
  AuditOptions options;
  EXPECT_THROW(audit_alone(problem, options), Error);
  options.max_size = 2;
  const AuditResult result = audit_alone(problem, options);
  EXPECT_EQ(result.combinations, 31U + 31U * 30U / 2U);
  EXPECT_TRUE(result.shapley.empty());
}

TEST(Audit, CountsCombinations) {
  EXPECT_DOUBLE_EQ(num_combinations(20, 0), 1048575);
  EXPECT_DOUBLE_EQ(num_combinations(37, 6), 2835199);
  EXPECT_DOUBLE_EQ(num_combinations(3, 9), 7);
}

TEST(Audit, IsDrawnAgainFromItsArrays) {
  for (const std::size_t num_qi : {1U, 4U, 7U}) {
    test::ProblemSize size;
    size.num_qi = num_qi;
    size.num_records = 200;
    const Problem problem = test::random_problem(size, num_qi);
    AuditOptions options;
    options.thresholds = {2, 5, 11};
    options.k = 5;
    options.keeps_arrays = true;
    const AuditResult result = audit(problem, options, *self_communicator());
    AuditArrays arrays = *result.arrays;
    expect_same(result, audit_of_arrays(problem, options, arrays));
    arrays.at_risk[1].back() += 1;
    EXPECT_NE(audit_of_arrays(problem, options, arrays).worst.front().at_risk, result.worst.front().at_risk)
        << "the arrays are read";
  }
}

TEST(Audit, TellsItsWatcherUpToTheEnd) {
  test::ProblemSize size;
  size.num_qi = 5;
  const Problem problem = test::random_problem(size, 1);
  for (const std::size_t max_size : {0U, 2U})
    for (const int threads : {1, 2}) {
      std::vector<AuditProgress> told;
      AuditOptions options;
      options.thresholds = {2, 3};
      options.k = 3;
      options.max_size = max_size;
      options.num_threads = threads;
      options.on_progress = [&](const AuditProgress& progress) { told.push_back(progress); };
      static_cast<void>(audit(problem, options, *self_communicator()));
      for (const AuditProgress& progress : told) {
        EXPECT_GT(progress.fraction_done, 0);
        EXPECT_LE(progress.fraction_done, 1);
        EXPECT_NEAR(progress.combinations, progress.fraction_done * num_combinations(5, max_size), 1e-9);
      }
      if (threads == 1) {
        ASSERT_FALSE(told.empty());
        EXPECT_EQ(told.back().fraction_done, 1);
      }
    }
}

}  // namespace
}  // namespace throng
