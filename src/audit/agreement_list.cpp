// Radix sort and merge of agreements.
#include "agreement_list.hpp"

#include <algorithm>
#include <numeric>

namespace throng {

namespace {

constexpr std::uint32_t kMostRecords = (std::uint32_t{1} << 31) - 1;

std::uint32_t add(std::uint32_t a, std::uint32_t b) { return std::min(a + b, kMostRecords); }

}  // namespace

void AgreementSort::sort_by_digit(AgreementList from, unsigned shift, std::vector<Agreement>& to) {
  const std::uint64_t mask = begin_.size() - 1;
  begin_.fill(0);
  for (const Agreement& item : from) ++begin_[item.qi >> shift & mask];
  std::exclusive_scan(begin_.begin(), begin_.end(), begin_.begin(), std::uint32_t{0});
  to.resize(from.size());
  for (const Agreement& item : from) to[begin_[item.qi >> shift & mask]++] = item;
}

AgreementList AgreementSort::sorted(AgreementList list, std::size_t num_bits) {
  std::size_t target = 0;
  for (unsigned shift = 0; shift < num_bits; shift += kDigitBits, target ^= 1) {
    sort_by_digit(list, shift, lists_[target]);
    list = lists_[target];
  }
  std::vector<Agreement>& sorted = lists_[target ^ 1];
  std::size_t size = 0;
  for (const Agreement& item : sorted) {
    if (size > 0 && sorted[size - 1].qi == item.qi)
      sorted[size - 1].records = add(sorted[size - 1].records, item.records);
    else
      sorted[size++] = item;
  }
  return AgreementList(sorted).first(size);
}

std::size_t count_without(AgreementList list, std::uint64_t bit) {
  const auto first =
      std::ranges::partition_point(list, [&](const Agreement& item) { return (item.qi & bit) == 0; });
  return static_cast<std::size_t>(first - list.begin());
}

AgreementList merge_runs(AgreementList list, std::size_t size_of_first, std::uint64_t rest,
                         std::vector<Agreement>& space) {
  if (space.size() < list.size()) space.resize(list.size());
  Agreement* out = space.data();
  const Agreement* a = list.data();
  const Agreement* b = a + size_of_first;
  const Agreement* const a_end = b;
  const Agreement* const b_end = list.data() + list.size();
  while (a < a_end && b < b_end) {
    const std::uint64_t x = a->qi & rest;
    const std::uint64_t y = b->qi & rest;
    const bool takes_a = x <= y;
    const bool takes_b = y <= x;
    // Arithmetic instead of conditions: which run is next cannot be predicted.
    const std::uint32_t of_a = a->records & (0U - std::uint32_t{takes_a});
    const std::uint32_t of_b = b->records & (0U - std::uint32_t{takes_b});
    *out++ = {std::min(x, y), std::min(of_a + of_b, kMostRecords)};
    a += takes_a;
    b += takes_b;
  }
  for (; a < a_end; ++a) *out++ = {a->qi & rest, a->records};
  for (; b < b_end; ++b) *out++ = {b->qi & rest, b->records};
  return {space.data(), static_cast<std::size_t>(out - space.data())};
}

}  // namespace throng
