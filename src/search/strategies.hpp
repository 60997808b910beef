// The strategies behind search(): each finds a node, search() turns it into a full answer.
#pragma once

#include "search/candidate.hpp"
#include "throng/search/search.hpp"

namespace throng {

/// What a strategy found. `lower_bound` holds for every node of the lattice.
struct Finding {
  Candidate best;
  double lower_bound = 0;
  bool is_proved = false;
  std::uint64_t nodes_visited = 0;
  bool is_stopped = false;     ///< before everything was seen
  std::uint64_t division = 0;  ///< as in SearchResult
};

/// What every strategy starts from.
struct SearchTask {
  const Problem& problem;
  const SearchOptions& options;
  const LossModel& loss;
  Communicator& communicator;
};

Finding search_branch_and_bound(const SearchTask& task);
Finding search_exhaustive(const SearchTask& task);
Finding search_flash(const SearchTask& task);
Finding search_ola(const SearchTask& task);
Finding search_incognito(const SearchTask& task);
Finding search_samarati(const SearchTask& task);
Finding search_datafly(const SearchTask& task);
Finding search_top_down(const SearchTask& task);
Finding search_redact(const SearchTask& task);

/// *Collective.* The best of all ranks' candidates, on every rank.
Candidate best_of_ranks(Communicator& communicator, const Candidate& mine);
/// *Collective.* Sum and minimum over the ranks.
std::uint64_t sum_over_ranks(Communicator& communicator, std::uint64_t mine);
double min_over_ranks(Communicator& communicator, double mine);
/// *Collective.* Whether it is true on every rank.
bool is_all_true(Communicator& communicator, bool mine);

}  // namespace throng
