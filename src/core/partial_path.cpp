// A registry under a lock, and a thread that waits for the signals all others leave blocked.
#include "throng/core/partial_path.hpp"

#include <pthread.h>

#include <csignal>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>

#include "throng/core/stop_request.hpp"

namespace throng {

namespace {

struct Registry {
  std::mutex mutex;
  std::multiset<std::string> paths;
};

/// Never destroyed: the waiting thread may need it to the very end.
Registry& registry() {
  static auto* const instance = new Registry;
  return *instance;
}

sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1}) sigaddset(&signals, signal);
  return signals;
}

[[noreturn]] void wait_for_a_signal() {
  const sigset_t signals = stop_signals();
  int signal = 0;
  while (sigwait(&signals, &signal) != 0 || take_as_stop_request(signal)) {
  }
  remove_partial_paths();
  std::signal(signal, SIG_DFL);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  std::raise(signal);
  std::_Exit(128 + signal);
}

}  // namespace

PartialPath::PartialPath(std::string path) : path_(std::move(path)) {
  const std::lock_guard lock(registry().mutex);
  registry().paths.insert(path_);
}

PartialPath::~PartialPath() {
  const std::lock_guard lock(registry().mutex);
  registry().paths.extract(path_);
}

RemovalPause::RemovalPause() : lock_(registry().mutex) {}

void remove_partial_paths() {
  registry().mutex.lock();  // for good: a path that is being made or finished must wait for the end
  std::error_code error;    // nothing can be done about a failure here
  for (const std::string& path : registry().paths) std::filesystem::remove_all(path, error);
}

void remove_partial_paths_on_signals() {
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread(wait_for_a_signal).detach();
}

}  // namespace throng
