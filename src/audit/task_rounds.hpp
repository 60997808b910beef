// Numbered tasks among threads and ranks, in rounds that end when it is time to save or to stop.
//
// Invariant: between two rounds every rank knows the same open tasks, and all others are done by somebody, so
// what is collected then is a state that any number of workers can go on from.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/state_bytes.hpp"
#include "throng/core/checkpointing.hpp"
#include "throng/core/communicator.hpp"

namespace throng {

/// A set of tasks as half-open ranges, ascending and apart.
class TaskRanges {
 public:
  using Range = std::pair<std::uint64_t, std::uint64_t>;

  TaskRanges() = default;
  /// The share of `shard` in [0, num_tasks).
  TaskRanges(std::uint64_t num_tasks, const Shard& shard);

  /// Adds a range behind all others; joins the last one where it can.
  void append(Range range);
  [[nodiscard]] const std::vector<Range>& ranges() const { return ranges_; }
  [[nodiscard]] std::uint64_t size() const { return ranges_.empty() ? 0 : ends_.back(); }
  /// The index-th task.
  [[nodiscard]] std::uint64_t at(std::uint64_t index) const;
  /// The tasks from the index-th on.
  [[nodiscard]] TaskRanges from(std::uint64_t index) const;

  void write(StateWriter& writer) const;
  /// False when there are no ascending ranges below num_tasks.
  bool read(StateReader& reader, std::uint64_t num_tasks);

 private:
  std::vector<Range> ranges_;
  std::vector<std::uint64_t> ends_;  ///< per range: tasks up to its end
};

class TaskRounds {
 public:
  /// `checkpointing` may be null: then one round does everything.
  TaskRounds(Communicator& communicator, int num_threads, const Checkpointing* checkpointing,
             TaskRanges open);

  /// *Collective.* Calls visit(task, worker) for open tasks, each on one rank, until all are done or the
  /// round must end.
  /// `save_seconds`: what the last save took.
  void run(double save_seconds, const std::function<void(std::uint64_t task, int worker)>& visit);

  [[nodiscard]] const TaskRanges& open() const { return open_; }
  /// No further round: all is done, or there is a wish to stop.
  [[nodiscard]] bool has_ended() const { return open_.size() == 0 || is_stopped_; }

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] bool must_stop() const;
  [[nodiscard]] bool must_pause();
  void meet(std::uint64_t num_handed_out);

  Communicator& communicator_;
  int num_threads_;
  const Checkpointing* checkpointing_;
  TaskRanges open_;
  std::vector<std::vector<std::uint64_t>> skipped_;  ///< per worker: handed out, but not done
  std::atomic<bool> is_pausing_{false};
  bool is_stopped_ = false;
  Clock::time_point stop_at_ = Clock::time_point::max();
  Clock::time_point save_at_ = Clock::time_point::max();
};

}  // namespace throng
