// Checks of the program itself, never of user input: a failed one is a bug, so it aborts.
#pragma once

#include <cstdio>
#include <cstdlib>

#ifndef THRONG_CHECK_LEVEL
#define THRONG_CHECK_LEVEL 1
#endif

namespace throng::detail {
[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: throng is wrong: check failed: %s\n", file, line, condition);
  std::abort();
}
}  // namespace throng::detail

#define THRONG_CHECK_IMPL(condition) \
  ((condition) ? void(0) : ::throng::detail::check_failed(#condition, __FILE__, __LINE__))

/// Always on; for conditions that cost nothing next to the work around them.
#define THRONG_CHECK_LIGHT(condition) THRONG_CHECK_IMPL(condition)

/// On from level 1 (the default); for conditions outside inner loops.
#if THRONG_CHECK_LEVEL >= 1
#define THRONG_CHECK(condition) THRONG_CHECK_IMPL(condition)
#else
#define THRONG_CHECK(condition) void(0)
#endif

/// On at level 2 (sanitizer and debug builds); may cost as much as the work it checks.
#if THRONG_CHECK_LEVEL >= 2
#define THRONG_CHECK_HEAVY(condition) THRONG_CHECK_IMPL(condition)
#else
#define THRONG_CHECK_HEAVY(condition) void(0)
#endif
