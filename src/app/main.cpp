// The program: protects the process, enters the world it was launched in, runs the verb.
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "throng/app/app.hpp"
#include "throng/core/communicator.hpp"
#include "throng/core/partial_path.hpp"
#include "throng/data/hdf5.hpp"

namespace {

/// Files for the owner only, no memory image of microdata on disk, and a closed pipe is an error code, not a
/// signal.
void protect_process() {
  ::umask(077);
  const struct rlimit none { 0, 0 };
  ::setrlimit(RLIMIT_CORE, &none);
  std::signal(SIGPIPE, SIG_IGN);
  throng::remove_partial_paths_on_signals();
}

int run(const std::vector<std::string>& arguments) {
  if (throng::is_launched_by_mpi()) throng::start_hdf5_before_mpi();
  const auto communicator =
      throng::is_launched_by_mpi() ? throng::mpi_communicator() : throng::self_communicator();
  try {
    return static_cast<int>(throng::run_app(arguments, *communicator));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "throng: error: %s\n", error.what());
    // The other ranks may be waiting for this one: leave without finalizing, so that the launcher ends them.
    if (communicator->size() > 1) std::_Exit(static_cast<int>(throng::ExitCode::kIo));
    return static_cast<int>(throng::ExitCode::kIo);
  }
}

}  // namespace

int main(int argc, char** argv) {
  protect_process();
  try {
    return run(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "throng: error: %s\n", error.what());
    return static_cast<int>(throng::ExitCode::kIo);
  }
}
