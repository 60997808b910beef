// What an audit has found and which of its tasks are open: all that another run needs to go on, or to put the
// shards of an audit together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "risk_reduction.hpp"
#include "safe_sets.hpp"
#include "task_rounds.hpp"
#include "throng/audit/audit.hpp"

namespace throng {

/// Which audit it is, beside its options.
struct AuditFacts {
  std::vector<std::uint64_t> order;  ///< of the QIs in the walk, which numbers the tasks
  Count num_records = 0;
  Count classes = 0;
  Count smallest_class = 0;
  std::uint64_t num_tasks = 0;

  friend bool operator==(const AuditFacts&, const AuditFacts&) = default;
};

/// Facts of an audit of `problem` in the order of its plan.
AuditFacts facts_of(const Problem& problem, const std::vector<std::size_t>& order, std::uint64_t num_tasks);

struct AuditState {
  /// Nothing found, the share of options.shard open.
  AuditState(const AuditFacts& audit, const AuditOptions& options);

  /// Adds what `other` found.
  void merge(const AuditState& other);
  /// *Collective.* What all ranks found, on every rank.
  void merge_ranks(Communicator& communicator);
  /// Fills in the figures, when every task is done; sorts what is found.
  void finish(const AuditOptions& options, AuditResult& result);

  AuditFacts facts;
  TaskRanges open;
  RiskReduction reduction;
  std::variant<SafeBits, SafeList> safe;  ///< bits where all combinations are visited
  bool has_pieces;
  std::vector<std::string> pieces;  ///< if so: names of those with the figures of what is done

 private:
  [[nodiscard]] MinimalUnsafe minimal_unsafe(const AuditOptions& options);
};

std::string encode_audit_state(const AuditState& state);
/// Errors: data_error when `bytes` is no state of an audit with these options.
AuditState decode_audit_state(std::string_view bytes, const AuditOptions& options);

}  // namespace throng
