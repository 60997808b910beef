// Two names in a directory; a link keeps the newest in its place until the next one takes it.
#include "checkpoint_store.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "values.hpp"

namespace throng {

namespace {

namespace fs = std::filesystem;

std::string name_of(const Shard& shard) {
  if (shard.count == 1) return "checkpoint";
  return fmt::format("checkpoint-{}-of-{}", shard.index + 1, shard.count);
}

/// What AtomicFile calls a file that is not finished; a killed process leaves it.
bool is_unfinished(const std::string& name, const std::string& target) {
  return name.starts_with(target + ".tmp-");
}

}  // namespace

CheckpointStore::CheckpointStore(const std::string& directory, StateLabel label)
    : label_(std::move(label)),
      path_(directory + "/" + name_of(label_.shard)),
      previous_(path_ + ".previous") {
  create_directories(directory);
  std::error_code error;  // what cannot be removed is only in the way
  for (const auto& entry : fs::directory_iterator(directory, error))
    if (is_unfinished(entry.path().filename().string(), name_of(label_.shard)))
      fs::remove(entry.path(), error);
}

std::string CheckpointStore::read(const std::string& path) const {
  const StateFile file = decode_state_file(MappedFile(path).bytes(), path);
  const auto refuse = [&](const std::string& what) {
    throw usage_error(fmt::format("{}: is the checkpoint of another run: {}", path, what),
                      "name another --checkpoint-dir, or start anew with --resume never");
  };
  if (file.label.kind != label_.kind)
    refuse(fmt::format("of `{}`, not of `{}`", file.label.kind, label_.kind));
  if (file.label.input_sha256 != label_.input_sha256) refuse("its input was another file");
  if (file.label.answer_sha256 != label_.answer_sha256) refuse("its settings or hierarchies were others");
  if (to_string(file.label.shard) != to_string(label_.shard))
    refuse(fmt::format("of shard {}, not {}", to_string(file.label.shard), to_string(label_.shard)));
  return file.state;
}

std::string CheckpointStore::load(Resume resume, const std::function<void(const std::string&)>& warn) {
  if (resume == Resume::kNever) return {};
  const bool has_newest = fs::exists(path_);
  if (!has_newest && !fs::exists(previous_)) {
    if (resume == Resume::kAuto) return {};
    throw io_error(path_, "there is no checkpoint to go on from", ENOENT);
  }
  try {
    return read(path_);
  } catch (const Error& error) {
    if (has_newest && error.code() != ExitCode::kData) throw;
    is_newest_broken_ = true;
    if (!fs::exists(previous_)) throw;
    std::string state = read(previous_);
    warn(fmt::format("{}; going on from the one before it", error.what()));
    return state;
  }
}

/// Not what is broken: the previous one is then the only one there is.
void CheckpointStore::keep_previous() const {
  std::error_code error;
  if (is_newest_broken_ || !fs::exists(path_, error)) return;
  const std::string link = path_ + ".tmp-previous";
  ::unlink(link.c_str());
  if (::link(path_.c_str(), link.c_str()) != 0)
    throw io_error(previous_, "cannot keep the previous checkpoint", errno);
  const int renamed = ::rename(link.c_str(), previous_.c_str());
  const int error_number = errno;
  ::unlink(link.c_str());  // rename() leaves it where both are one file already
  if (renamed != 0) throw io_error(previous_, "cannot name the previous checkpoint", error_number);
}

void CheckpointStore::save(std::string_view state) {
  AtomicFile file(path_);
  file.write(encode_state_file(label_, state));
  keep_previous();
  file.commit();
  is_newest_broken_ = false;
}

}  // namespace throng
