// How long work saves where it is and goes on from there; what is saved, and where, is not its business.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

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

/// What is too large for a state: pieces of bytes under names that the state holds. Any rank calls it.
struct PieceStore {
  struct Piece {
    std::shared_ptr<const void> owner;  ///< of the bytes
    std::string_view bytes;
  };
  /// Keeps the bytes of all `parts` in a row, for good when it returns; returns their name.
  std::function<std::string(const std::vector<std::string>& parts)> keep;
  /// Errors: data_error when there is no such piece or it is not what was kept.
  std::function<Piece(const std::string& name)> open;
  /// Called on rank 0: removes all other pieces of this run.
  std::function<void(const std::vector<std::string>& names)> keep_only;
};

std::chrono::steady_clock::time_point seconds_from_now(double seconds);

/// Seconds of work before the next save, when the last one took `save_seconds`: the interval, or more where
/// saving is slow, so that most of the time is work.
double seconds_to_next_save(double interval_seconds, double save_seconds);

}  // namespace throng
