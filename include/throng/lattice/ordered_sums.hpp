// Adds up weights by number and gives the sums back in the order of the numbers: what a sort does, without
// one. Weights are added in a table indexed by number; a bit map tells which numbers are there. Cost:
// O(items + range of their numbers / 64).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// Numbers from `low` to `high`, both included.
struct NumberRange {
  std::uint32_t low = 0;
  std::uint32_t high = 0;

  static constexpr std::uint32_t kWordBits = 64;

  /// The words of a bit map that hold them.
  [[nodiscard]] std::uint32_t first_word() const { return low / kWordBits; }
  [[nodiscard]] std::uint32_t last_word() const { return high / kWordBits; }
  [[nodiscard]] std::size_t num_words() const { return last_word() - first_word() + 1; }
};

/// Keeps scratch space, so one per thread.
class OrderedSums {
 public:
  /// Calls visit(number, sum of weights) for every number_of(item) of `items`, of weights above 0; all
  /// numbers are in `range`.
  template <typename Item, typename NumberOf, typename Visit>
  void for_each_sum(std::span<const Item> items, NumberRange range, const NumberOf& number_of,
                    const Visit& visit);

 private:
  static constexpr std::uint32_t kWordBits = NumberRange::kWordBits;
  /// Neighbours mostly share a word. Each of four has its own, so that none waits for the one before.
  static constexpr std::size_t kSideBySide = 4;
  using Words = std::array<std::uint64_t, kSideBySide>;

  std::vector<Weight> weights_;    // all zero between calls
  std::vector<Words> is_present_;  // bit per number in one of its words, all zero between calls
};

template <typename Item, typename NumberOf, typename Visit>
void OrderedSums::for_each_sum(std::span<const Item> items, NumberRange range, const NumberOf& number_of,
                               const Visit& visit) {
  if (weights_.size() <= range.high) {
    weights_.resize(range.high + 1, 0);
    is_present_.resize(range.last_word() + 1, {});
  }
  const auto add = [&](const Item& item, std::size_t which) {
    const std::uint32_t number = number_of(item);
    weights_[number] += item.weight;
    is_present_[number / kWordBits][which] |= std::uint64_t{1} << (number % kWordBits);
  };
  std::size_t i = 0;
  for (; i + kSideBySide <= items.size(); i += kSideBySide)
    for (std::size_t which = 0; which < kSideBySide; ++which) add(items[i + which], which);
  for (; i < items.size(); ++i) add(items[i], 0);
  for (std::uint32_t word = range.first_word(); word <= range.last_word(); ++word) {
    const Words& words = is_present_[word];
    for (std::uint64_t bits = words[0] | words[1] | words[2] | words[3]; bits != 0; bits &= bits - 1) {
      const std::uint32_t number = word * kWordBits + static_cast<std::uint32_t>(std::countr_zero(bits));
      visit(number, weights_[number]);
      weights_[number] = 0;
    }
    is_present_[word] = {};
  }
}

}  // namespace throng
