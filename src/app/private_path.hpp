// Where a user may have a private file written.
#pragma once

#include <string>

#include "throng/app/job.hpp"

namespace throng {

/// An option whose value is the path of a private file.
struct PrivateFileOption {
  std::string option;   ///< with its dashes
  std::string what;     ///< it holds, with an article
  std::string example;  ///< of a name
};

/// Errors, before any work: usage_error when `path` is empty or lies in the job's release, which would
/// publish the file; io_error when its directory is not there.
void check_private_path(const PrivateFileOption& option, const std::string& path, const Job& job);

}  // namespace throng
