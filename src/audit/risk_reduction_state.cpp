// A reduction as a saved state: sums as they are, histograms as the buckets that are not empty.
#include "risk_reduction.hpp"

namespace throng {

namespace {
constexpr std::size_t kBucketBytes = 16;
constexpr std::size_t kEntryBytes = 8 * (1 + 1 + RiskCounts::kMaxThresholds);
}  // namespace

void RiskReduction::write_size(StateWriter& writer, std::size_t size) const {
  writer.number(min_[size]);
  writer.number(max_[size]);
  std::vector<std::uint64_t> buckets;
  if (min_[size] <= max_[size])
    for (std::size_t b = bucket_of(min_[size]); b <= bucket_of(max_[size]); ++b)
      if (histogram_[size * num_buckets_ + b] != 0) buckets.push_back(b);
  writer.number(buckets.size());
  for (const std::uint64_t b : buckets) {
    writer.number(b);
    writer.number(histogram_[size * num_buckets_ + b]);
  }
  writer.number(worst_[size].size());
  for (const Entry& entry : worst_[size]) {
    writer.number(entry.qi);
    for (const std::uint32_t lane : entry.risk.lanes) writer.number(lane);
  }
}

bool RiskReduction::read_size(StateReader& reader, std::size_t size) {
  min_[size] = reader.number();
  max_[size] = reader.number();
  if (max_[size] > num_records_) return false;
  std::uint64_t next = 0;
  for (std::size_t left = reader.count(kBucketBytes); left > 0; --left) {
    const std::uint64_t b = reader.number();
    if (b < next || b >= num_buckets_ || b < bucket_of(min_[size]) || b > bucket_of(max_[size])) return false;
    histogram_[size * num_buckets_ + b] = reader.number();
    next = b + 1;
  }
  const std::size_t num_entries = reader.count(kEntryBytes);
  if (num_entries > num_worst_) return false;
  worst_[size].resize(num_entries);
  for (Entry& entry : worst_[size]) {
    entry.qi = reader.number();
    if ((entry.qi >> num_qi_) != 0) return false;
    for (std::uint32_t& lane : entry.risk.lanes) lane = static_cast<std::uint32_t>(reader.number());
  }
  return reader.is_good();
}

void RiskReduction::write(StateWriter& writer) const {
  for (const auto* sums : {&safe_, &sum_, &sum_with_, &without_}) writer.numbers(*sums);
  for (std::size_t size = 0; size <= max_size_; ++size) write_size(writer, size);
}

bool RiskReduction::read(StateReader& reader) {
  for (auto* sums : {&safe_, &sum_, &sum_with_, &without_}) {
    std::vector<std::uint64_t> theirs = reader.numbers();
    if (theirs.size() != sums->size()) return false;
    *sums = std::move(theirs);
  }
  for (std::size_t size = 0; size <= max_size_; ++size)
    if (!read_size(reader, size)) return false;
  return true;
}

}  // namespace throng
