// Record-level risk: for every record, in how many combinations of quasi-identifiers it is in a class below
// k.
//
// docs/algorithms/record-risk.md explains what is computed and how it relates to the minimal sample uniques
// and the scores of SUDA2 (Elliot, Manning & Ford 2002; Manning, Haglin & Keane 2008).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/core/types.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

struct RecordRiskOptions {
  Count k = 11;              ///< a class below k puts its records at risk; 2 .. 2^31 - 1
  std::size_t max_size = 0;  ///< only combinations of up to so many QIs; 0 = all
  int num_threads = 1;
};

/// Records with the same tuple have the same risk, so there is one row per distinct tuple.
struct RecordRisk {
  std::size_t num_qi = 0;
  std::size_t max_size = 0;            ///< 1 .. num_qi
  std::vector<std::uint64_t> below;    ///< n' x (max_size + 1): combinations by size in which it is below k
  std::vector<std::uint64_t> minimal;  ///< likewise: those of which every proper subset puts it at no risk
  double seconds = 0;

  [[nodiscard]] std::uint64_t below_of(std::size_t tuple, std::size_t size) const {
    return below[tuple * (max_size + 1) + size];
  }
  [[nodiscard]] std::uint64_t minimal_of(std::size_t tuple, std::size_t size) const {
    return minimal[tuple * (max_size + 1) + size];
  }
  /// Over all sizes.
  [[nodiscard]] std::uint64_t num_below(std::size_t tuple) const;
  /// Fewest QIs that put the record below k; 0 when none do.
  [[nodiscard]] std::size_t smallest_size(std::size_t tuple) const;
};

/// Most combinations are counted exactly: C(num_qi, size) stays below 2^64.
inline constexpr std::size_t kMaxRecordRiskQi = 63;

/// *Collective.* The same rows on every rank, for any number of ranks and threads. Exact for all combinations
/// of up to max_size of at most kMaxRecordRiskQi QIs.
/// Errors: usage_error for more QIs, or more than kMaxExhaustiveQi without max_size.
RecordRisk record_risk(const Problem& problem, const RecordRiskOptions& options, Communicator& communicator);

/// Per tuple: the mean over the sizes 1 .. max_size of the share of combinations of that size in which the
/// record is below k. 0 = never, 1 = whoever knows any column.
std::vector<double> risk_scores(const RecordRisk& risk);

/// Per tuple: SUDA's score, the sum over its minimal combinations of (num_qi - size)!.
std::vector<double> suda_scores(const RecordRisk& risk);

/// Per tuple: DIS-SUDA for the sampling fraction `fraction` (0 .. 1, both excluded): an estimate of the
/// probability that a match on a sample unique is right. 0 where the score is 0. Meant for k = 2, all sizes
/// and at most 28 QIs: beyond, its exponent is negative and reverses the order. `scores`: suda_scores().
std::vector<double> dis_suda_scores(const Problem& problem, const std::vector<double>& scores,
                                    double fraction);

}  // namespace throng
