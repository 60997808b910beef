// The answer of an earlier search, read back so that its report needs no second one.
#pragma once

#include <optional>
#include <string>

#include "loaded.hpp"
#include "throng/report/report.hpp"
#include "throng/search/search.hpp"

namespace throng {

struct EarlierRun {
  SearchResult result;
  std::optional<LocalRows> local;  ///< of a local recoding
};

/// Reads the JSON that `throng search --json` printed or a bundle's private/report.json. Of a local recoding
/// it must be the latter, since the rows are taken from the released file beside it.
/// Errors: data_error when it is no such answer or not one of this job; io_error.
EarlierRun read_run(const std::string& path, const Loaded& loaded, const SearchOptions& options);

}  // namespace throng
