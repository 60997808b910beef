// How long work saves where it is and goes on from there; what is saved, and where, is not its business.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace throng {

/// One share of work that is divided among independent runs: share `index` of `count`.
struct Shard {
  std::size_t index = 0;
  std::size_t count = 1;
};

/// For each rank the same but for `must_stop`.
struct Checkpointing {
  /// Asked often, by any thread: true ends the work soon, on all ranks, when it is true on any.
  std::function<bool()> must_stop;
  double interval_seconds = 0;    ///< between two saves; 0 = save only when stopped and at the end
  double stop_after_seconds = 0;  ///< stop by itself; 0 = never
  /// Called on rank 0 only. Errors: what it throws, every rank throws.
  std::function<void(std::string_view state)> save;
  std::string state;  ///< what save() got in an earlier run; empty = start anew
};

std::chrono::steady_clock::time_point seconds_from_now(double seconds);

/// Seconds of work before the next save, when the last one took `save_seconds`: the interval, or more where
/// saving is slow, so that most of the time is work.
double seconds_to_next_save(double interval_seconds, double save_seconds);

}  // namespace throng
