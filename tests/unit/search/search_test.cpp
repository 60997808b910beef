// The search at its edges: time limits, ties, nothing allowed, the worked example of the algorithm page.
#include "throng/search/search.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "support/random_problem.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

SearchResult search_alone(const Problem& problem, const SearchOptions& options) {
  return search(problem, options, *self_communicator());
}

/// Records given as codes per QI, with hierarchies of the test's choice.
Problem problem_of(Lattice lattice, const std::vector<std::vector<Code>>& codes) {
  Problem problem;
  problem.lattice = std::move(lattice);
  std::vector<std::vector<Code>> identity;
  for (const Axis& axis : problem.lattice.axes) {
    identity.emplace_back(axis.hierarchy.num_leaves());
    std::iota(identity.back().begin(), identity.back().end(), Code{0});
  }
  std::vector<LeafColumn> columns;
  for (std::size_t j = 0; j < codes.size(); ++j) {
    columns.push_back({codes[j], identity[j], problem.lattice.axes[j].hierarchy.num_leaves()});
  }
  problem.tuples = make_distinct(columns, codes.front().size(), 1);
  return problem;
}

Hierarchy flat(Code leaves) {
  Hierarchy h;
  std::vector<Code> all(leaves);
  std::iota(all.begin(), all.end(), Code{0});
  std::vector<Code> first = all;
  first.push_back(leaves);
  h.labels = {std::vector<std::string>(leaves, "v"), {"*"}};
  h.first_leaf = {first, {0, leaves}};
  h.value_of_leaf = {all, std::vector<Code>(leaves, 0)};
  return h;
}

Hierarchy ages() {
  Hierarchy h = flat(3);
  h.labels.insert(h.labels.begin() + 1, {"20-30", "60"});
  h.first_leaf.insert(h.first_leaf.begin() + 1, {0, 2, 3});
  h.value_of_leaf.insert(h.value_of_leaf.begin() + 1, {0, 0, 1});
  return h;
}

Problem worked_example() {
  return problem_of({{{"sex", 1, flat(2)}, {"age", 1, ages()}}},
                    {{0, 0, 0, 0, 1, 1, 1, 1}, {0, 0, 0, 1, 1, 1, 1, 2}});
}

TEST(Search, WorkedExample) {
  SearchOptions options;
  options.model.k = 3;
  const SearchResult result = search_alone(worked_example(), options);
  ASSERT_TRUE(result.best);
  EXPECT_EQ(result.best->levels, (Node{0, 0}));
  EXPECT_DOUBLE_EQ(result.best->loss, 0.25);
  EXPECT_EQ(result.best->suppressed, 2U);
  EXPECT_EQ(result.best->classes, 2U);
  options.max_suppressed = 1;
  EXPECT_DOUBLE_EQ(search_alone(worked_example(), options).best->loss, 0.34375);
  options.max_suppressed = 0;
  EXPECT_EQ(search_alone(worked_example(), options).best->levels, (Node{0, 2}));
}

TEST(Search, NoNodeSatisfiesIsAResult) {
  SearchOptions options;
  options.model.k = 9;
  options.max_suppressed = 7;
  const SearchResult result = search_alone(worked_example(), options);
  EXPECT_FALSE(result.best);
  EXPECT_TRUE(result.proved_optimal);
}

TEST(Search, TiesGoToTheLowestNode) {
  // Single-leaf QIs cost nothing at any level: 2^24 nodes tie and the bottom must win, soon.
  Lattice lattice;
  std::vector<std::vector<Code>> codes;
  for (int j = 0; j < 24; ++j) {
    lattice.axes.push_back({"q", 1, flat(1)});
    codes.emplace_back(20, 0);
  }
  SearchOptions options;
  options.model.k = 2;
  const SearchResult result = search_alone(problem_of(lattice, codes), options);
  ASSERT_TRUE(result.best);
  EXPECT_EQ(result.best->levels, Node(24, 0));
  EXPECT_LT(result.telemetry.nodes_visited, 1000U);
}

TEST(Search, TimeLimitGivesABoundAndAGap) {
  const Problem problem = test::random_problem({24, 4000, 9}, 7);
  SearchOptions options;
  options.model.k = 11;
  options.time_limit_seconds = 0.05;
  for (const int threads : {1, 2}) {
    options.num_threads = threads;
    const SearchResult result = search_alone(problem, options);
    ASSERT_TRUE(result.best);
    EXPECT_FALSE(result.proved_optimal);
    EXPECT_LE(result.lower_bound, result.best->loss);
    EXPECT_DOUBLE_EQ(result.gap, (result.best->loss - result.lower_bound) / result.best->loss);
  }
}

TEST(Search, MoreQuasiIdentifiersThanAWordHoldsBits) {
  const Problem problem = test::random_problem({80, 60, 3}, 3);
  EXPECT_GT(problem.tuples.words_per_tuple, 1U);
  SearchOptions options;
  options.model.k = 2;
  options.time_limit_seconds = 0.2;
  const SearchResult result = search_alone(problem, options);
  ASSERT_TRUE(result.best);
  EXPECT_FALSE(problem.lattice.num_nodes());
  options.strategy = StrategyKind::kExhaustive;
  EXPECT_THROW(search_alone(problem, options), Error);
}

TEST(Search, UnknownMetricIsAUsageError) {
  SearchOptions options;
  options.metric = "entropi";
  EXPECT_THROW(search_alone(worked_example(), options), Error);
}

TEST(Search, StrategyNamesRoundTrip) {
  for (const std::string_view name : strategy_names()) EXPECT_EQ(to_string(*parse_strategy(name)), name);
  EXPECT_FALSE(parse_strategy("fastest"));
}

}  // namespace
}  // namespace throng
