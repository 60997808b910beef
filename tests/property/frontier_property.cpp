// The frontier is the search's answer at every limit and every k, by definition, threads and ranks.
#include "throng/search/frontier.hpp"

#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include "support/random_case.hpp"
#include "support/reference_search.hpp"

namespace throng {
namespace {

using test::random_search_case;
using test::reference_search;
using test::SearchCase;

FrontierOptions options_of(const SearchCase& c) {
  FrontierOptions options;
  options.ks = {c.options.model.k};
  options.max_suppressed = c.options.max_suppressed;
  options.aggregate = c.options.aggregate;
  options.metric = c.options.metric;
  return options;
}

void assert_same(const std::vector<Solution>& a, const std::vector<Solution>& b) {
  RC_ASSERT(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    RC_ASSERT(a[i].levels == b[i].levels);
    RC_ASSERT(a[i].suppressed == b[i].suppressed);
    RC_ASSERT(a[i].loss == b[i].loss);
  }
}

/// The staircase by definition: the reference at every limit, changes alone.
std::vector<Solution> reference_steps(SearchCase c) {
  std::vector<Solution> steps;
  const Count last = std::min(c.options.max_suppressed, c.problem.num_records());
  for (Count limit = 0; limit <= last; ++limit) {
    c.options.max_suppressed = limit;
    const auto best = reference_search(c.problem, c.options);
    if (best && (steps.empty() || steps.back().levels != best->levels)) steps.push_back(*best);
  }
  return steps;
}

RC_GTEST_PROP(Frontier, HasTheOptimumOfEveryLimit, ()) {
  SearchCase c = random_search_case();
  c.options.max_suppressed = test::drawn<Count>(0, c.problem.num_records() + 1);
  if (*c.problem.lattice.num_nodes() > 100)
    c.options.max_suppressed = std::min<Count>(12, c.options.max_suppressed);
  const FrontierResult result = frontier(c.problem, options_of(c), *self_communicator());
  RC_ASSERT(result.is_proved);
  assert_same(result.frontiers.at(0).steps, reference_steps(c));
}

RC_GTEST_PROP(Frontier, HasTheOptimumOfEveryK, ()) {
  SearchCase c = random_search_case();
  FrontierOptions options = options_of(c);
  options.has_every_limit = false;
  options.ks = {2, 3, 5, 9};
  const FrontierResult result = frontier(c.problem, options, *self_communicator());
  for (const Frontier& one : result.frontiers) {
    c.options.model.k = one.k;
    const auto best = reference_search(c.problem, c.options);
    RC_ASSERT(one.steps.size() == (best ? 1U : 0U));
    if (best) assert_same(one.steps, {*best});
  }
}

RC_GTEST_PROP(Frontier, ThreadsAndRanksDoNotMatter, ()) {
  const SearchCase c = random_search_case();
  FrontierOptions options = options_of(c);
  options.ks = {2, c.options.model.k + 1};
  const FrontierResult one = frontier(c.problem, options, *self_communicator());
  options.num_threads = 2;
  const FrontierResult two = frontier(c.problem, options, *self_communicator());
  for (std::size_t i = 0; i < 2; ++i) assert_same(one.frontiers[i].steps, two.frontiers[i].steps);
  options.num_threads = 1;
  for (const int ranks : {2, 3, 4})
    run_as_threads(ranks, [&](Communicator& communicator) {
      const FrontierResult shared = frontier(c.problem, options, communicator);
      for (std::size_t i = 0; i < 2; ++i) assert_same(one.frontiers[i].steps, shared.frontiers[i].steps);
    });
}

TEST(Frontier, ATimeLimitClaimsNothing) {
  FrontierOptions options;
  options.time_limit_seconds = 1e-9;
  const FrontierResult result = frontier(test::random_problem({8, 500, 6}, 1), options, *self_communicator());
  EXPECT_FALSE(result.is_proved);
}

}  // namespace
}  // namespace throng
