// Where the tail begins, what a look answers, and when it is taken.
#include "search/lookahead.hpp"

#include <gtest/gtest.h>

#include "search/branch_and_bound.hpp"
#include "support/random_problem.hpp"

namespace throng {
namespace {

struct LookaheadTest : testing::Test {
  Problem problem = test::random_problem({.num_qi = 6, .num_records = 300, .max_leaves = 4}, 7);
  SearchOptions options;
  LossModel loss{problem, make_loss_metric("loss"), Aggregate::kArithmetic};
  std::shared_ptr<Communicator> alone = self_communicator();
  SearchTask task{problem, with_k(options), loss, *alone};
  WalkPlan plan{task};

  static SearchOptions& with_k(SearchOptions& all) {
    all.model.k = 5;
    return all;
  }

  /// Least loss of the nodes that begin with `path[0..depth)`.
  [[nodiscard]] double least_loss(const std::vector<Level>& path, std::size_t depth) const {
    double least = 2;
    Node node = problem.lattice.bottom();
    do {
      bool is_below = true;
      for (std::size_t i = 0; i < depth; ++i) is_below = is_below && node[plan.rules.order[i]] == path[i];
      if (is_below) least = std::min(least, evaluate_node(problem, loss, options.model, node).loss);
    } while (next_node(problem.lattice, node));
    return least;
  }
};

TEST_F(LookaheadTest, TheTailHasTheColumnsThatAreNoFlags) {
  for (std::size_t i = 0; i < plan.num_depths(); ++i)
    EXPECT_EQ(plan.rules.hierarchy_at(i).num_leaves() > 2, i >= plan.tail) << i;
  EXPECT_GT(plan.tail, 0U);
  EXPECT_LT(plan.tail, plan.num_depths());
}

TEST_F(LookaheadTest, SmallProblemsDoNotLookAhead) {
  EXPECT_TRUE(make_lookaheads(plan.rules, plan.rest_terms).empty());
}

TEST(Lookaheads, LargeOnesLookAheadFromDepthsBeforeTheTail) {
  const Problem problem = test::random_problem({.num_qi = 60, .num_records = 100, .max_leaves = 3}, 1);
  const LossModel loss(problem, make_loss_metric("loss"), Aggregate::kArithmetic);
  const GroupRules rules(problem, loss, {3});
  const std::vector<double> rest(rules.num_depths() + 1, 0);
  const std::size_t tail = first_of_tail(rules);
  ASSERT_GE(tail, 18U);
  const auto plans = make_lookaheads(rules, rest);
  ASSERT_FALSE(plans.empty());
  for (const LookaheadPlan& plan : plans) {
    EXPECT_LT(plan.depth, tail);
    EXPECT_EQ(plan.end - plan.depth, rules.num_depths() - tail);
    EXPECT_EQ(plan.stages.back().end, plan.end);
    EXPECT_EQ(plan.stages.back().root.weight(0), problem.num_records());
  }
}

TEST_F(LookaheadTest, IsExactWhenNothingIsLeftOut) {
  const LookaheadPlan ahead = make_lookahead(plan.rules, plan.rest_terms, plan.tail, plan.tail);
  Lookahead lookahead(task, ahead, plan.least);
  for (unsigned bits = 0; bits < 1U << plan.tail; ++bits) {
    std::vector<Level> path;
    for (std::size_t i = 0; i < plan.tail; ++i)
      path.push_back(
          static_cast<Level>(std::min(bits >> i & 1U, unsigned{plan.rules.hierarchy_at(i).height()})));
    const double least = least_loss(path, plan.tail);
    EXPECT_EQ(lookahead.most_raised(path, 9, least + 1e-9).has_value(), true);
    EXPECT_EQ(lookahead.most_raised(path, 9, least - 1e-9), std::nullopt);
  }
}

TEST_F(LookaheadTest, MoreMayBeRaisedForALargerLossAndNeverMoreThanTheLimit) {
  const LookaheadPlan ahead = make_lookahead(plan.rules, plan.rest_terms, 0, plan.tail);
  Lookahead lookahead(task, ahead, plan.least);
  int before = -1;
  for (const double most_loss : {0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0}) {
    const std::optional<unsigned> most = lookahead.most_raised({}, 9, most_loss);
    const int now = most ? static_cast<int>(*most) : -1;
    EXPECT_GE(now, before);
    if (most) {
      EXPECT_EQ(lookahead.most_raised({}, 0, most_loss), 0U);
    }
    before = now;
  }
  EXPECT_GE(before, static_cast<int>(plan.tail));  // the top node loses at most 1
}

}  // namespace
}  // namespace throng
