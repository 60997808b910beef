// What throng throws when the world is wrong: a kind (the exit code), a place and the fix.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace throng {

/// Exit codes of the binary; an Error carries the one it leads to.
enum class ExitCode : int {
  kPass = 0,
  kViolation = 1,  ///< policy violated or no solution
  kUsage = 2,      ///< command line or configuration
  kData = 3,       ///< bad input data
  kIo = 4,         ///< input/output or internal failure
  kStopped = 75,   ///< stopped by a signal, checkpoint saved
};

/// Where in a file something is wrong. Line and column count from 1; 0 = not known.
struct Place {
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t column = 0;  ///< byte column within the line
};

/// "file:line:column", without the parts that are not known; "" without a file.
std::string to_string(const Place& place);

/// The world is wrong (file, option, MPI, HDF5). what() reads "place: message; hint".
class Error : public std::runtime_error {
 public:
  /// `message` says what is wrong, `hint` how to mend it (may be empty).
  Error(ExitCode code, const Place& place, const std::string& message, const std::string& hint);
  Error(ExitCode code, const std::string& message, const std::string& hint);

  [[nodiscard]] ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

/// Command line or job file is wrong (exit 2).
Error usage_error(const std::string& message, const std::string& hint, const Place& place = {});
/// Input data is wrong (exit 3).
Error data_error(const std::string& message, const std::string& hint, const Place& place = {});
/// A file cannot be read or written (exit 4); appends the text of `error_number` when it is not 0.
Error io_error(const std::string& path, const std::string& message, int error_number = 0,
               const std::string& hint = "");

}  // namespace throng
