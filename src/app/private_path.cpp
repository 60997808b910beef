#include "private_path.hpp"

#include <filesystem>

#include "throng/core/error.hpp"

namespace throng {

void check_private_path(const PrivateFileOption& option, const std::string& path, const Job& job) {
  namespace fs = std::filesystem;
  if (path.empty())
    throw usage_error("option " + option.option + " is empty", "name a file, such as " + option.example);
  const fs::path full = fs::weakly_canonical(fs::absolute(path));
  const fs::path release = fs::weakly_canonical(fs::absolute(fs::path(job.directory) / "release"));
  if (full.lexically_relative(release).native().rfind("..", 0) != 0)
    throw usage_error(
        "option " + option.option + ": " + option.what + " is private, and " + path + " lies in the release",
        "name a file outside " + release.string());
  if (!fs::is_directory(full.parent_path()))
    throw io_error(path, "its directory is not there; make it or choose another one");
}

}  // namespace throng
