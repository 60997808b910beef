// The start by cuts: valid classes, nothing suppressed where all levels are allowed, no matter the row order.
#include <gtest/gtest.h>

#include <map>

#include "local/start.hpp"
#include "support/random_problem.hpp"

namespace throng::local {
namespace {

struct Start {
  explicit Start(const Problem& problem, Count k, const LevelSets& levels = {})
      : loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic),
        space(problem, loss, levels),
        recoding(space, k) {
    start_from_cuts(recoding);
  }

  /// Records per cell.
  [[nodiscard]] std::map<Cell, Count> classes() const {
    std::map<Cell, Count> found;
    for (ClassId id = 1; id < recoding.num_ids(); ++id)
      if (recoding.of(id).size > 0) found[recoding.of(id).cell] = recoding.of(id).size;
    return found;
  }

  LossModel loss;
  CellSpace space;
  Recoding recoding;
};

Problem problem_of(std::uint64_t seed) {
  return test::random_problem({.num_qi = 9, .num_records = 300, .max_leaves = 5}, seed);
}

TEST(CutStart, EveryClassHasKRecordsAndNoneIsLeftOut) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = problem_of(seed);
    const Start start(problem, 7);
    Count records = 0;
    for (const auto& [cell, size] : start.classes()) {
      EXPECT_GE(size, 7U);
      records += size;
    }
    EXPECT_EQ(records, problem.num_records());
    EXPECT_EQ(start.recoding.suppressed(), 0U);
    EXPECT_GT(start.classes().size(), 1U) << "seed " << seed;
  }
}

TEST(CutStart, IsTheSameForEveryOrderOfTheRows) {
  const Problem problem = problem_of(3);
  const Problem other = test::shuffled(problem, 8);
  const Start one(problem, 5);
  const Start two(other, 5);
  EXPECT_EQ(one.classes(), two.classes());
  EXPECT_EQ(one.recoding.total(), two.recoding.total());
}

TEST(CutStart, WhatNoAllowedCellCoversStaysSuppressed) {
  const Problem problem = problem_of(4);
  LevelSets levels;
  for (const Axis& axis : problem.lattice.axes) levels.push_back({0, axis.hierarchy.height()});
  levels.front() = {0};
  const Start start(problem, 7, levels);
  Count records = start.recoding.suppressed();
  for (const auto& [cell, size] : start.classes()) {
    EXPECT_GE(size, 7U);
    records += size;
  }
  EXPECT_EQ(records, problem.num_records());
}

TEST(CutStart, FewerThanKRecordsStaySuppressed) {
  const Problem problem = problem_of(5);
  const Start start(problem, 301);
  EXPECT_TRUE(start.classes().empty());
  EXPECT_EQ(start.recoding.suppressed(), 300U);
}

TEST(CutStart, EqualRecordsAreOneClassThatLosesNothing) {
  const Problem problem = test::random_problem({.num_qi = 4, .num_records = 50, .max_leaves = 1}, 1);
  const Start start(problem, 11);
  EXPECT_EQ(start.classes().size(), 1U);
  EXPECT_EQ(start.recoding.total(), 0);
}

}  // namespace
}  // namespace throng::local
