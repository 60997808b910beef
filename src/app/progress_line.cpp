// Formats progress: share done, time to go, nodes per second, best loss and gap.
#include "progress_line.hpp"

#include <fmt/core.h>

#include <string>

namespace throng {

namespace {

constexpr double kSecondsBetweenLogLines = 30;
constexpr double kSecondsBetweenRedraws = 0.1;

std::string describe(const SearchProgress& progress) {
  const double rate =
      progress.seconds > 0 ? static_cast<double>(progress.nodes_visited) / progress.seconds : 0;
  const double done = progress.fraction_done;
  const double gap =
      progress.best_loss > 0 ? 100 * (progress.best_loss - progress.lower_bound) / progress.best_loss : 0;
  std::string text =
      fmt::format("search {:3.0f} %, {:.1f} s, {:.0f} nodes/s", 100 * done, progress.seconds, rate);
  if (done > 0) text += fmt::format(", about {:.0f} s to go", progress.seconds * (1 - done) / done);
  return text + fmt::format(", loss {:.4f}, gap {:.1f} %", progress.best_loss, gap);
}

}  // namespace

std::function<void(const SearchProgress&)> progress_watcher(const Console& console) {
  if (!console.has_progress()) return {};
  const double interval = console.has_status_line() ? kSecondsBetweenRedraws : kSecondsBetweenLogLines;
  return [&console, interval, last = 0.0](const SearchProgress& progress) mutable {
    if (progress.seconds - last < interval) return;
    last = progress.seconds;
    if (console.has_status_line())
      console.status(describe(progress));
    else
      console.note(describe(progress));
  };
}

}  // namespace throng
