// Searches beside the release: what would satisfy a limit or a policy that it does not.
#pragma once

#include <optional>

#include "content.hpp"

namespace throng {

/// *Collective.* The release of least loss with one node for all records; nothing when there is none, and
/// where the search would take long or the strategy does not serve the metric.
std::optional<Solution> best_single_node(const Content& content, Count k, Count max_suppressed,
                                         Communicator& communicator);

/// *Collective.* What to release so that `policy` passes: its k and its share of records as conditions of a
/// search. Nothing when the search is left out, or when the policy asks for neither.
std::optional<Remedy> remedy_for(const Content& content, const Policy& policy, Communicator& communicator);

}  // namespace throng
