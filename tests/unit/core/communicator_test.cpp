// The in-process worlds keep the contract of Communicator.
#include "throng/core/communicator.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "throng/core/error.hpp"
#include "throng/core/parallel.hpp"
#include "throng/core/tickets.hpp"

namespace throng {
namespace {

class Worlds : public ::testing::TestWithParam<int> {};

TEST_P(Worlds, GatherInRankOrder) {
  run_as_threads(GetParam(), [](Communicator& communicator) {
    for (int round = 0; round < 50; ++round) {
      const auto all = communicator.all_gather(std::to_string(communicator.rank() * 100 + round));
      ASSERT_EQ(all.size(), static_cast<std::size_t>(communicator.size()));
      for (std::size_t r = 0; r < all.size(); ++r) {
        EXPECT_EQ(all[r], std::to_string(static_cast<int>(r) * 100 + round));
      }
    }
  });
}

TEST_P(Worlds, EachRankGetsWhatWasSentToIt) {
  run_as_threads(GetParam(), [](Communicator& communicator) {
    for (int round = 0; round < 50; ++round) {
      std::vector<std::string> to_rank;
      for (int r = 0; r < communicator.size(); ++r)
        to_rank.push_back(std::to_string(communicator.rank()) + " to " + std::to_string(r));
      const auto from_rank = communicator.all_to_all(to_rank);
      ASSERT_EQ(from_rank.size(), to_rank.size());
      for (std::size_t r = 0; r < from_rank.size(); ++r)
        EXPECT_EQ(from_rank[r], std::to_string(r) + " to " + std::to_string(communicator.rank()));
    }
  });
}

TEST_P(Worlds, TicketsAreHandedOutOnce) {
  std::vector<std::atomic<int>> times(257);
  run_as_threads(GetParam(), [&](Communicator& communicator) {
    share_work(
        communicator, 2, times.size(), [&](std::size_t index, int) { ++times[index]; }, [] {});
  });
  for (const auto& each : times) EXPECT_EQ(each, 1);
}

TEST_P(Worlds, OneRanksErrorIsEveryRanksError) {
  std::atomic<int> errors{0};
  run_as_threads(GetParam(), [&](Communicator& communicator) {
    try {
      fail_together(communicator, [&] {
        if (communicator.rank() == communicator.size() - 1) throw data_error("bad", "mend it");
      });
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kData);
      ++errors;
    }
  });
  EXPECT_EQ(errors, GetParam());
}

TEST_P(Worlds, MinimumIsShared) {
  run_as_threads(GetParam(), [](Communicator& communicator) {
    communicator.set_word(Communicator::Word::kIncumbent, 1000);
    communicator.fetch_min(Communicator::Word::kIncumbent,
                           100 + static_cast<std::uint64_t>(communicator.rank()));
    communicator.all_gather("");
    EXPECT_EQ(communicator.fetch_min(Communicator::Word::kIncumbent, 5000), 100U);
  });
}

INSTANTIATE_TEST_SUITE_P(Ranks, Worlds, ::testing::Values(1, 2, 3, 4));

TEST(Worlds, ExceptionOfTheLowestRankIsRethrown) {
  const auto body = [](Communicator& communicator) {
    throw usage_error("rank " + std::to_string(communicator.rank()), "");
  };
  try {
    run_as_threads(3, body);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "rank 0");
  }
}

TEST(Parallel, EveryIndexOnceAndWorkersInRange) {
  for (const int threads : {1, 2, 4}) {
    std::vector<std::atomic<int>> times(1000);
    parallel_for(threads, times.size(), [&](std::size_t index, int worker) {
      EXPECT_GE(worker, 0);
      EXPECT_LT(worker, threads);
      ++times[index];
    });
    for (const auto& each : times) EXPECT_EQ(each, 1);
  }
}

TEST(Parallel, ExceptionsReachTheCaller) {
  const auto body = [](std::size_t index, int) {
    if (index == 7) throw data_error("index 7", "");
  };
  EXPECT_THROW(parallel_for(2, 100, body), Error);
  EXPECT_NO_THROW(parallel_for(2, 0, body));
}

TEST(Parallel, ChunksCoverTheRange) {
  std::vector<std::atomic<int>> times(101);
  parallel_chunks(2, times.size(), 10, [&](std::size_t begin, std::size_t end, int) {
    EXPECT_EQ(begin % 10, 0U);
    for (std::size_t i = begin; i < end; ++i) ++times[i];
  });
  for (const auto& each : times) EXPECT_EQ(each, 1);
}

}  // namespace
}  // namespace throng
