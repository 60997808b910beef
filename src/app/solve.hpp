// The job's strategy at work: one node for all records, or a node per record.
#pragma once

#include <optional>

#include "console.hpp"
#include "loaded.hpp"
#include "throng/local/local.hpp"
#include "throng/search/search.hpp"

namespace throng {

struct Solved {
  SearchResult result;  ///< of a local recoding: a solution without levels
  std::optional<LocalResult> local;
};

/// *Collective.* Errors: as the strategy.
Solved solve(const Loaded& loaded, const Console& console, Communicator& communicator);

}  // namespace throng
