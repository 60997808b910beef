// A forked process behind a pipe: a crash or a memory bomb in it is an answer here, not our end.
#include "confined.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>
#include <fstream>
#include <stdexcept>

#include "throng/core/error.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define THRONG_IS_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define THRONG_IS_SANITIZED
#endif

namespace throng {

namespace {

#ifdef THRONG_IS_SANITIZED  // a sanitizer reserves terabytes of addresses
constexpr rlim_t kMaxMemoryBytes = RLIM_INFINITY;
#else
constexpr rlim_t kMaxMemoryBytes = rlim_t{4} << 30;  // beside what the process has from its parent
#endif
constexpr std::size_t kPipeBytes = std::size_t{1} << 16;
/// A child may take so many times its processor time by the clock: on a busy machine, or with a slow disk.
constexpr std::uint64_t kWaitFactor = 10;
enum ChildStatus : int { kWorkDone = 0, kWorkRefused = 10, kPipeBroken = 11 };

void limit(int resource, rlim_t most) {
  rlimit both{};
  ::getrlimit(static_cast<__rlimit_resource>(resource), &both);
  both.rlim_cur = both.rlim_max = std::min(both.rlim_max, most);
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

/// Addresses in use: a child begins with those of its parent, which may hold a large table.
rlim_t address_space_bytes() {
  std::ifstream statistics("/proc/self/statm");
  rlim_t pages = 0;
  statistics >> pages;
  return pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE));
}

void confine(const ConfinedLimits& limits) {
  // A debugger's or a sanitizer's handlers would report a crash that is expected here.
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGTERM, SIGINT})
    ::signal(signal, SIG_DFL);
  ::signal(SIGPIPE, SIG_IGN);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);  // the program blocks the signals that stop it
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CPU, limits.max_cpu_seconds);
  ::alarm(static_cast<unsigned>(kWaitFactor * limits.max_cpu_seconds));  // also when it waits for ever
  if (kMaxMemoryBytes != RLIM_INFINITY) limit(RLIMIT_AS, address_space_bytes() + kMaxMemoryBytes);
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) ::_exit(kPipeBroken);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// noexcept: nothing may run on through the code of the caller, which is another process.
[[noreturn]] void run_child(int descriptor, const std::function<void(const ConfinedWrite&)>& work,
                            const ConfinedLimits& limits) noexcept {
  confine(limits);
  try {
    work([&](std::string_view bytes) { write_all(descriptor, bytes); });
  } catch (const std::exception& error) {
    write_all(descriptor, std::string(1, '\0') + error.what());
    ::_exit(kWorkRefused);
  }
  // No destructors, no atexit: this process shares the parent's MPI and threads only in name.
  ::_exit(kWorkDone);
}

/// All bytes up to the end, or somewhat more than `max_bytes` of them.
std::string read_all(int descriptor, std::size_t max_bytes) {
  std::string bytes;
  std::array<char, kPipeBytes> buffer;
  while (bytes.size() <= max_bytes) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

}  // namespace

ConfinedResult run_confined(const std::function<void(const ConfinedWrite&)>& work,
                            const ConfinedLimits& limits) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw io_error("pipe", "cannot be opened", errno);
  const pid_t child = ::fork();
  if (child < 0) {
    const int error_number = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    throw io_error("process", "cannot be started", error_number);
  }
  if (child == 0) {
    ::close(ends[0]);
    run_child(ends[1], work, limits);
  }
  ::close(ends[1]);
  ConfinedResult result;
  result.output = read_all(ends[0], limits.max_output_bytes);
  ::close(ends[0]);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const bool is_cut = result.output.size() > limits.max_output_bytes;
  if (is_cut) result.output.clear();
  if (is_cut || !WIFEXITED(status)) return result;
  if (WEXITSTATUS(status) == kWorkDone) result.end = ConfinedResult::End::kDone;
  if (WEXITSTATUS(status) == kWorkRefused) {
    result.end = ConfinedResult::End::kRefused;
    // The reason follows the last NUL; what the work had written before it counts for nothing.
    result.output.erase(0, result.output.rfind('\0') + 1);
  }
  return result;
}

}  // namespace throng
