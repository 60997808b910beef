// Ranges of tasks, and the rounds over them.
#include "task_rounds.hpp"

#include <algorithm>

#include "throng/core/tickets.hpp"

namespace throng {

namespace {

/// n * index / count without overflow.
std::uint64_t part(std::uint64_t n, std::uint64_t index, std::uint64_t count) {
  return static_cast<std::uint64_t>(static_cast<unsigned __int128>(n) * index / count);
}

}  // namespace

TaskRanges::TaskRanges(std::uint64_t num_tasks, const Shard& shard) {
  append({part(num_tasks, shard.index, shard.count), part(num_tasks, shard.index + 1, shard.count)});
}

void TaskRanges::append(Range range) {
  if (range.first >= range.second) return;
  const std::uint64_t end = size() + range.second - range.first;
  if (!ranges_.empty() && ranges_.back().second == range.first) {
    ranges_.back().second = range.second;
    ends_.back() = end;
  } else {
    ranges_.push_back(range);
    ends_.push_back(end);
  }
}

std::uint64_t TaskRanges::at(std::uint64_t index) const {
  const auto end = std::ranges::upper_bound(ends_, index);
  const auto r = static_cast<std::size_t>(end - ends_.begin());
  return ranges_[r].second - (ends_[r] - index);
}

TaskRanges TaskRanges::from(std::uint64_t index) const {
  TaskRanges rest;
  for (std::size_t r = 0; r < ranges_.size(); ++r) {
    const std::uint64_t begin = ends_[r] - (ranges_[r].second - ranges_[r].first);
    if (index < ends_[r]) rest.append({ranges_[r].first + std::max(index, begin) - begin, ranges_[r].second});
  }
  return rest;
}

void TaskRanges::write(StateWriter& writer) const {
  writer.number(ranges_.size());
  for (const auto& [begin, end] : ranges_) {
    writer.number(begin);
    writer.number(end);
  }
}

bool TaskRanges::read(StateReader& reader, std::uint64_t num_tasks) {
  *this = {};
  std::uint64_t last = 0;
  for (std::size_t left = reader.count(2 * sizeof(std::uint64_t)); left > 0; --left) {
    const std::uint64_t begin = reader.number();
    const std::uint64_t end = reader.number();
    if (begin < last || begin >= end || end > num_tasks) return false;
    append({begin, end});
    last = end;
  }
  return reader.is_good();
}

TaskRounds::TaskRounds(Communicator& communicator, int num_threads, const Checkpointing* checkpointing,
                       TaskRanges open)
    : communicator_(communicator),
      num_threads_(num_threads),
      checkpointing_(checkpointing),
      open_(std::move(open)),
      skipped_(static_cast<std::size_t>(std::max(1, num_threads))) {
  if (checkpointing != nullptr && checkpointing->stop_after_seconds > 0)
    stop_at_ = seconds_from_now(checkpointing->stop_after_seconds);
}

bool TaskRounds::must_stop() const {
  return checkpointing_ != nullptr && (checkpointing_->must_stop() || Clock::now() >= stop_at_);
}

/// Stays true until the next round.
bool TaskRounds::must_pause() {
  if (checkpointing_ == nullptr) return false;
  if (is_pausing_.load(std::memory_order_relaxed)) return true;
  if (!must_stop() && Clock::now() < save_at_) return false;
  is_pausing_ = true;
  return true;
}

void TaskRounds::run(double save_seconds, const std::function<void(std::uint64_t, int)>& visit) {
  is_pausing_ = false;
  if (checkpointing_ != nullptr && checkpointing_->interval_seconds > 0)
    save_at_ = seconds_from_now(seconds_to_next_save(checkpointing_->interval_seconds, save_seconds));
  const std::size_t num_handed_out = share_work_until(
      communicator_, num_threads_, open_.size(),
      [&](std::size_t index, int worker) {
        if (must_pause())
          skipped_[static_cast<std::size_t>(worker)].push_back(open_.at(index));
        else
          visit(open_.at(index), worker);
      },
      [&] { return must_pause(); });
  meet(num_handed_out);
}

void TaskRounds::meet(std::uint64_t num_handed_out) {
  std::vector<std::uint64_t> mine;
  for (auto& own : skipped_) {
    mine.insert(mine.end(), own.begin(), own.end());
    own.clear();
  }
  StateWriter writer;
  writer.number(must_stop() ? 1 : 0);
  writer.numbers(mine);
  std::vector<std::uint64_t> skipped;
  for (const std::string& message : communicator_.all_gather(std::move(writer).take())) {
    StateReader reader(message);
    is_stopped_ = reader.number() != 0 || is_stopped_;
    const std::vector<std::uint64_t> theirs = reader.numbers();
    skipped.insert(skipped.end(), theirs.begin(), theirs.end());
  }
  std::ranges::sort(skipped);
  TaskRanges open;
  for (const std::uint64_t task : skipped) open.append({task, task + 1});
  const TaskRanges rest = open_.from(num_handed_out);
  for (const TaskRanges::Range& range : rest.ranges()) open.append(range);
  open_ = std::move(open);
}

}  // namespace throng
