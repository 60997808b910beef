// Distributions of record-level risk.
#include "record_risk_answer.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace throng {

namespace {

constexpr std::size_t kScoreBins = 10;

std::vector<RecordBin> empty_bins(std::size_t count) {
  std::vector<RecordBin> bins(count);
  for (std::size_t i = 0; i < count; ++i) bins[i].from = bins[i].to = i;
  return bins;
}

std::size_t bin_of_score(double score) {
  return std::min(kScoreBins - 1, static_cast<std::size_t>(score * static_cast<double>(kScoreBins)));
}

/// The smallest score that a share `quantile` of the records do not exceed.
std::vector<double> quantiles_of(const Problem& problem, const std::vector<double>& scores) {
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return scores[a] < scores[b]; });
  std::vector<double> result;
  for (const double quantile : kScoreQuantiles) {
    const auto wanted = static_cast<Count>(std::ceil(quantile * static_cast<double>(problem.num_records())));
    Count records = 0;
    std::size_t at = 0;
    while ((records += problem.tuples.weights[order[at]]) < wanted) ++at;
    result.push_back(scores[order[at]]);
  }
  return result;
}

}  // namespace

RecordRiskAnswer make_record_risk_answer(const Problem& problem, RecordRisk risk) {
  RecordRiskAnswer answer;
  answer.scores = risk_scores(risk);
  answer.suda = suda_scores(risk);
  answer.by_smallest_size = empty_bins(risk.max_size + 1);
  answer.by_score = empty_bins(kScoreBins);
  for (std::size_t t = 0; t < problem.tuples.size(); ++t) {
    answer.by_smallest_size[risk.smallest_size(t)].records += problem.tuples.weights[t];
    answer.by_score[bin_of_score(answer.scores[t])].records += problem.tuples.weights[t];
  }
  answer.quantiles = quantiles_of(problem, answer.scores);
  answer.risk = std::move(risk);
  return answer;
}

std::vector<RecordBin> external_bins(const std::vector<RecordBin>& bins, Count k) {
  std::vector<RecordBin> joined;
  bool is_open = false;  // the last bin holds somebody, but fewer than k
  for (const RecordBin& bin : bins) {
    if (is_open) {
      joined.back().to = bin.to;
      joined.back().records += bin.records;
    } else {
      joined.push_back(bin);
    }
    is_open = joined.back().records > 0 && joined.back().records < k;
  }
  while (is_open && joined.size() > 1) {
    const RecordBin last = joined.back();
    joined.pop_back();
    joined.back().to = last.to;
    joined.back().records += last.records;
    is_open = joined.back().records < k;
  }
  if (is_open) return {};
  for (RecordBin& bin : joined) bin.records -= bin.records % k;
  return joined;
}

}  // namespace throng
