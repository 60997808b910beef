// A confined process hands over its output or a reason; its crash, its bombs and its writes stay its own.
#include "data/confined.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using End = ConfinedResult::End;

TEST(Confined, CollectsTheOutput) {
  const ConfinedResult result = run_confined([](const ConfinedWrite& write) {
    write("one");
    write("");
    write(std::string_view("\0two", 4));
  });
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_EQ(result.output, std::string("one\0two", 7));
}

TEST(Confined, TakesMoreThanAPipeHolds) {
  const std::string block(100000, 'x');
  const ConfinedResult result = run_confined([&](const ConfinedWrite& write) {
    for (int i = 0; i < 50; ++i) write(block);
  });
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_EQ(result.output, std::string(5000000, 'x'));
}

TEST(Confined, SilenceIsNoOutput) {
  const ConfinedResult result = run_confined([](const ConfinedWrite&) {});
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_EQ(result.output, "");
}

TEST(Confined, ARefusalIsTheReasonAlone) {
  const ConfinedResult result = run_confined([](const ConfinedWrite& write) {
    write(std::string_view("partial\0output", 14));
    throw std::runtime_error("the reason");
  });
  EXPECT_EQ(result.end, End::kRefused);
  EXPECT_EQ(result.output, "the reason");
}

TEST(Confined, ACrashIsAnAnswer) {
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGKILL, SIGTERM}) {
    const ConfinedResult result = run_confined([&](const ConfinedWrite& write) {
      write("partial");
      std::raise(signal);
    });
    EXPECT_EQ(result.end, End::kCrashed) << signal;
  }
}

TEST(Confined, LeavingByTheSideDoorIsACrash) {
  EXPECT_EQ(run_confined([](const ConfinedWrite&) { ::_exit(7); }).end, End::kCrashed);
}

/// Else the exception would run on through the caller's code, in a second process.
TEST(Confined, WhatIsNoExceptionOfTheLibraryEndsTheProcess) {
  const pid_t self = ::getpid();
  ConfinedResult result;
  try {
    result = run_confined([](const ConfinedWrite&) { throw 7; });
  } catch (int) {
    if (::getpid() != self) ::_exit(0);
    FAIL() << "came out of the confined process";
  }
  EXPECT_EQ(result.end, End::kCrashed);
}

TEST(Confined, WritesNoFile) {
  const test::TemporaryDirectory directory;
  const std::string path = directory.path("x");
  const ConfinedResult result = run_confined([&](const ConfinedWrite&) {
    std::ofstream file(path);
    file << "escaped" << std::flush;
  });
  EXPECT_EQ(result.end, End::kCrashed);  // the signal that a limit of size sends
  EXPECT_EQ(test::read_text(path), "");
}

TEST(Confined, EndlessOutputIsCutOff) {
  const std::string block(100000, 'x');
  const auto endless = [&](const ConfinedWrite& write) {
    while (true) write(block);
  };
  const ConfinedResult result = run_confined(endless, {3000000});
  EXPECT_EQ(result.end, End::kCrashed);
  EXPECT_EQ(result.output, "");
}

TEST(Confined, OutputOfExactlyTheLimitIsTaken) {
  const auto write_bytes = [](std::size_t num_bytes) {
    return [=](const ConfinedWrite& write) { write(std::string(num_bytes, 'x')); };
  };
  EXPECT_EQ(run_confined(write_bytes(1000), {1000}).end, End::kDone);
  EXPECT_EQ(run_confined(write_bytes(1001), {1000}).end, End::kCrashed);
}

/// A sanitizer reserves terabytes of addresses, so there is no limit under one.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Confined, MemoryIsLimited) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  GTEST_SKIP() << "no limit of memory under a sanitizer";
#endif
#endif
  const ConfinedResult result = run_confined([](const ConfinedWrite& write) {
    for (const std::size_t gibibytes : {std::size_t{1}, std::size_t{64}}) {
      void* volatile memory = std::malloc(gibibytes << 30);
      write(memory == nullptr ? "refused " : "granted ");
      std::free(memory);
    }
  });
  EXPECT_EQ(result.output, "granted refused ");
}
#endif

TEST(Confined, LeavesNoProcessBehind) {
  static_cast<void>(run_confined([](const ConfinedWrite&) { std::raise(SIGKILL); }));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

}  // namespace
}  // namespace throng
