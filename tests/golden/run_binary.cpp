// Starts a child with its output in files, which cannot fill up as pipes do.
#include "run_binary.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "support/temporary_directory.hpp"

namespace throng::test {

namespace {

[[noreturn]] void become_throng(const std::vector<std::string>& arguments, const RunOptions& options,
                                const std::string& out, const std::string& err) {
  const int out_file = ::open(out.c_str(), O_WRONLY | O_CREAT, 0600);
  const int err_file = ::open(err.c_str(), O_WRONLY | O_CREAT, 0600);
  ::dup2(out_file, STDOUT_FILENO);
  ::dup2(err_file, STDERR_FILENO);
  if (!options.directory.empty() && ::chdir(options.directory.c_str()) != 0) ::_exit(127);
  if (options.max_file_bytes > 0) {
    const struct rlimit limit { options.max_file_bytes, options.max_file_bytes };
    ::setrlimit(RLIMIT_FSIZE, &limit);
    ::signal(SIGXFSZ, SIG_IGN);  // writing beyond the limit then fails as on a full disk
  }
  std::vector<char*> words = {const_cast<char*>(THRONG_BINARY)};
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  ::execv(THRONG_BINARY, words.data());
  ::_exit(127);
}

}  // namespace

RunResult run_binary(const std::vector<std::string>& arguments, const RunOptions& options) {
  const TemporaryDirectory directory;
  const std::string out = options.out_path.empty() ? directory.path("out") : options.out_path;
  const pid_t child = ::fork();
  if (child == 0) become_throng(arguments, options, out, directory.path("err"));
  int status = 0;
  ::waitpid(child, &status, 0);
  RunResult result;
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1 - WTERMSIG(status);
  if (options.out_path.empty()) result.out = read_text(out);
  result.err = read_text(directory.path("err"));
  return result;
}

int signal_binary(const std::vector<std::string>& arguments, int signal,
                  const std::function<bool()>& is_due) {
  const pid_t child = ::fork();
  if (child == 0) become_throng(arguments, {}, "/dev/null", "/dev/null");
  siginfo_t ended{};
  while (ended.si_pid == 0 && !is_due()) {
    std::this_thread::sleep_for(std::chrono::microseconds(100));
    ::waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOHANG | WNOWAIT);
  }
  ::kill(child, signal);
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

bool has_shared_data() { return std::filesystem::is_directory(THRONG_SHARED_DIR "/data/ctdc-sample"); }

}  // namespace throng::test
