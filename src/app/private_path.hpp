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

/// Errors: usage_error when `path` is empty or lies in the job's release, which would publish the file.
void check_not_released(const PrivateFileOption& option, const std::string& path, const Job& job);

/// The same, and io_error when the directory of `path` is not there: to be called before any work.
void check_private_path(const PrivateFileOption& option, const std::string& path, const Job& job);

}  // namespace throng
