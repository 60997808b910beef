// A search that is stopped, saved and gone on with, on any number of workers, gives the answer of one that
// was not; so do its shards together.
#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "search/search_state.hpp"
#include "support/random_problem.hpp"
#include "support/stopped_leg.hpp"
#include "throng/core/error.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

void expect_same(const SearchResult& a, const SearchResult& b) {
  EXPECT_FALSE(a.is_stopped || b.is_stopped);
  EXPECT_EQ(a.proved_optimal, b.proved_optimal);
  EXPECT_EQ(a.lower_bound, b.lower_bound);
  ASSERT_TRUE(a.best && b.best);
  EXPECT_EQ(a.best->levels, b.best->levels);
  EXPECT_EQ(a.best->loss, b.best->loss);
}

SearchOptions options_of(std::uint64_t seed) {
  SearchOptions options;
  options.model.k = 4;
  options.num_threads = 1 + static_cast<int>(seed % 2);
  return options;
}

struct Leg {
  int num_ranks = 1;
  int patience = 1;
};

SearchResult run_leg(const Problem& problem, const SearchOptions& options, const Leg& leg,
                     std::string& state) {
  return test::run_leg(
      options, leg.num_ranks, leg.patience, state,
      [&](const SearchOptions& mine, Communicator& world) { return search(problem, mine, world); });
}

TEST(SearchCheckpoint, StoppedAgainAndAgainOnOtherWorkersEndsTheSame) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const Problem problem = test::random_problem({6, 300, 7}, seed);
    const SearchOptions options = options_of(seed);
    const SearchResult expected = search(problem, options, *self_communicator());
    std::string state;
    int num_legs = 0;
    SearchResult result;
    do {
      const int ranks = 1 + num_legs % 4;
      SearchOptions leg_options = options;
      leg_options.num_threads = 1 + num_legs % 2;
      result = run_leg(problem, leg_options, {ranks, 20 + 5 * num_legs}, state);
      ASSERT_FALSE(state.empty());
      ASSERT_LT(++num_legs, 1000);
    } while (result.is_stopped);
    EXPECT_GT(num_legs, 1) << "the search was too short to be stopped";
    expect_same(result, expected);
    // Gone on with once more, the finished state is the answer.
    expect_same(run_leg(problem, options, {2, 1 << 20}, state), expected);
  }
}

TEST(SearchCheckpoint, IntervalSavesWhileTheSearchGoesOn) {
  const Problem problem = test::random_problem({9, 3000, 8}, 3);
  SearchOptions options = options_of(0);
  const SearchResult expected = search(problem, options, *self_communicator());
  std::vector<std::string> states;
  Checkpointing checkpointing;
  checkpointing.interval_seconds = 1e-6;
  checkpointing.must_stop = [] { return false; };
  checkpointing.save = [&](std::string_view bytes) { states.emplace_back(bytes); };
  options.checkpointing = &checkpointing;
  expect_same(search(problem, options, *self_communicator()), expected);
  ASSERT_GT(states.size(), 1U);
  for (std::size_t i = 0; i < states.size(); i += 1 + states.size() / 5)
    expect_same(run_leg(problem, options_of(1), {3, 1 << 20}, states[i]), expected);
}

TEST(SearchCheckpoint, StopAfterIsATimeLimitThatSaves) {
  const Problem problem = test::random_problem({7, 400, 7}, 3);
  SearchOptions options = options_of(0);
  Checkpointing checkpointing;
  checkpointing.stop_after_seconds = 1e-9;
  checkpointing.must_stop = [] { return false; };
  checkpointing.save = [&](std::string_view bytes) { checkpointing.state = bytes; };
  options.checkpointing = &checkpointing;
  EXPECT_TRUE(search(problem, options, *self_communicator()).is_stopped);
  EXPECT_FALSE(checkpointing.state.empty());
  checkpointing.stop_after_seconds = 0;
  options.time_limit_seconds = 1e-9;
  EXPECT_TRUE(search(problem, options, *self_communicator()).is_stopped);
}

TEST(SearchCheckpoint, AFailedSaveIsEveryRanksError) {
  const Problem problem = test::random_problem({5, 200, 5}, 1);
  std::atomic<int> num_errors = 0;
  run_as_threads(3, [&](Communicator& world) {
    Checkpointing checkpointing;
    checkpointing.must_stop = [] { return false; };
    checkpointing.save = [](std::string_view) { throw io_error("checkpoint", "the disk is full"); };
    SearchOptions options = options_of(0);
    options.checkpointing = &checkpointing;
    try {
      search(problem, options, world);
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kIo);
      ++num_errors;
    }
  });
  EXPECT_EQ(num_errors, 3);
}

TEST(SearchCheckpoint, ShardsTogetherHoldTheOptimum) {
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Problem problem = test::random_problem({6, 300, 7}, seed);
    const SearchResult expected = search(problem, options_of(0), *self_communicator());
    std::optional<Solution> best;
    std::set<std::uint64_t> divisions;
    for (std::size_t i = 0; i < 3; ++i) {
      SearchOptions options = options_of(i);
      options.shard = {i, 3};
      const SearchResult result = search(problem, options, *self_communicator());
      EXPECT_TRUE(result.proved_optimal);
      ASSERT_TRUE(result.best);
      EXPECT_GE(result.best->loss, expected.best->loss);
      divisions.insert(result.division);
      if (!best || is_better({result.best->loss, result.best->levels}, {best->loss, best->levels}))
        best = result.best;
    }
    EXPECT_EQ(best->levels, expected.best->levels);
    EXPECT_EQ(divisions.size(), 1U) << "the shards share one list of subtrees";
  }
}

TEST(SearchState, OfAnotherSearchIsRefused) {
  const Problem problem = test::random_problem({4, 100, 5}, 1);
  const std::vector<std::size_t> order = {2, 0, 1, 3};
  SearchState state = first_state(order);
  state.has_frontier = true;
  state.best = {0.5, {0, 0, 0, 0}};
  state.open = {{{0, 0}, 0.25}, {{0}, 0.125}};
  const std::string bytes = encode_search_state(state);
  const SearchState same = decode_search_state(bytes, order, problem.lattice);
  EXPECT_EQ(same.open[1].bound, 0.125);
  EXPECT_EQ(same.best.levels, state.best.levels);
  EXPECT_EQ(encode_search_state(same), bytes);
  EXPECT_THROW(decode_search_state(bytes, {0, 1, 2, 3}, problem.lattice), Error);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW(decode_search_state(bytes.substr(0, size), order, problem.lattice), Error);
  EXPECT_THROW(decode_search_state(bytes + "x", order, problem.lattice), Error);
  state.open[0].levels = {200};
  EXPECT_THROW(decode_search_state(encode_search_state(state), order, problem.lattice), Error);
}

}  // namespace
}  // namespace throng
