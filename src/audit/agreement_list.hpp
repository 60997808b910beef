// Sorted lists of what other records share with one record, and the two things done to them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace throng {

/// Records that agree with the one looked at on exactly the QIs `qi`.
struct Agreement {
  std::uint64_t qi = 0;
  std::uint32_t records = 0;  ///< saturates at 2^31 - 1
};

using AgreementList = std::span<const Agreement>;

/// Sorts by QIs and adds up equal ones; keeps its space.
class AgreementSort {
 public:
  /// Of `list`, whose patterns have `num_bits` bits. Valid until the next call. Cost: a pass per 11 bits.
  AgreementList sorted(AgreementList list, std::size_t num_bits);

 private:
  static constexpr unsigned kDigitBits = 11;
  using Histogram = std::array<std::uint32_t, std::size_t{1} << kDigitBits>;

  void sort_by_digit(AgreementList from, unsigned shift, std::vector<Agreement>& to);

  std::vector<Agreement> lists_[2];
  Histogram begin_{};
};

/// Of a sorted list that has no higher bits that differ: how many lack `bit`. They come first.
std::size_t count_without(AgreementList list, std::uint64_t bit);

/// Merges the two runs of `list` into `space`, sorted by the bits of `rest`, equal ones added up.
AgreementList merge_runs(AgreementList list, std::size_t size_of_first, std::uint64_t rest,
                         std::vector<Agreement>& space);

}  // namespace throng
