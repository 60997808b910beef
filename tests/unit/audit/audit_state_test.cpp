// An audit that is stopped, saved and gone on with, on any number of workers, or done in shards, gives the
// figures of one that was not.
#include "audit/audit_state.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>

#include "audit_expectation.hpp"
#include "support/random_problem.hpp"
#include "support/stopped_leg.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

Problem problem_of(std::uint64_t seed) { return test::random_problem({9, 400, 3}, seed); }

AuditOptions options_of(std::size_t max_size) {
  AuditOptions options;
  options.max_size = max_size;
  return options;
}

AuditResult run_leg(const Problem& problem, const AuditOptions& options, int num_ranks, int patience,
                    std::string& state) {
  return test::run_leg(
      options, num_ranks, patience, state,
      [&](const AuditOptions& mine, Communicator& world) { return audit(problem, mine, world); });
}

class AuditSizes : public ::testing::TestWithParam<std::size_t> {};

TEST_P(AuditSizes, StoppedAgainAndAgainOnOtherWorkersGivesTheSame) {
  const Problem problem = problem_of(11);
  const AuditOptions options = options_of(GetParam());
  const AuditResult expected = audit(problem, options, *self_communicator());
  std::string state;
  AuditResult result;
  int num_legs = 0;
  do {
    AuditOptions leg = options;
    leg.num_threads = 1 + num_legs % 2;
    result = run_leg(problem, leg, 1 + num_legs % 4, 1 + 4 * num_legs, state);
    ASSERT_FALSE(state.empty());
    ASSERT_LT(++num_legs, 1000);
  } while (result.is_stopped);
  EXPECT_GT(num_legs, 1) << "the audit was too short to be stopped";
  expect_same(result, expected);
  expect_same(run_leg(problem, options, 2, 1 << 20, state), expected);
}

TEST_P(AuditSizes, IntervalSavesWhileTheAuditGoesOn) {
  const Problem problem = problem_of(12);
  AuditOptions options = options_of(GetParam());
  const AuditResult expected = audit(problem, options, *self_communicator());
  std::vector<std::string> states;
  Checkpointing checkpointing;
  checkpointing.interval_seconds = 1e-5;
  checkpointing.must_stop = [] { return false; };
  checkpointing.save = [&](std::string_view bytes) { states.emplace_back(bytes); };
  options.checkpointing = &checkpointing;
  expect_same(audit(problem, options, *self_communicator()), expected);
  options.checkpointing = nullptr;
  for (std::size_t i = 0; i < states.size(); i += 1 + states.size() / 10)
    expect_same(run_leg(problem, options, 3, 1 << 20, states[i]), expected);
}

TEST_P(AuditSizes, ShardsTogetherAreTheWhole) {
  const Problem problem = problem_of(13);
  const AuditOptions options = options_of(GetParam());
  const AuditResult expected = audit(problem, options, *self_communicator());
  for (const std::size_t count : {2U, 3U, 7U}) {
    std::vector<std::string> states;
    for (std::size_t i = count; i-- > 0;) {
      AuditOptions share = options;
      share.shard = {i, count};
      share.num_threads = 2;
      states.push_back(audit(problem, share, *self_communicator()).shard_state);
    }
    expect_same(merge_audit(states, options, *self_communicator()), expected);
  }
}

TEST_P(AuditSizes, AStateOfAnotherAuditIsRefused) {
  const AuditOptions options = options_of(GetParam());
  std::string state;
  run_leg(problem_of(14), options, 1, 1, state);
  EXPECT_EQ(encode_audit_state(decode_audit_state(state, options)), state);
  std::string of_another = state;
  EXPECT_THROW(run_leg(test::random_problem({9, 401, 3}, 14), options, 2, 1, of_another), Error);
  EXPECT_THROW(merge_audit({state}, options, *self_communicator()), Error) << "it is not done";
  for (std::size_t size = 0; size < state.size(); size += 7)
    EXPECT_THROW(decode_audit_state(state.substr(0, size), options), Error);
  EXPECT_THROW(decode_audit_state(state + "x", options), Error);
}

INSTANTIATE_TEST_SUITE_P(All, AuditSizes, ::testing::Values(0, 1, 2, 3, 4));

TEST(TaskRanges, ShardsCoverEachTaskOnce) {
  for (const std::uint64_t num_tasks : {0U, 1U, 5U, 100U}) {
    std::multiset<std::uint64_t> tasks;
    for (std::size_t i = 0; i < 7; ++i) {
      const TaskRanges share(num_tasks, {i, 7});
      for (std::uint64_t t = 0; t < share.size(); ++t) tasks.insert(share.at(t));
    }
    EXPECT_EQ(tasks.size(), num_tasks);
    EXPECT_EQ(std::set<std::uint64_t>(tasks.begin(), tasks.end()).size(), num_tasks);
  }
}

TEST(TaskRanges, JoinAndCut) {
  TaskRanges ranges;
  for (const TaskRanges::Range& range : {TaskRanges::Range{1, 2}, {2, 4}, {4, 4}, {7, 10}})
    ranges.append(range);
  EXPECT_EQ(ranges.ranges(), (std::vector<TaskRanges::Range>{{1, 4}, {7, 10}}));
  EXPECT_EQ(ranges.size(), 6U);
  EXPECT_EQ(ranges.at(2), 3U);
  EXPECT_EQ(ranges.at(3), 7U);
  EXPECT_EQ(ranges.from(2).ranges(), (std::vector<TaskRanges::Range>{{3, 4}, {7, 10}}));
  EXPECT_EQ(ranges.from(4).ranges(), (std::vector<TaskRanges::Range>{{8, 10}}));
  EXPECT_EQ(ranges.from(6).size(), 0U);
}

TEST(TaskRanges, OnlyAscendingOnesAreRead) {
  const auto read = [](const std::vector<std::uint64_t>& numbers) {
    StateWriter writer;
    writer.number(numbers.size() / 2);
    for (const std::uint64_t number : numbers) writer.number(number);
    const std::string bytes = std::move(writer).take();
    StateReader reader(bytes);
    return TaskRanges().read(reader, 10);
  };
  EXPECT_TRUE(read({0, 3, 5, 10}));
  EXPECT_FALSE(read({0, 3, 2, 10}));
  EXPECT_FALSE(read({3, 3}));
  EXPECT_FALSE(read({5, 11}));
}

}  // namespace
}  // namespace throng
