// What is kept of all combinations: sums, extremes and the worst few per size, one reduction per worker.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/state_bytes.hpp"
#include "throng/audit/audit.hpp"
#include "throng/lattice/class_statistic.hpp"
#include "zeroed_counters.hpp"

namespace throng {

/// Nodes with a common prefix in the order of a stream, for RiskReduction::add_block().
struct TailShape {
  std::vector<Combination> mask;   ///< QIs that entry u keeps
  std::vector<std::uint8_t> size;  ///< how many
};

/// Reductions are exact (integers) and merge in any order to the same state. The median needs a histogram: of
/// kBuckets buckets per size, so that it is exact below 131,072 records and rounded down to a multiple of
/// n / 131,072 records above.
class RiskReduction {
 public:
  RiskReduction(std::size_t num_qi, Count num_records, const AuditOptions& options);

  /// Adds the combination `qi` (not empty).
  void add(Combination qi, const RiskCounts& risk);
  /// Adds prefix | shape.mask[u] with values[u], for every u that gives a non-empty combination. Every block
  /// must have the same shape.
  void add_block(Combination prefix, const TailShape& shape, std::span<const RiskCounts> values);

  void merge(const RiskReduction& other);
  /// *Collective.* The sum over all ranks, on every rank.
  void merge_ranks(Communicator& communicator);

  void write(StateWriter& writer) const;
  /// Into one that is empty. False when what was written was no reduction of this kind.
  [[nodiscard]] bool read(StateReader& reader);

  /// Fills combinations, by_size, worst, and for all sizes Shapley values and what leaving one QI out brings.
  void finish(AuditResult& result) const;

 private:
  static constexpr std::uint64_t kBuckets = std::uint64_t{1} << 17;
  struct Entry {
    Combination qi;
    RiskCounts risk;
  };

  [[nodiscard]] std::size_t bucket_of(Count at_risk) const { return at_risk >> bucket_shift_; }
  [[nodiscard]] Count at_risk(const RiskCounts& risk) const { return risk.at_risk(k_index_); }
  [[nodiscard]] bool is_worse(const Entry& a, const Entry& b) const;
  [[nodiscard]] CombinationRisk risk_of(const Entry& entry) const;
  [[nodiscard]] SizeSummary summary_of(std::size_t size) const;
  [[nodiscard]] std::uint64_t sum_with(std::size_t size, std::size_t j) const {
    return sum_with_[size * num_qi_ + j];
  }
  void write_size(StateWriter& writer, std::size_t size) const;
  [[nodiscard]] bool read_size(StateReader& reader, std::size_t size);
  void count(std::size_t size, Combination qi, const RiskCounts& risk);
  void keep_worst(std::size_t size, const Entry& entry);
  void finish_shapley(AuditResult& result) const;

  std::size_t num_qi_;
  Count num_records_;
  std::size_t max_size_;
  std::size_t num_worst_;
  std::size_t num_thresholds_;
  std::size_t k_index_;
  unsigned bucket_shift_ = 0;
  std::uint64_t num_buckets_;

  // Per size 0 .. d; all of them sums.
  ZeroedCounters histogram_;  ///< size x bucket: combinations
  std::vector<std::uint64_t> safe_;
  std::vector<std::uint64_t> sum_;       ///< of records at risk
  std::vector<std::uint64_t> sum_with_;  ///< size x QI: of records at risk of combinations that hold the QI
  std::vector<std::uint64_t> without_;   ///< per QI: records at risk when all others are known
  std::vector<Count> min_, max_;
  std::vector<std::vector<Entry>> worst_;  ///< per size, worst first
};

}  // namespace throng
