// The checkpoint of a run in its directory, and the one before it.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "state_file.hpp"
#include "throng/app/job.hpp"

namespace throng {

/// Keeps two generations: `checkpoint` is replaced as a whole, what it was is `checkpoint.previous`; a
/// shard's have its number in their names. Mode 0600, in a directory of mode 0700.
class CheckpointStore {
 public:
  /// Removes what killed runs left behind of checkpoints they were writing.
  /// Errors: io_error when the directory cannot be made.
  CheckpointStore(const std::string& directory, StateLabel label);

  /// The newest state that is whole; "" to start anew. When it is not the newest, `warn` is told why.
  /// Errors: data_error when no checkpoint there is whole, usage_error when it belongs to another run,
  /// io_error when it cannot be read, or when there must be one and is none.
  std::string load(Resume resume, const std::function<void(const std::string&)>& warn);

  /// Replaces the newest checkpoint. Errors: io_error; the newest that was is still there.
  void save(std::string_view state);

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  [[nodiscard]] std::string read(const std::string& path) const;
  void keep_previous() const;

  StateLabel label_;
  std::string path_;
  std::string previous_;
  bool is_newest_broken_ = false;
};

}  // namespace throng
