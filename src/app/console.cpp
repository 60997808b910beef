// Prints, and honours NO_COLOR (no-color.org) and TERM=dumb.
#include "console.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "throng/core/error.hpp"

namespace throng {

namespace {

constexpr std::string_view kRed = "\033[31m";
constexpr std::string_view kYellow = "\033[33m";
constexpr std::string_view kReset = "\033[0m";

bool is_capable_terminal() {
  const char* term = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && term != nullptr && std::strcmp(term, "dumb") != 0;
}

bool is_color_refused() {
  const char* no_color = std::getenv("NO_COLOR");
  return no_color != nullptr && *no_color != '\0';
}

}  // namespace

Console::Console(bool is_root, Options options)
    : is_root_(is_root),
      is_quiet_(options.is_quiet),
      is_terminal_(is_capable_terminal()),
      has_color_(options.has_color && is_terminal_ && !is_color_refused()) {}

void Console::print(std::string_view text) const {
  // A failure shows in flush(): to throw here would leave rank 0 alone with it.
  if (is_root_) std::fwrite(text.data(), 1, text.size(), stdout);
}

void Console::flush() const {
  if (!is_root_) return;
  const bool is_flushed = std::fflush(stdout) == 0;
  if (!is_flushed || std::ferror(stdout) != 0) throw io_error("standard output", "cannot write", errno);
}

void Console::message(std::string_view prefix, std::string_view color, std::string_view text) const {
  if (!is_root_) return;
  std::string line;
  if (has_color_) line += color;
  line += prefix;
  if (has_color_) line += kReset;
  line += text;
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

void Console::note(std::string_view text) const {
  if (!is_quiet_) message("", "", text);
}

void Console::warn(std::string_view text) const { message("throng: warning: ", kYellow, text); }

void Console::error(std::string_view text) const { message("throng: error: ", kRed, text); }

void Console::status(std::string_view text) const {
  if (!has_status_line()) return;
  std::fprintf(stderr, "\r\033[K%.*s", static_cast<int>(text.size()), text.data());
  std::fflush(stderr);
}

}  // namespace throng
