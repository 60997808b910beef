// Formats progress: share done, rate, time to go, best loss, bound and gap.
#include "progress_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/words.hpp"

namespace throng {

namespace {

constexpr double kSecondsBetweenLogLines = 30;
constexpr double kSecondsBetweenRedraws = 0.1;

/// "125,000 nodes/s", "2.5 nodes/s", "0.4 runs/min"
std::string rate(const Progress& progress) {
  const double per_second = progress.num_done / progress.seconds;
  if (per_second < 0.1) return fmt::format("{:.1f} {}/min", 60 * per_second, progress.unit);
  if (per_second < 10) return fmt::format("{:.1f} {}/s", per_second, progress.unit);
  return fmt::format("{} {}/s", grouped(static_cast<Count>(std::llround(per_second))), progress.unit);
}

template <typename State>
std::function<void(const State&)> watcher(const Console& console, Progress (*progress_of)(const State&)) {
  if (!console.has_progress()) return {};
  const double interval = console.has_status_line() ? kSecondsBetweenRedraws : kSecondsBetweenLogLines;
  return [&console, interval, progress_of, last = 0.0](const State& state) mutable {
    if (!is_due(state.seconds, interval, last)) return;
    if (console.has_status_line())
      console.status(progress_text(progress_of(state)));
    else
      console.note(progress_text(progress_of(state)));
  };
}

Progress progress_of_search(const SearchProgress& state) {
  return {"search",
          "nodes",
          state.seconds,
          state.fraction_done,
          static_cast<double>(state.nodes_visited),
          Progress::Loss{state.best_loss, state.lower_bound}};
}

Progress progress_of_audit(const AuditProgress& state) {
  return {"audit", "combinations", state.seconds, state.fraction_done, state.combinations, {}};
}

}  // namespace

std::string progress_text(const Progress& progress) {
  const double done = std::clamp(progress.fraction_done, 0.0, 1.0);
  std::string text =
      fmt::format("{} {:3.0f} %, {:.1f} s", progress.task, std::floor(100 * done), progress.seconds);
  if (progress.seconds > 0) text += ", " + rate(progress);
  if (done > 0 && done < 1)
    text += fmt::format(", about {} to go", duration(progress.seconds * (1 - done) / done));
  if (!progress.loss) return text;
  const auto& [best, bound] = *progress.loss;
  const double gap = best > 0 ? 100 * (best - bound) / best : 0;
  return text + fmt::format(", loss {:.4f}, bound {:.4f}, gap {:.1f} %", best, bound, gap);
}

bool is_due(double now, double interval, double& last) {
  if (now - last < interval) return false;
  last = now;
  return true;
}

std::function<void(const SearchProgress&)> progress_watcher(const Console& console) {
  return watcher<SearchProgress>(console, progress_of_search);
}

std::function<void(const AuditProgress&)> audit_watcher(const Console& console) {
  return watcher<AuditProgress>(console, progress_of_audit);
}

void show_bench_progress(const Console& console, std::size_t num_done, std::size_t num_runs, double seconds) {
  if (!console.has_status_line()) return;
  const double fraction =
      static_cast<double>(num_done) / static_cast<double>(std::max<std::size_t>(num_runs, 1));
  console.status(progress_text({"bench", "runs", seconds, fraction, static_cast<double>(num_done), {}}));
}

}  // namespace throng
