// The risk of every record: a private file, and a distribution that names nobody.
#pragma once

#include <string>
#include <vector>

#include "loaded.hpp"
#include "throng/audit/record_risk.hpp"

namespace throng {

/// A range of a histogram over records: [from, to], in sizes or in tenths of the score.
struct RecordBin {
  std::size_t from = 0;
  std::size_t to = 0;
  Count records = 0;
};

struct RecordRiskAnswer {
  RecordRisk risk;
  std::vector<double> scores, suda;         ///< per tuple
  std::vector<RecordBin> by_smallest_size;  ///< size 0: never below k
  std::vector<RecordBin> by_score;          ///< bin i: score in [i / 10, (i + 1) / 10), the last with 1
  std::vector<double> quantiles;            ///< of the score, at kScoreQuantiles
};

inline constexpr double kScoreQuantiles[] = {0.5, 0.9, 0.99};

RecordRiskAnswer make_record_risk_answer(const Problem& problem, RecordRisk risk);

/// Joins neighbouring bins until each holds nobody or at least k, and rounds its records down to a multiple
/// of k: no count of 1 .. k - 1 records is told or follows from sums and differences. Empty when all records
/// together are fewer than k.
std::vector<RecordBin> external_bins(const std::vector<RecordBin>& bins, Count k);

/// Errors: usage_error for another extension than .csv or .h5.
void check_records_path(const std::string& path);

/// Writes one row per record in input order to `path`, atomically, mode 0600. Errors: io_error.
void write_record_risk(const std::string& path, const Loaded& loaded, const RecordRiskAnswer& answer);

}  // namespace throng
