// Shows a running search: one line redrawn on a terminal, else a log line every 30 seconds.
#pragma once

#include <functional>

#include "console.hpp"
#include "throng/search/search.hpp"

namespace throng {

/// The watcher for SearchOptions::on_progress; empty when nothing is to be shown. `console` must outlive it.
std::function<void(const SearchProgress&)> progress_watcher(const Console& console);

}  // namespace throng
