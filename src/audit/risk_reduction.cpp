// Counting, merging and the figures that follow from sums.
#include "risk_reduction.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <utility>

#include "throng/core/gather.hpp"

namespace throng {

RiskReduction::RiskReduction(std::size_t num_qi, Count num_records, const AuditOptions& options)
    : num_qi_(num_qi),
      num_records_(num_records),
      max_size_(options.max_size == 0 ? num_qi : std::min(options.max_size, num_qi)),
      num_worst_(options.num_worst),
      num_thresholds_(options.thresholds.size()),
      k_index_(options.k_index()) {
  while ((num_records >> bucket_shift_) >= kBuckets) ++bucket_shift_;
  num_buckets_ = (num_records >> bucket_shift_) + 1;
  const std::size_t sizes = max_size_ + 1;
  histogram_ = ZeroedCounters(sizes * num_buckets_);
  safe_.resize(sizes);
  sum_.resize(sizes);
  sum_with_.resize(sizes * num_qi);
  without_.resize(num_qi);
  min_.assign(sizes, std::numeric_limits<Count>::max());
  max_.assign(sizes, 0);
  worst_.resize(sizes);
}

void RiskReduction::count(std::size_t size, Combination qi, const RiskCounts& risk) {
  const Count records = at_risk(risk);
  ++histogram_[size * num_buckets_ + bucket_of(records)];
  safe_[size] += records == 0;
  min_[size] = std::min(min_[size], records);
  max_[size] = std::max(max_[size], records);
  const std::vector<Entry>& worst = worst_[size];
  if (worst.size() < num_worst_ || (!worst.empty() && is_worse({qi, risk}, worst.back())))
    keep_worst(size, {qi, risk});
  if (size + 1 == num_qi_) without_[static_cast<std::size_t>(std::countr_one(qi))] += records;
}

void RiskReduction::add(Combination qi, const RiskCounts& risk) {
  const auto size = static_cast<std::size_t>(std::popcount(qi));
  count(size, qi, risk);
  sum_[size] += at_risk(risk);
  for (Combination rest = qi; rest != 0; rest &= rest - 1)
    sum_with_[size * num_qi_ + static_cast<std::size_t>(std::countr_zero(rest))] += at_risk(risk);
}

void RiskReduction::add_block(Combination prefix, const TailShape& shape,
                              std::span<const RiskCounts> values) {
  const auto prefix_size = static_cast<std::size_t>(std::popcount(prefix));
  std::vector<std::uint64_t> sum_of_size(num_qi_ + 1, 0);
  for (std::size_t u = 0; u < values.size(); ++u) {
    const std::size_t size = prefix_size + shape.size[u];
    const Count records = size == 0 ? 0 : at_risk(values[u]);
    if (size != 0) count(size, prefix | shape.mask[u], values[u]);
    sum_of_size[size] += records;
    for (Combination rest = shape.mask[u]; rest != 0; rest &= rest - 1)
      sum_with_[size * num_qi_ + static_cast<std::size_t>(std::countr_zero(rest))] += records;
  }
  for (std::size_t size = 0; size <= max_size_; ++size) {
    sum_[size] += sum_of_size[size];
    for (Combination rest = prefix; rest != 0; rest &= rest - 1)
      sum_with_[size * num_qi_ + static_cast<std::size_t>(std::countr_zero(rest))] += sum_of_size[size];
  }
}

bool RiskReduction::is_worse(const Entry& a, const Entry& b) const {
  return at_risk(a.risk) != at_risk(b.risk) ? at_risk(a.risk) > at_risk(b.risk) : a.qi < b.qi;
}

void RiskReduction::keep_worst(std::size_t size, const Entry& entry) {
  std::vector<Entry>& worst = worst_[size];
  const auto place =
      std::ranges::lower_bound(worst, entry, [&](const Entry& a, const Entry& b) { return is_worse(a, b); });
  worst.insert(place, entry);
  if (worst.size() > num_worst_) worst.pop_back();
}

void RiskReduction::merge(const RiskReduction& other) {
  const auto add_all = [](std::vector<std::uint64_t>& to, const std::vector<std::uint64_t>& from) {
    for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
  };
  add_all(safe_, other.safe_);
  add_all(sum_, other.sum_);
  add_all(sum_with_, other.sum_with_);
  add_all(without_, other.without_);
  for (std::size_t size = 0; size <= max_size_; ++size) {
    if (other.min_[size] <= other.max_[size])
      for (std::size_t b = other.bucket_of(other.min_[size]); b <= other.bucket_of(other.max_[size]); ++b)
        histogram_[size * num_buckets_ + b] += other.histogram_[size * num_buckets_ + b];
    min_[size] = std::min(min_[size], other.min_[size]);
    max_[size] = std::max(max_[size], other.max_[size]);
    for (const Entry& entry : other.worst_[size]) keep_worst(size, entry);
  }
}

void RiskReduction::merge_ranks(Communicator& communicator) {
  if (communicator.size() == 1) return;
  std::vector<std::uint64_t> counts(histogram_.all().begin(), histogram_.all().end());
  combine_over_ranks(communicator, counts, std::plus<>());
  std::ranges::copy(counts, histogram_.all().begin());
  for (auto* sums : {&safe_, &sum_, &sum_with_, &without_})
    combine_over_ranks(communicator, *sums, std::plus<>());
  combine_over_ranks(communicator, min_, [](Count a, Count b) { return std::min(a, b); });
  combine_over_ranks(communicator, max_, [](Count a, Count b) { return std::max(a, b); });
  for (std::size_t size = 0; size <= max_size_; ++size)
    for (const auto& theirs : gather(communicator, std::exchange(worst_[size], {})))
      for (const Entry& entry : theirs) keep_worst(size, entry);
}

CombinationRisk RiskReduction::risk_of(const Entry& entry) const {
  CombinationRisk risk{entry.qi, entry.risk.classes(), {}};
  for (std::size_t t = 0; t < num_thresholds_; ++t) risk.at_risk.push_back(entry.risk.at_risk(t));
  return risk;
}

SizeSummary RiskReduction::summary_of(std::size_t size) const {
  SizeSummary summary;
  summary.size = size;
  const std::uint64_t first = size * num_buckets_;
  for (std::uint64_t b = bucket_of(min_[size]); b <= bucket_of(max_[size]); ++b)
    summary.combinations += histogram_[first + b];
  summary.safe = safe_[size];
  summary.min = min_[size];
  summary.max = max_[size];
  std::uint64_t below = 0;
  std::uint64_t bucket = bucket_of(min_[size]);
  while ((below += histogram_[first + bucket]) <= (summary.combinations - 1) / 2) ++bucket;
  summary.median = std::max(summary.min, bucket << bucket_shift_);
  summary.mean = static_cast<double>(sum_[size]) / static_cast<double>(summary.combinations);
  for (const Entry& entry : worst_[size]) summary.worst.push_back(risk_of(entry));
  return summary;
}

void RiskReduction::finish(AuditResult& result) const {
  std::vector<Entry> all;
  for (std::size_t size = 1; size <= max_size_; ++size) {
    result.by_size.push_back(summary_of(size));
    result.combinations += result.by_size.back().combinations;
    all.insert(all.end(), worst_[size].begin(), worst_[size].end());
  }
  std::ranges::sort(all, [&](const Entry& a, const Entry& b) { return is_worse(a, b); });
  for (std::size_t i = 0; i < std::min(num_worst_, all.size()); ++i) result.worst.push_back(risk_of(all[i]));
  if (max_size_ < num_qi_) return;
  for (const std::uint64_t records : without_) result.at_risk_without.push_back(records);
  finish_shapley(result);
}

/// Shapley value of QI j = sum over T of (|T|-1)! (d-|T|)! / d! v(T) for j in T, less |T|! (d-|T|-1)! / d!
/// v(T) for the others; the sums of v over the T of one size with and without j are at hand. (|T|-1)!
/// (d-|T|)! / d! = 1 / (|T| C(d, |T|)).
void RiskReduction::finish_shapley(AuditResult& result) const {
  for (std::size_t j = 0; j < num_qi_; ++j) {
    double value = 0;
    double choices = 1;  // C(d, size)
    for (std::size_t size = 1; size <= num_qi_; ++size) {
      choices = choices * static_cast<double>(num_qi_ - size + 1) / static_cast<double>(size);
      const std::uint64_t with = sum_with(size, j);
      const std::uint64_t without = sum_[size] - with;
      value += static_cast<double>(with) / (static_cast<double>(size) * choices);
      if (size < num_qi_)
        value -= static_cast<double>(without) / (static_cast<double>(num_qi_ - size) * choices);
    }
    result.shapley.push_back(value / static_cast<double>(num_records_));
  }
}

}  // namespace throng
