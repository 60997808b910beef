#include "private_path.hpp"

#include <filesystem>

#include "throng/core/error.hpp"

namespace throng {

namespace fs = std::filesystem;

namespace {
fs::path full_path(const fs::path& path) { return fs::weakly_canonical(fs::absolute(path)); }
}  // namespace

void check_not_released(const PrivateFileOption& option, const std::string& path, const Job& job) {
  if (path.empty())
    throw usage_error("option " + option.option + " is empty", "name a file, such as " + option.example);
  const fs::path release = full_path(fs::path(job.directory) / "release");
  if (full_path(path).lexically_relative(release).native().rfind("..", 0) != 0)
    throw usage_error(
        "option " + option.option + ": " + option.what + " is private, and " + path + " lies in the release",
        "name a file outside " + release.string());
}

void check_private_path(const PrivateFileOption& option, const std::string& path, const Job& job) {
  check_not_released(option, path, job);
  if (!fs::is_directory(full_path(path).parent_path()))
    throw io_error(path, "its directory is not there; make it or choose another one");
}

}  // namespace throng
