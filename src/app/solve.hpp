// A strategy at work: one node for all records, or a node per record.
#pragma once

#include <optional>

#include "throng/local/local.hpp"
#include "throng/search/search.hpp"

namespace throng {

struct Solved {
  SearchResult result;  ///< of a local recoding: a solution without levels
  std::optional<LocalResult> local;
};

/// *Collective.* `max_levels`: of local recoding, 0 = any number. Errors: as the strategy.
Solved solve(const Problem& problem, const SearchOptions& options, unsigned max_levels,
             Communicator& communicator);

}  // namespace throng
