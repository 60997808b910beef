// Merges, encodes and decodes what an audit has found.
#include "audit_state.hpp"

#include <algorithm>
#include <utility>

#include "throng/core/error.hpp"

namespace throng {

namespace {

/// More QIs than bits of a Combination are never audited.
constexpr std::size_t kMaxQi = 63;

bool is_limited(const AuditFacts& facts, const AuditOptions& options) {
  return options.max_size > 0 && options.max_size < facts.order.size();
}

std::variant<SafeBits, SafeList> nothing_safe(const AuditFacts& facts, const AuditOptions& options) {
  if (is_limited(facts, options)) return SafeList();
  return SafeBits({facts.order.begin(), facts.order.end()});
}

void write_facts(StateWriter& writer, const AuditFacts& facts) {
  writer.numbers(facts.order);
  for (const std::uint64_t number : {facts.num_records, facts.classes, facts.smallest_class, facts.num_tasks})
    writer.number(number);
}

std::optional<AuditFacts> read_facts(StateReader& reader, const AuditOptions& options) {
  AuditFacts facts;
  facts.order = reader.numbers();
  for (Count* number : {&facts.num_records, &facts.classes, &facts.smallest_class, &facts.num_tasks})
    *number = reader.number();
  const std::size_t d = facts.order.size();
  if (!reader.is_good() || d == 0 || d > kMaxQi) return std::nullopt;
  if (!is_limited(facts, options) && d > kMaxExhaustiveQi) return std::nullopt;
  std::vector<std::uint64_t> sorted = facts.order;
  std::ranges::sort(sorted);
  for (std::size_t j = 0; j < d; ++j)
    if (sorted[j] != j) return std::nullopt;
  if (facts.num_records > ~std::uint32_t{0}) return std::nullopt;
  return facts;
}

std::string encoded(const std::vector<std::string>& names) {
  StateWriter writer;
  writer.number(names.size());
  for (const std::string& name : names) writer.bytes(name);
  return std::move(writer).take();
}

void read_names(StateReader& reader, std::vector<std::string>& names) {
  for (std::size_t left = reader.count(sizeof(std::uint64_t)); left > 0; --left)
    names.emplace_back(reader.bytes());
}

bool read_found(StateReader& reader, AuditState& state) {
  if (!state.open.read(reader, state.facts.num_tasks) || !state.reduction.read(reader)) return false;
  if (auto* bits = std::get_if<SafeBits>(&state.safe)) return bits->read(reader);
  return std::get<SafeList>(state.safe).read(reader, state.facts.order.size());
}

}  // namespace

AuditFacts facts_of(const Problem& problem, const std::vector<std::size_t>& order, std::uint64_t num_tasks) {
  return {{order.begin(), order.end()},
          problem.num_records(),
          problem.tuples.size(),
          *std::ranges::min_element(problem.tuples.weights),
          num_tasks};
}

AuditState::AuditState(const AuditFacts& audit, const AuditOptions& options)
    : facts(audit),
      open(audit.num_tasks, options.shard),
      reduction(audit.order.size(), audit.num_records, options),
      safe(nothing_safe(audit, options)),
      has_pieces(options.pieces != nullptr) {}

void AuditState::merge(const AuditState& other) {
  reduction.merge(other.reduction);
  pieces.insert(pieces.end(), other.pieces.begin(), other.pieces.end());
  if (auto* bits = std::get_if<SafeBits>(&safe))
    bits->merge(std::get<SafeBits>(other.safe));
  else
    std::get<SafeList>(safe).merge(std::get<SafeList>(other.safe));
}

void AuditState::merge_ranks(Communicator& communicator) {
  reduction.merge_ranks(communicator);
  std::visit([&](auto& found) { found.merge_ranks(communicator); }, safe);
  if (!has_pieces) return;
  std::vector<std::string> all;
  for (const std::string& theirs : communicator.all_gather(encoded(pieces))) {
    StateReader reader(theirs);
    read_names(reader, all);
  }
  pieces = std::move(all);
}

MinimalUnsafe AuditState::minimal_unsafe(const AuditOptions& options) {
  if (const auto* bits = std::get_if<SafeBits>(&safe))
    return bits->minimal_unsafe(options.max_minimal_unsafe, options.num_threads);
  auto& list = std::get<SafeList>(safe);
  list.sort();
  return list.minimal_unsafe(facts.order.size(), options.max_size, options.max_minimal_unsafe);
}

void AuditState::finish(const AuditOptions& options, AuditResult& result) {
  reduction.finish(result);
  MinimalUnsafe minimal = minimal_unsafe(options);
  result.num_minimal_unsafe = minimal.count;
  result.minimal_unsafe = std::move(minimal.first);
  result.classes = facts.classes;
  result.smallest_class = facts.smallest_class;
}

std::string encode_audit_state(const AuditState& state) {
  StateWriter writer;
  write_facts(writer, state.facts);
  state.open.write(writer);
  state.reduction.write(writer);
  std::visit([&](const auto& found) { found.write(writer); }, state.safe);
  return std::move(writer).take() + (state.has_pieces ? encoded(state.pieces) : "");
}

AuditState decode_audit_state(std::string_view bytes, const AuditOptions& options) {
  StateReader reader(bytes);
  if (const std::optional<AuditFacts> facts = read_facts(reader, options)) {
    AuditState state(*facts, options);
    const bool is_found = read_found(reader, state);
    if (state.has_pieces) read_names(reader, state.pieces);
    if (is_found && reader.is_whole()) return state;
  }
  throw data_error("the saved state is not one of this audit", "start anew: --resume never");
}

}  // namespace throng
