// Runs the throng binary in a child process and collects what it says.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

namespace throng::test {

/// The job and the table of the examples.
inline const std::string kToy = THRONG_SOURCE_DIR "/jobs/toy.toml";
inline const std::string kToyData = THRONG_SOURCE_DIR "/datasets/toy/toy.csv";

/// A job of our own in two halves, so that a mistake fits between or behind.
inline constexpr const char* kHead = "[input]\npath = \"in.csv\"\n";
inline constexpr const char* kGood = "[columns.town]\nrole = \"quasi_identifier\"\n[privacy]\nk = 2\n";

struct RunResult {
  int exit_code = -1;  ///< -1 - signal when a signal ended it
  std::string out;
  std::string err;
};

struct RunOptions {
  std::string directory;             ///< working directory; empty = this one
  std::string out_path;              ///< send stdout here instead of collecting it
  unsigned long max_file_bytes = 0;  ///< RLIMIT_FSIZE of the child: a disk that is soon full; 0 = none
};

RunResult run_binary(const std::vector<std::string>& arguments, const RunOptions& options = {});

/// Runs it with its output thrown away, and sends it `signal` as soon as `is_due`; if it ended before, there
/// is nobody to get it. How it ended, as waitpid() tells.
int signal_binary(const std::vector<std::string>& arguments, int signal, const std::function<bool()>& is_due);

/// True when the data shared by several projects is there; tests that need it say so and are skipped else.
bool has_shared_data();

}  // namespace throng::test
