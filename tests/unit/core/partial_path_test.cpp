// What is removed when a process is told to stop, and what waits for what. Removing is for good, so every
// test does it in a process of its own.
#include "throng/core/partial_path.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>

#include "support/temporary_directory.hpp"

namespace throng {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

/// Ends the process: 0 when `holds`.
[[noreturn]] void end(bool holds) { ::_exit(holds ? 0 : 1); }

class PartialPaths : public ::testing::Test {
 protected:
  PartialPaths() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }

  test::TemporaryDirectory directory_;
  std::string path_ = directory_.path("partial");
};

TEST_F(PartialPaths, AreRemovedWithAllThatIsInThem) {
  const auto run = [&] {
    const PartialPath partial(path_);
    fs::create_directories(path_ + "/inner");
    remove_partial_paths();
    end(!fs::exists(path_));
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

TEST_F(PartialPaths, StayWhereTheyAreFinished) {
  const auto run = [&] {
    std::optional<PartialPath> partial(path_);
    fs::create_directories(path_);
    partial.reset();
    remove_partial_paths();
    end(fs::exists(path_));
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

TEST_F(PartialPaths, AreRemovedAfterAPauseOnly) {
  const auto run = [&] {
    const PartialPath partial(path_);
    std::optional<RemovalPause> pause(std::in_place);
    std::thread remover([&] {
      remove_partial_paths();
      end(!fs::exists(path_) && fs::exists(path_ + "-final"));
    });
    std::this_thread::sleep_for(20ms);  // a removal that did not wait would find nothing yet
    fs::create_directories(path_ + "/half");
    fs::create_directories(path_ + "-final");
    pause.reset();
    remover.join();
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

TEST_F(PartialPaths, AreNotMadeAgainAfterTheyWereRemoved) {
  const auto run = [&] {
    const PartialPath partial(path_);
    remove_partial_paths();
    std::thread([&] {
      const RemovalPause pause;
      fs::create_directories(path_);
    }).detach();
    std::this_thread::sleep_for(20ms);
    end(!fs::exists(path_));
  };
  EXPECT_EXIT(run(), ::testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace throng
