// Plans by hand and on random records: what is kept, what is recoded, the same for any ranks and threads.
#include "throng/local/plan.hpp"

#include <gtest/gtest.h>

#include "support/random_problem.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

std::vector<PlannedClass> plan_of(const LocalRecoding& recoding) {
  std::vector<PlannedClass> plan;
  for (const LocalClass& each : recoding.classes) plan.push_back({each.levels, each.values});
  return plan;
}

Problem problem_of(std::uint64_t seed, std::size_t num_records = 300) {
  test::ProblemSize size;
  size.num_records = num_records;
  size.num_qi = 3;
  return test::random_problem(size, seed);
}

LocalOptions options_of(Count k) {
  LocalOptions options;
  options.model.k = k;
  return options;
}

TEST(Plan, OfTheSameRecordsLosesAboutTheSame) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = problem_of(seed);
    const LocalResult made = recode_locally(problem, options_of(5), *self_communicator());
    const PlannedResult again = apply_plan(problem, plan_of(*made.best), options_of(5), *self_communicator());
    ASSERT_TRUE(again.result.best);
    EXPECT_LE(again.result.loss, made.loss * 1.1 + 1e-9) << seed;
    EXPECT_GE(again.result.loss, made.lower_bound - 1e-9);
    EXPECT_EQ(again.drift.planned, made.best->classes.size());
    EXPECT_LE(again.drift.kept, again.drift.planned);
  }
}

TEST(Plan, OfOtherRecordsGivesClassesOfAtLeastK) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = problem_of(seed);
    const LocalResult made = recode_locally(problem, options_of(5), *self_communicator());
    const Problem next = problem_of(seed, 200);
    const PlannedResult applied = apply_plan(next, plan_of(*made.best), options_of(5), *self_communicator());
    ASSERT_TRUE(applied.result.best);
    Count released = 0;
    for (const LocalClass& each : applied.result.best->classes) {
      EXPECT_GE(each.size, 5U);
      released += each.size;
    }
    EXPECT_EQ(released + applied.result.suppressed, next.num_records());
    EXPECT_LE(applied.drift.recoded, released);
    EXPECT_LE(applied.drift.fitting, next.num_records());
  }
}

TEST(Plan, OfNoClassIsTheGreedyStart) {
  const Problem problem = problem_of(3);
  const PlannedResult applied = apply_plan(problem, {}, options_of(5), *self_communicator());
  ASSERT_TRUE(applied.result.best);
  EXPECT_EQ(applied.drift.kept, 0U);
  EXPECT_EQ(applied.drift.fitting, 0U);
  EXPECT_EQ(applied.drift.recoded, problem.num_records() - applied.result.suppressed);
}

TEST(Plan, OfTheCoarsestCellHoldsEveryRecord) {
  const Problem problem = problem_of(4);
  PlannedClass top;
  for (const Axis& axis : problem.lattice.axes) {
    top.levels.push_back(axis.hierarchy.height());
    top.values.push_back(0);
  }
  const PlannedResult applied = apply_plan(problem, {top, top}, options_of(5), *self_communicator());
  EXPECT_EQ(applied.drift.planned, 1U);
  EXPECT_EQ(applied.drift.kept, 1U);
  EXPECT_EQ(applied.drift.fitting, problem.num_records());
  EXPECT_EQ(applied.drift.recoded, 0U);
}

TEST(Plan, RefusesALevelThatIsNotAllowed) {
  const Problem problem = problem_of(5);
  PlannedClass bottom{problem.lattice.bottom(), std::vector<Code>(3, 0)};
  LocalOptions options = options_of(5);
  for (const Axis& axis : problem.lattice.axes) options.levels.push_back({axis.hierarchy.height()});
  EXPECT_THROW(apply_plan(problem, {bottom}, options, *self_communicator()), Error);
}

TEST(Plan, IsTheSameForAnyRanksAndThreads) {
  const Problem problem = problem_of(6);
  const Problem next = problem_of(6, 200);
  const LocalResult made = recode_locally(problem, options_of(5), *self_communicator());
  const auto plan = plan_of(*made.best);
  const PlannedResult one = apply_plan(next, plan, options_of(5), *self_communicator());
  for (int ranks = 1; ranks <= 4; ++ranks)
    for (int threads = 1; threads <= 2; ++threads)
      run_as_threads(ranks, [&](Communicator& communicator) {
        LocalOptions options = options_of(5);
        options.num_threads = threads;
        const PlannedResult other = apply_plan(next, plan, options, communicator);
        EXPECT_EQ(other.result.loss, one.result.loss);
        EXPECT_EQ(other.result.best->classes.size(), one.result.best->classes.size());
        EXPECT_EQ(other.drift.kept, one.drift.kept);
        EXPECT_EQ(other.drift.recoded, one.drift.recoded);
      });
}

}  // namespace
}  // namespace throng
