// One number per record: our own score, SUDA's and DIS-SUDA's. Doubles hold what they need: d <= 63, and 62!
// times the number of combinations is about 10^104, but 64-bit integers would overflow from 22 QIs on.
#include <cmath>

#include "agreement_walk.hpp"
#include "throng/audit/record_risk.hpp"
#include "throng/core/check.hpp"

namespace throng {

namespace {

std::size_t num_tuples(const RecordRisk& risk) { return risk.below.size() / (risk.max_size + 1); }

/// Records of tuples with exactly `weight` records.
double records_in_classes_of(const Problem& problem, Weight weight) {
  double records = 0;
  for (const Weight w : problem.tuples.weights) records += w == weight ? w : 0;
  return records;
}

}  // namespace

std::vector<double> risk_scores(const RecordRisk& risk) {
  const auto binomial = pascal_triangle(risk.num_qi);
  std::vector<double> scores(num_tuples(risk), 0);
  for (std::size_t t = 0; t < scores.size(); ++t) {
    for (std::size_t size = 1; size <= risk.max_size; ++size)
      scores[t] +=
          static_cast<double>(risk.below_of(t, size)) / static_cast<double>(binomial[risk.num_qi][size]);
    scores[t] /= static_cast<double>(risk.max_size);
  }
  return scores;
}

std::vector<double> suda_scores(const RecordRisk& risk) {
  std::vector<double> factorial(risk.num_qi + 1, 1);
  for (std::size_t n = 1; n <= risk.num_qi; ++n) factorial[n] = factorial[n - 1] * static_cast<double>(n);
  std::vector<double> scores(num_tuples(risk), 0);
  for (std::size_t t = 0; t < scores.size(); ++t)
    for (std::size_t size = 1; size <= risk.max_size; ++size)
      scores[t] += static_cast<double>(risk.minimal_of(t, size)) * factorial[risk.num_qi - size];
  return scores;
}

std::vector<double> dis_suda_scores(const Problem& problem, const std::vector<double>& scores,
                                    double fraction) {
  THRONG_CHECK(fraction > 0 && fraction < 1 && scores.size() == problem.tuples.size());
  const double uniques = records_in_classes_of(problem, 1);
  const double pairs = records_in_classes_of(problem, 2);
  std::vector<double> result(scores.size(), 0);
  if (uniques == 0) return result;
  const double exponent = 1 + (8 - static_cast<double>(problem.lattice.num_axes())) / 20;
  double sum = 0;
  for (std::size_t t = 0; t < scores.size(); ++t)
    if (scores[t] > 0) sum += problem.tuples.weights[t] * std::pow(scores[t], -exponent);
  const double dis = uniques * fraction / (uniques * fraction + pairs * (1 - fraction));
  for (std::size_t t = 0; t < scores.size(); ++t)
    if (scores[t] > 0)
      result[t] = 1 / (1 + (uniques / dis - uniques) / (std::pow(scores[t], exponent) * sum));
  return result;
}

}  // namespace throng
