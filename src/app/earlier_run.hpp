// The answer of an earlier search, read back instead of searching again.
#pragma once

#include <string>

#include "loaded.hpp"
#include "throng/search/search.hpp"

namespace throng {

/// Reads what `search --json` printed or private/report.json holds, and computes its node's figures anew.
/// Errors: data_error when it is no such answer or is one of another job, other records or another k.
SearchResult read_run(const std::string& path, const Loaded& loaded, const SearchOptions& options);

}  // namespace throng
