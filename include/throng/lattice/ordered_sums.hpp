// Adds up weights by number and gives the sums back in the order of the numbers: what a sort does, without
// one. Weights are added in a table indexed by number; a bit map tells which numbers are there. Cost:
// O(items + range of their numbers / 64).
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// Keeps scratch space, so one per thread.
class OrderedSums {
 public:
  /// Calls visit(number, sum of weights) for every number_of(item) of `items`, at least one of a weight above
  /// 0; numbers are below `num_numbers`.
  template <typename Items, typename NumberOf, typename Visit>
  void for_each_sum(const Items& items, std::size_t num_numbers, const NumberOf& number_of,
                    const Visit& visit);

 private:
  static constexpr std::uint32_t kWordBits = 64;

  std::vector<Weight> weights_;            // all zero between calls
  std::vector<std::uint64_t> is_present_;  // bit per number, all zero between calls
};

template <typename Items, typename NumberOf, typename Visit>
void OrderedSums::for_each_sum(const Items& items, std::size_t num_numbers, const NumberOf& number_of,
                               const Visit& visit) {
  if (weights_.size() < num_numbers) {
    weights_.resize(num_numbers, 0);
    is_present_.resize(num_numbers / kWordBits + 1, 0);
  }
  std::uint32_t low = ~std::uint32_t{0};
  std::uint32_t high = 0;
  for (const auto& item : items) {
    const std::uint32_t number = number_of(item);
    weights_[number] += item.weight;
    is_present_[number / kWordBits] |= std::uint64_t{1} << (number % kWordBits);
    low = std::min(low, number);
    high = std::max(high, number);
  }
  for (std::uint32_t word = low / kWordBits; word <= high / kWordBits; ++word) {
    for (std::uint64_t bits = is_present_[word]; bits != 0; bits &= bits - 1) {
      const std::uint32_t number = word * kWordBits + static_cast<std::uint32_t>(std::countr_zero(bits));
      visit(number, weights_[number]);
      weights_[number] = 0;
    }
    is_present_[word] = 0;
  }
}

}  // namespace throng
