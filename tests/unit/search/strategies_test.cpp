// The strategies at their edges: metrics not served, lattices too large, time limits, what each looks at.
#include <gtest/gtest.h>

#include "support/random_problem.hpp"
#include "throng/core/error.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

SearchResult run(const Problem& problem, SearchOptions options, StrategyKind strategy) {
  options.strategy = strategy;
  return search(problem, options, *self_communicator());
}

std::string message_of(const Problem& problem, const SearchOptions& options, StrategyKind strategy) {
  try {
    run(problem, options, strategy);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    return error.what();
  }
  return "";
}

TEST(Strategies, NotServedNamesThoseThatServe) {
  SearchOptions options;
  options.metric = "discernibility";
  const std::string message = message_of(test::random_problem({}, 1), options, StrategyKind::kOptimal);
  EXPECT_NE(message.find("strategy \"optimal\" cannot search for the least \"discernibility\""),
            std::string::npos)
      << message;
  EXPECT_NE(message.find("use one of: exhaustive, flash, ola, incognito"), std::string::npos) << message;
}

TEST(Strategies, AGeometricMeanNeedsLossesPerColumn) {
  SearchOptions options;
  options.metric = "average_class_size";
  options.aggregate = Aggregate::kGeometric;
  const std::string message = message_of(test::random_problem({}, 1), options, StrategyKind::kFlash);
  EXPECT_NE(message.find("no loss per quasi-identifier"), std::string::npos) << message;
}

TEST(Strategies, ALatticeTooLargeToTagIsRefusedAndTheOthersWalkIt) {
  const Problem problem = test::random_problem({30, 60, 3}, 3);
  ASSERT_GT(problem.lattice.approximate_num_nodes(), 1e9);
  SearchOptions options;
  options.model.k = 3;
  for (const StrategyKind strategy :
       {StrategyKind::kFlash, StrategyKind::kOla, StrategyKind::kIncognito, StrategyKind::kSamarati}) {
    const std::string message = message_of(problem, options, strategy);
    EXPECT_NE(message.find("more than 2^26 nodes"), std::string::npos) << message;
  }
  for (const StrategyKind strategy : {StrategyKind::kDatafly, StrategyKind::kTopDown})
    EXPECT_TRUE(run(problem, options, strategy).best);
}

TEST(Strategies, ATimeLimitEndsEachWithoutAFalseProof) {
  const Problem problem = test::random_problem({12, 3000, 6}, 7);
  SearchOptions options;
  options.model.k = 11;
  options.max_suppressed = 300;
  options.time_limit_seconds = 1e-9;
  for (const StrategyKind strategy :
       {StrategyKind::kExhaustive, StrategyKind::kFlash, StrategyKind::kOla, StrategyKind::kIncognito,
        StrategyKind::kSamarati, StrategyKind::kDatafly, StrategyKind::kTopDown}) {
    const SearchResult result = run(problem, options, strategy);
    EXPECT_FALSE(result.proved_optimal) << to_string(strategy);
    EXPECT_EQ(result.lower_bound, 0.0) << to_string(strategy);
  }
}

TEST(Strategies, TaggingSparesEvaluations) {
  const Problem problem = test::random_problem({7, 500, 6}, 5);
  SearchOptions options;
  options.model.k = 5;
  options.max_suppressed = 0;
  const SearchResult all = run(problem, options, StrategyKind::kExhaustive);
  EXPECT_EQ(all.telemetry.nodes_visited, *problem.lattice.num_nodes());
  for (const StrategyKind strategy : {StrategyKind::kFlash, StrategyKind::kOla, StrategyKind::kIncognito}) {
    const SearchResult result = run(problem, options, strategy);
    EXPECT_EQ(result.best->levels, all.best->levels) << to_string(strategy);
    EXPECT_LT(result.telemetry.nodes_visited, all.telemetry.nodes_visited / 2) << to_string(strategy);
  }
}

TEST(Strategies, DataflyClimbsTheColumnOfMostValues) {
  // 2 and 3 distinct values; nothing may be suppressed: the second column goes first.
  const Problem problem = test::random_problem({1, 40, 5}, 2);
  SearchOptions options;
  options.model.k = 41;
  options.max_suppressed = 0;
  const SearchResult none = run(problem, options, StrategyKind::kDatafly);
  EXPECT_FALSE(none.best);  // climbed to the top in vain
  EXPECT_EQ(none.telemetry.nodes_visited, problem.lattice.axes[0].hierarchy.labels.size());
}

}  // namespace
}  // namespace throng
