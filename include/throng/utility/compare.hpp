// Utility of a release: what an analyst still learns from it, measured against the records it was made from.
//
// A released value is read as the analyst must read it: a value that covers several original ones counts as
// an equal share of each (the uniformity assumption of LeFevre, DeWitt & Ramakrishnan, ICDE 2006). The
// measures are defined in docs/algorithms/utility.md.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/table.hpp"
#include "throng/lattice/problem.hpp"

namespace throng {

/// A mean relative error |estimated - true| / true over counts whose true value is at least 1, and over those
/// that are at least k; 0 where there is none.
struct CountError {
  double mean = 0;
  double mean_from_k = 0;
  Count num_counts = 0;
  Count num_counts_from_k = 0;
};

/// One column before and after. The distances are in [0, 1], 0 = the same distribution; 1 when no record is
/// left.
struct ColumnUtility {
  std::string name;
  Role role = Role::kInsensitive;
  Count distinct_before = 0;  ///< values that some record holds
  Count distinct_after = 0;
  double total_variation = 0;  ///< half the sum of |p - q|
  double hellinger = 0;        ///< sqrt(1 - sum sqrt(p q))
  double jensen_shannon = 0;   ///< divergence in bits
  CountError error;            ///< of the counts of single values
  double cells_retained = 0;   ///< cells that still say one original value / records before
  double loss = 0;             ///< of a quasi-identifier: Iyengar's loss, dropped records count 1
};

/// Two columns, by their index among the compared ones: a < b.
struct PairUtility {
  std::size_t a = 0, b = 0;
  double cramers_v_before = 0;
  double cramers_v_after = 0;
  CountError error;  ///< of the counts of pairs of values
};

struct Utility {
  Count rows_before = 0;
  Count rows_after = 0;
  Count k = 0;
  std::vector<ColumnUtility> columns;  ///< in the order of the records before
  std::vector<std::string> absent;     ///< quasi-identifiers that the release has not: each loses 1
  std::vector<PairUtility> pairs;      ///< all, by (a, b)
  CountError one_way;                  ///< over all single values of all columns
  CountError two_way;                  ///< over all pairs of values of all pairs of columns
  double mean_total_variation = 0;     ///< over the columns
  double mean_association_change = 0;  ///< mean |V after - V before| over the pairs
  double max_association_change = 0;
  double cells_retained = 0;  ///< of the quasi-identifiers' cells
  double loss = 0;            ///< mean over the quasi-identifiers, by weight

  [[nodiscard]] double records_retained() const {
    return rows_before == 0 ? 0 : static_cast<double>(rows_after) / static_cast<double>(rows_before);
  }
};

struct CompareOptions {
  Count k = 11;  ///< for CountError::mean_from_k
  int num_threads = 1;
};

/// Compares the columns that `before` and `after` share. `problem` is that of `before`: its hierarchies say
/// what the released values cover. The result does not depend on num_threads. Errors: data_error naming the
/// column when a released value of a quasi-identifier is in no level of its hierarchy, and when the tables
/// share no column.
Utility compare(const Table& before, const Table& after, const Problem& problem,
                const CompareOptions& options);

}  // namespace throng
