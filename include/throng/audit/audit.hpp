// The audit: for every combination of quasi-identifiers, how many records an adversary who knows them could
// re-identify.
//
// docs/algorithms/audit.md explains what is computed; the definitions are those of prosecutor risk (El Emam
// 2013), minimum unsafe combinations (Takemura 2002) and the Shapley value (Shapley 1953) of the game
// "combination -> records at risk".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "throng/core/checkpointing.hpp"
#include "throng/core/communicator.hpp"
#include "throng/core/types.hpp"
#include "throng/lattice/class_statistic.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

/// A set of quasi-identifiers: bit j = QI j of the problem.
using Combination = std::uint64_t;

/// What a running audit tells its watcher.
struct AuditProgress {
  double seconds = 0;
  double combinations = 0;   ///< looked at so far, about
  double fraction_done = 0;  ///< of the work
};

struct AuditOptions {
  /// Ascending, 2 .. number of records, at most kMaxAuditThresholds, k among them.
  std::vector<Count> thresholds = {2, 3, 5, 11};
  Count k = 11;                           ///< below k a class puts its records at risk
  std::size_t max_size = 0;               ///< only combinations of up to so many QIs; 0 = all
  std::size_t num_worst = 10;             ///< per size, and over all
  std::size_t max_minimal_unsafe = 1000;  ///< listed; all are counted
  bool keeps_arrays = false;              ///< AuditResult::arrays; 2^d x (1 + thresholds) x 4 bytes
  const PieceStore* pieces = nullptr;     ///< of arrays that are saved or shared; else they are in memory
  int num_threads = 1;
  /// Called on rank 0 by one thread at a time, now and then; may be empty.
  std::function<void(const AuditProgress&)> on_progress = {};
  const Checkpointing* checkpointing = nullptr;  ///< with keeps_arrays: needs pieces
  Shard shard;                                   ///< with keeps_arrays: needs pieces

  /// Place of k among the thresholds.
  [[nodiscard]] std::size_t k_index() const;
};

inline constexpr std::size_t kMaxAuditThresholds = RiskCounts::kMaxThresholds;
/// More combinations than of so many quasi-identifiers are not enumerated.
inline constexpr std::size_t kMaxExhaustiveQi = 30;

/// One combination's figures.
struct CombinationRisk {
  Combination qi = 0;
  Count classes = 0;
  std::vector<Count> at_risk;  ///< per threshold
};

/// All combinations of one size.
struct SizeSummary {
  std::size_t size = 0;
  std::uint64_t combinations = 0;
  std::uint64_t safe = 0;              ///< nobody at risk for k
  Count min = 0, median = 0, max = 0;  ///< records at risk for k; lower median
  double mean = 0;
  std::vector<CombinationRisk> worst;  ///< most records at risk first; ties: smaller bit mask
};

/// Entry i is the combination with bit mask first + i; mask 0 is the empty one.
struct AuditArrays {
  Combination first = 0;
  std::vector<std::uint32_t> classes;
  std::vector<std::vector<std::uint32_t>> at_risk;  ///< per threshold
};

struct AuditResult {
  std::uint64_t combinations = 0;
  std::vector<SizeSummary> by_size;    ///< sizes 1, 2, ...
  std::vector<CombinationRisk> worst;  ///< over all sizes
  std::uint64_t num_minimal_unsafe = 0;
  std::vector<Combination> minimal_unsafe;  ///< the first, by size and bit mask
  /// Exact Shapley values of T -> at_risk(T, k) / n, per QI; empty when max_size leaves sizes out.
  std::vector<double> shapley;
  /// Records at risk for k when all QIs but one are known, per QI; empty when max_size leaves sizes out.
  std::vector<Count> at_risk_without;
  Count smallest_class = 0;  ///< of all QIs together: the largest prosecutor risk is 1 / smallest_class
  Count classes = 0;         ///< of all QIs together: the average prosecutor risk is classes / n
  /// When asked for, rank r of n: entries from 2^d r / n up to 2^d (r + 1) / n. Not of a shard.
  std::optional<AuditArrays> arrays;
  double seconds = 0;
  /// By the checkpointing: it is saved; the figures by combination say nothing.
  bool is_stopped = false;
  /// Of a shard that is done, for merge_audit(); the figures by combination say nothing.
  std::string shard_state;
};

/// *Collective.* The same result on every rank, but for the arrays, for any number of ranks and threads.
/// Errors: usage_error for more than kMaxExhaustiveQi quasi-identifiers without max_size.
AuditResult audit(const Problem& problem, const AuditOptions& options, Communicator& communicator);

/// The same result from the figures of every combination that an earlier audit of `problem` kept, entry t of
/// `arrays.at_risk` for options.thresholds[t]. Requires options.max_size = 0 and all entries.
AuditResult audit_of_arrays(const Problem& problem, const AuditOptions& options, const AuditArrays& arrays);

/// *Collective.* The result of the audit whose shards gave `states`, in any order, all of them. `options` as
/// for each shard; `pieces` opens those of all. Errors: data_error when a state is none of an audit with
/// these options, or not done; as the pieces.
AuditResult merge_audit(const std::vector<std::string>& states, const AuditOptions& options,
                        Communicator& communicator);

/// Number of combinations of 1 .. max_size (0 = all) of num_qi quasi-identifiers, as a float.
double num_combinations(std::size_t num_qi, std::size_t max_size);

}  // namespace throng
