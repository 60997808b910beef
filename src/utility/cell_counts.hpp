// The counts of all pairs of values of two columns: a table where that is small, else a sorted list.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// Counts pairs (a[i], b[i]); cost O(n) when the table has at most kMaxDense cells, else O(n log n).
class CellCounts {
 public:
  static constexpr std::uint64_t kMaxDense = std::uint64_t{1} << 22;

  CellCounts(std::span<const Code> a, std::span<const Code> b, std::size_t num_a, std::size_t num_b)
      : num_b_(num_b), is_dense_(std::uint64_t{num_a} * num_b <= kMaxDense) {
    if (is_dense_) {
      dense_.resize(num_a * num_b);
      for (std::size_t i = 0; i < a.size(); ++i) ++dense_[a[i] * num_b + b[i]];
      return;
    }
    std::vector<std::uint64_t> keys(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) keys[i] = std::uint64_t{a[i]} * num_b + b[i];
    std::ranges::sort(keys);
    for (const std::uint64_t key : keys) {
      if (sparse_.empty() || sparse_.back().first != key) sparse_.emplace_back(key, 0);
      ++sparse_.back().second;
    }
  }

  [[nodiscard]] Count at(Code a, Code b) const {
    const std::uint64_t key = std::uint64_t{a} * num_b_ + b;
    if (is_dense_) return dense_[key];
    const auto found = std::ranges::lower_bound(sparse_, key, {}, &std::pair<std::uint64_t, Weight>::first);
    return found != sparse_.end() && found->first == key ? found->second : 0;
  }

  /// Calls visit(a, b, count) for every pair that occurs, by (a, b).
  template <typename Visit>
  void for_each(const Visit& visit) const {
    const auto split = [&](std::uint64_t key, Weight count) {
      visit(static_cast<Code>(key / num_b_), static_cast<Code>(key % num_b_), count);
    };
    for (std::size_t key = 0; key < dense_.size(); ++key)
      if (dense_[key] != 0) split(key, dense_[key]);
    for (const auto& [key, count] : sparse_) split(key, count);
  }

 private:
  std::uint64_t num_b_;
  bool is_dense_;
  std::vector<Weight> dense_;
  std::vector<std::pair<std::uint64_t, Weight>> sparse_;
};

}  // namespace throng
