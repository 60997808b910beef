// What is left of a search and what it has found: all that another run, on any number of workers, needs to
// go on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/state_bytes.hpp"
#include "search/branch_and_bound.hpp"

namespace throng {

/// First the problems of the last QIs are solved, from the shortest on; then the open prefixes are walked.
struct SearchState {
  std::vector<std::size_t> order;  ///< of the QIs: prefixes and depths mean nothing in another one
  std::vector<double> rest_terms;  ///< as in WalkPlan
  std::size_t solved_from = 0;     ///< the problems of the last QIs are solved down to this depth
  bool has_frontier = false;       ///< `open` and `best` say something
  Candidate best;
  std::uint64_t nodes_visited = 0;
  std::vector<Prefix> open;    ///< in the order of the walk; empty: everything was seen
  std::uint64_t division = 0;  ///< division_of() the frontier that shards share; 0 = all is one
};

/// The state of a search that has done nothing yet.
SearchState first_state(const std::vector<std::size_t>& order);

/// A number that two frontiers share only if they are the same, but for chance: shares of others may leave
/// nodes out.
std::uint64_t division_of(const std::vector<std::size_t>& order, const std::vector<Prefix>& frontier);

std::string encode_search_state(const SearchState& state);
/// Errors: data_error when `bytes` is no state of a search in this lattice and order.
SearchState decode_search_state(std::string_view bytes, const std::vector<std::size_t>& order,
                                const Lattice& lattice);

/// A prefix inside a state or a message.
void write_prefix(StateWriter& writer, const Prefix& prefix);
Prefix read_prefix(StateReader& reader);

/// *Collective.* Has rank 0 save `state`, when there is somewhere to save. Errors: as the saving, on every
/// rank.
void save_state(const SearchTask& task, const SearchState& state);

}  // namespace throng
