// Encodes a state as numbers; decodes it with every number checked.
#include "search/search_state.hpp"

#include <bit>
#include <cmath>
#include <utility>

#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"

namespace throng {

namespace {

constexpr std::size_t kLeastPrefixBytes = 16;

/// A node, or the levels of the first QIs of `order`, or nothing.
bool are_levels(const std::vector<Level>& levels, const std::vector<std::size_t>& order,
                const Lattice& lattice) {
  if (levels.size() > order.size()) return false;
  for (std::size_t i = 0; i < levels.size(); ++i)
    if (levels[i] > lattice.axes[order[i]].hierarchy.height()) return false;
  return true;
}

bool is_node(const Node& levels, const Lattice& lattice) {
  if (levels.size() != lattice.num_axes()) return levels.empty();
  for (std::size_t j = 0; j < levels.size(); ++j)
    if (levels[j] > lattice.axes[j].hierarchy.height()) return false;
  return true;
}

bool is_valid(const SearchState& state, const std::vector<std::size_t>& order, const Lattice& lattice) {
  if (state.order != order || state.rest_terms.size() != order.size() + 1) return false;
  if (state.solved_from == 0 || state.solved_from > order.size()) return false;
  for (const double terms : state.rest_terms)
    if (!std::isfinite(terms)) return false;
  if (!is_node(state.best.levels, lattice) || !std::isfinite(state.best.loss)) return false;
  for (const Prefix& prefix : state.open)
    if (!are_levels(prefix.levels, order, lattice) || prefix.levels.size() == order.size() ||
        !std::isfinite(prefix.bound))
      return false;
  return true;
}

}  // namespace

SearchState first_state(const std::vector<std::size_t>& order) {
  SearchState state;
  state.order = order;
  state.rest_terms.assign(order.size() + 1, 0);
  state.solved_from = order.size();
  return state;
}

std::uint64_t division_of(const std::vector<std::size_t>& order, const std::vector<Prefix>& frontier) {
  std::uint64_t hash = order.size();
  for (const std::size_t j : order) hash = hash_at(hash, j);
  for (const Prefix& prefix : frontier) {
    hash = hash_at(hash, std::bit_cast<std::uint64_t>(prefix.bound));
    for (const Level level : prefix.levels) hash = hash_at(hash, level);
  }
  return hash;
}

void write_prefix(StateWriter& writer, const Prefix& prefix) {
  writer.real(prefix.bound);
  writer.bytes({reinterpret_cast<const char*>(prefix.levels.data()), prefix.levels.size()});
}

Prefix read_prefix(StateReader& reader) {
  Prefix prefix;
  prefix.bound = reader.real();
  const std::string_view levels = reader.bytes();
  prefix.levels.assign(levels.begin(), levels.end());
  return prefix;
}

std::string encode_search_state(const SearchState& state) {
  StateWriter writer;
  writer.numbers({state.order.begin(), state.order.end()});
  writer.number(state.rest_terms.size());
  for (const double terms : state.rest_terms) writer.real(terms);
  writer.number(state.solved_from);
  writer.number(state.has_frontier ? 1 : 0);
  write_prefix(writer, {state.best.levels, state.best.loss});
  writer.number(state.nodes_visited);
  writer.number(state.open.size());
  for (const Prefix& prefix : state.open) write_prefix(writer, prefix);
  writer.number(state.division);
  return std::move(writer).take();
}

SearchState decode_search_state(std::string_view bytes, const std::vector<std::size_t>& order,
                                const Lattice& lattice) {
  StateReader reader(bytes);
  SearchState state;
  for (const std::uint64_t j : reader.numbers()) state.order.push_back(j);
  state.rest_terms.resize(reader.count(sizeof(double)));
  for (double& terms : state.rest_terms) terms = reader.real();
  state.solved_from = reader.number();
  state.has_frontier = reader.number() != 0;
  Prefix best = read_prefix(reader);
  state.best = {best.bound, std::move(best.levels)};
  state.nodes_visited = reader.number();
  state.open.resize(reader.count(kLeastPrefixBytes));
  for (Prefix& prefix : state.open) prefix = read_prefix(reader);
  state.division = reader.number();
  if (!reader.is_whole() || !is_valid(state, order, lattice))
    throw data_error("the saved state is not one of this search", "start anew: --resume never");
  return state;
}

void save_state(const SearchTask& task, const SearchState& state) {
  const Checkpointing* saving = task.options.checkpointing;
  if (saving == nullptr) return;
  fail_together(task.communicator, [&] {
    if (task.communicator.is_root()) saving->save(encode_search_state(state));
  });
}

}  // namespace throng
