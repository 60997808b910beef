// Shows running work: one line redrawn on a terminal, else a log line every 30 seconds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "console.hpp"
#include "throng/audit/audit.hpp"
#include "throng/search/search.hpp"

namespace throng {

/// What is known of work that runs.
struct Progress {
  std::string task;  ///< "search"
  std::string unit;  ///< what is counted: "nodes"
  double seconds = 0;
  double fraction_done = 0;
  double num_done = 0;
  struct Loss {
    double best = 1, lower_bound = 0;
  };
  std::optional<Loss> loss;
};

/// "search  42 %, 8.0 s, 125,000 nodes/s, about 11 s to go, loss 0.0312, bound 0.0307, gap 1.6 %". The rate
/// is left out before any time has passed, the time to go while nothing is done or all is.
std::string progress_text(const Progress& progress);

/// True when a line is due again, `interval` after the one at `last`, which is then moved to `now`.
bool is_due(double now, double interval, double& last);

/// The watcher for SearchOptions::on_progress; empty when nothing is to be shown. `console` must outlive it.
std::function<void(const SearchProgress&)> progress_watcher(const Console& console);

/// The same for AuditOptions::on_progress.
std::function<void(const AuditProgress&)> audit_watcher(const Console& console);

/// On a terminal, how far a bench is: `num_done` of at most `num_runs` runs.
void show_bench_progress(const Console& console, std::size_t num_done, std::size_t num_runs, double seconds);

}  // namespace throng
