// What a running task says, as a function of its state: no clock, no terminal.
#include "app/progress_line.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace throng {
namespace {

TEST(ProgressText, SearchSaysShareRateTimeToGoLossBoundAndGap) {
  const Progress progress{"search", "nodes", 8.0, 0.25, 1000000, Progress::Loss{0.25, 0.2}};
  EXPECT_EQ(progress_text(progress),
            "search  25 %, 8.0 s, 125,000 nodes/s, about 24 s to go, loss 0.2500, bound 0.2000, gap 20.0 %");
}

TEST(ProgressText, AuditHasNoLoss) {
  EXPECT_EQ(progress_text({"audit", "combinations", 100, 0.5, 524288, {}}),
            "audit  50 %, 100.0 s, 5,243 combinations/s, about 1 min 40 s to go");
}

TEST(ProgressText, ABenchIsSlow) {
  EXPECT_EQ(progress_text({"bench", "runs", 7200, 0.4, 12, {}}),
            "bench  40 %, 7200.0 s, 0.1 runs/min, about 3 h 0 min to go");
}

TEST(ProgressText, NothingIsDividedByZero) {
  EXPECT_EQ(progress_text({"search", "nodes", 0, 0, 0, Progress::Loss{0, 0}}),
            "search   0 %, 0.0 s, loss 0.0000, bound 0.0000, gap 0.0 %");
  EXPECT_EQ(progress_text({"audit", "combinations", 2, 1, 127, {}}), "audit 100 %, 2.0 s, 64 combinations/s");
}

TEST(ProgressText, TheShareIsNeverRoundedUpToAll) {
  const std::string text = progress_text({"audit", "combinations", 1, 0.999, 10, {}});
  EXPECT_EQ(text.find("audit  99 %"), 0U) << text;
  EXPECT_EQ(progress_text({"audit", "combinations", 1, 1.7, 10, {}}).find("audit 100 %"), 0U);
}

TEST(ProgressText, LinesAreDueWhenTheIntervalHasPassed) {
  double last = 0;
  EXPECT_FALSE(is_due(29.9, 30, last));
  EXPECT_TRUE(is_due(30.0, 30, last));
  EXPECT_FALSE(is_due(59.9, 30, last));
  EXPECT_TRUE(is_due(75.0, 30, last));
  EXPECT_EQ(last, 75.0);
}

TEST(ProgressText, AQuietConsoleHasNoWatcher) {
  EXPECT_FALSE(progress_watcher(Console(true, {true, false})));
  EXPECT_FALSE(audit_watcher(Console(false, {})));
  EXPECT_TRUE(audit_watcher(Console(true, {})));
}

/// What a search of 100 seconds says on stderr, which is a file here.
std::string logged(Console::Options options) {
  ::testing::internal::CaptureStderr();
  const Console console(true, options);
  if (const auto watcher = progress_watcher(console))
    for (const double seconds : {0.5, 29.0, 31.0, 45.0, 61.5, 91.0})
      watcher({seconds, static_cast<std::uint64_t>(1000 * seconds), 0.25, 0.2, seconds / 200});
  return ::testing::internal::GetCapturedStderr();
}

TEST(ProgressText, WithoutATerminalALineComesEveryThirtySeconds) {
  ::testing::internal::CaptureStdout();
  const std::string log = logged({});
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "") << "stdout is for the answer, JSON or not";
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 2) << log;
  EXPECT_EQ(
      log.find("search  15 %, 31.0 s, 1,000 nodes/s, about 2 min 49 s to go, loss 0.2500, bound 0.2000"), 0U)
      << log;
  EXPECT_NE(log.find("\nsearch  30 %, 61.5 s"), std::string::npos) << log;
  EXPECT_EQ(log.find('\r'), std::string::npos) << "nothing is redrawn";
  EXPECT_EQ(logged({true, true}), "") << "--quiet";
}

}  // namespace
}  // namespace throng
