// The small parts that saved states are made with: bytes, wishes to stop, work until a wish, and its pace.
#include "throng/core/checkpointing.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <limits>

#include "core/state_bytes.hpp"
#include "throng/core/stop_request.hpp"
#include "throng/core/tickets.hpp"

namespace throng {
namespace {

TEST(StateBytes, ReadsWhatWasWritten) {
  StateWriter writer;
  writer.number(0x0102030405060708);
  writer.real(-0.1);
  writer.bytes("two\nwords");
  writer.numbers({7, std::numeric_limits<std::uint64_t>::max()});
  const std::string bytes = std::move(writer).take();
  EXPECT_EQ(bytes.substr(0, 8), "\x08\x07\x06\x05\x04\x03\x02\x01");
  StateReader reader(bytes);
  EXPECT_EQ(reader.number(), 0x0102030405060708U);
  EXPECT_EQ(reader.real(), -0.1);
  EXPECT_EQ(reader.bytes(), "two\nwords");
  EXPECT_FALSE(reader.is_whole());
  EXPECT_EQ(reader.numbers(), (std::vector<std::uint64_t>{7, std::numeric_limits<std::uint64_t>::max()}));
  EXPECT_TRUE(reader.is_whole());
  EXPECT_EQ(reader.number(), 0U);
  EXPECT_FALSE(reader.is_good());
}

TEST(StateBytes, ACountThatCannotBeAsksForNoMemory) {
  StateWriter writer;
  writer.number(std::uint64_t{1} << 60);
  const std::string bytes = std::move(writer).take();
  StateReader numbers(bytes);
  EXPECT_TRUE(numbers.numbers().empty());
  EXPECT_FALSE(numbers.is_good());
  StateReader text(bytes);
  EXPECT_TRUE(text.bytes().empty());
  EXPECT_FALSE(text.is_good());
}

TEST(StopRequests, AreTakenWhileSomebodyGrantsThem) {
  EXPECT_FALSE(take_as_stop_request(SIGTERM));
  {
    const StopRequests requests;
    EXPECT_FALSE(StopRequests::has_come());
    EXPECT_FALSE(take_as_stop_request(SIGHUP));
    EXPECT_FALSE(StopRequests::has_come());
    for (const int signal : {SIGTERM, SIGUSR1, SIGINT}) EXPECT_TRUE(take_as_stop_request(signal));
    EXPECT_TRUE(StopRequests::has_come());
  }
  EXPECT_FALSE(take_as_stop_request(SIGTERM));
  EXPECT_FALSE((StopRequests(), StopRequests::has_come()));
}

TEST(Checkpointing, SavingTakesATenthOfTheTimeAtMost) {
  EXPECT_EQ(seconds_to_next_save(300, 2), 300);
  EXPECT_EQ(seconds_to_next_save(1, 2), 20);
  EXPECT_EQ(seconds_to_next_save(1e-9, 0), 1e-3);
}

TEST(Tickets, WorkUntilAWishIsDoneUpToATicketThatAllAgreeOn) {
  constexpr std::size_t kCount = 1000;
  for (int ranks = 1; ranks <= 4; ++ranks)
    for (const int stopping : {0, ranks - 1}) {
      std::vector<std::atomic<int>> times(kCount);
      std::vector<std::size_t> handed_out(static_cast<std::size_t>(ranks));
      run_as_threads(ranks, [&](Communicator& world) {
        std::atomic<int> done = 0;
        handed_out[static_cast<std::size_t>(world.rank())] = share_work_until(
            world, 2, kCount,
            [&](std::size_t index, int) {
              ++times[index];
              ++done;
            },
            [&] { return world.rank() == stopping && done >= 16; });
      });
      for (const std::size_t each : handed_out) EXPECT_EQ(each, handed_out[0]);
      if (ranks == 1) {
        EXPECT_EQ(handed_out[0], kCount) << "one batch";
      }
      for (std::size_t i = 0; i < kCount; ++i) EXPECT_EQ(times[i], i < handed_out[0] ? 1 : 0);
    }
}

}  // namespace
}  // namespace throng
