// What a running task says, as a function of its state: no clock, no terminal.
#include "app/progress_line.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace throng
