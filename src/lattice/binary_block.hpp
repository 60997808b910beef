// All nodes of a block of binary axes at once: recursion, Moebius inversion of small groups, zeta transform.
//
// Idea (design: one slice of the result per node of the recursion, first axis slowest). Deciding an axis
// halves the slice: first the half `*` takes what was added to the half `keep` so far (the zeta transform,
// one axis at a time), then both halves are filled by recursion with the groups split and with the groups
// merged. A group of few items leaves at once: two items fall into one class at every node that has `*` where
// their patterns differ, so by inclusion and exclusion over its sets X of items
//     sum over classes of phi = sum over X of psi(X) [node >= m(X)],  m(X) = OR of X and not AND of X,
//     psi(X) = sum over Y in X of (-1)^(|X|-|Y|) phi(w(Y)),
// 2^g - 1 numbers, each added at one node of the slice. Invariant: slice[m] has been added everything that
// holds from m on within the slice, and nothing above. Cost: O(items) per node of the recursion.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "dense_tail.hpp"
#include "packed_group.hpp"
#include "throng/core/check.hpp"
#include "throng/lattice/class_statistic.hpp"
#include "throng/lattice/groups.hpp"

namespace throng {

template <ClassStatistic S>
class BinaryBlock {
 public:
  using Value = typename S::Value;
  static constexpr Weight kMaxCap = 0x7FFF;  ///< two capped weights must add up within 16 bits

  /// `num_axes` <= 16; phi.cap() <= kMaxCap unless num_axes is 0. `tail` finishes what is left, if any.
  BinaryBlock(const S& phi, unsigned num_axes, std::optional<DenseTail> tail)
      : phi_(phi), num_axes_(num_axes), cap_(phi.cap()), tail_(std::move(tail)), levels_(num_axes + 1) {
    if (num_axes == 0) return;
    THRONG_CHECK(cap_ <= kMaxCap);
    for (Weight weight = 0; weight <= cap_; ++weight) phi_of_.push_back(weight == 0 ? Value{} : phi(weight));
  }

  /// block[u] = sum of phi over the classes at node u, bit b of u set = `*` on axis num_axes - 1 - b.
  void fill(const Groups& groups, std::span<const Weight> singles, std::span<const std::uint16_t> pattern,
            std::span<Value> block) {
    std::ranges::fill(block, Value{});
    for (const Weight weight : singles) block[0] += phi_(weight);
    if (num_axes_ == 0) return;
    Level& root = levels_[num_axes_];
    root.clear();
    root.pool.resize(groups.num_items() + kPadding);
    PackedItem* out = root.pool.data();
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const PackedItem* const begin = out;
      for (const Item& item : groups.group(g))
        *out++ = PackedItem{pattern[item.suffix]} << kWeightBits | std::min(item.weight, cap_);
      root.keep.push({begin, out});
    }
    add_small_groups(root.keep, num_axes_, block.data());
    decide(root.keep.large(), num_axes_, block.data());
  }

 private:
  static constexpr std::size_t kPadding = 2;  ///< merging looks at up to two items behind the last

  /// Groups at one number of axes left, for both ways to decide the axis before. Kept groups point into the
  /// pool of the level they come from, merged ones into this level's.
  struct Level {
    SizedGroups keep, star;
    std::vector<PackedItem> pool;

    void clear() {
      keep.clear();
      star.clear();
    }
  };

  /// Fills slice[0, 2^axes): the first axis not yet decided is bit axes - 1 of patterns and nodes.
  void decide(const std::vector<PackedGroup>& groups, unsigned axes, Value* slice) {
    if (groups.empty()) return finish(axes, slice);
    if (tail_ && axes == tail_->num_axes()) {
      finish(axes, slice);
      return add_tail(groups, slice);
    }
    const std::size_t half = std::size_t{1} << (axes - 1);
    for (std::size_t u = 0; u < half; ++u) slice[half + u] += slice[u];
    split(groups, axes - 1, slice);
    decide(levels_[axes - 1].keep.large(), axes - 1, slice);
    decide(levels_[axes - 1].star.large(), axes - 1, slice + half);
  }

  /// The zeta transform over the axes that are left.
  static void finish(unsigned axes, Value* slice) {
    for (std::size_t half = std::size_t{1} << axes >> 1; half > 0; half >>= 1)
      for (std::size_t begin = 0; begin < std::size_t{1} << axes; begin += 2 * half)
        for (std::size_t u = begin; u < begin + half; ++u) slice[u + half] += slice[u];
  }

  /// Groups with axis `bit` kept and merged go to levels_[bit], small ones into the two halves of the slice.
  void split(const std::vector<PackedGroup>& groups, unsigned bit, Value* slice) {
    Level& level = levels_[bit];
    level.clear();
    std::size_t num_items = kPadding;
    for (const PackedGroup& group : groups) num_items += group.size();
    if (level.pool.size() < num_items) level.pool.resize(num_items);
    PackedItem* out = level.pool.data();
    for (const PackedGroup& group : groups) {
      const PackedItem* const middle = first_with(group, bit);
      level.keep.push({group.begin, middle});
      level.keep.push({middle, group.end});
      if (middle == group.begin || middle == group.end) {  // constant on this axis: merging changes nothing
        level.star.push(group);
        continue;
      }
      const PackedItem* const merged = out;
      out = merge(group, middle, bit, out);
      level.star.push({merged, out});
    }
    add_small_groups(level.keep, bit, slice);
    add_small_groups(level.star, bit, slice + (std::size_t{1} << bit));
  }

  /// The first item that has flag `bit` set. Patterns agree on all higher bits or these are not compared.
  static const PackedItem* first_with(const PackedGroup& group, unsigned bit) {
    const PackedItem* first = group.begin;
    for (std::size_t size = group.size(); size > 0;) {  // no branch depends on the items
      const std::size_t step = (size + 1) / 2;
      const std::size_t is_before = ~(first[step - 1] >> (kWeightBits + bit)) & 1;
      first += step & -is_before;
      size = step - 1 + ((size - 2 * step + 1) & -is_before);
    }
    return first;
  }

  /// The items below and from `middle` on by pattern without flag `bit`, equal ones adding their weights.
  PackedItem* merge(const PackedGroup& group, const PackedItem* middle, unsigned bit, PackedItem* out) const {
    // Compared with the flag: x meets items that have it behind its last one; y must be told that it ended.
    const PackedItem mask = (PackedItem{2} << bit) - 1;
    const PackedItem flag = PackedItem{1} << (bit + kWeightBits);
    const PackedItem* x = group.begin;
    const PackedItem* y = middle;
    PackedItem left = *x;
    PackedItem right = *y ^ flag;
    // The items behind are loaded before it is known which are needed: else every step waits for a load.
    while (x < middle || y < group.end) {
      const PackedItem next_left = x[1];
      const PackedItem next_right = (y[1] ^ flag) | -PackedItem{y + 1 >= group.end};
      const PackedItem left_pattern = left >> kWeightBits & mask;
      const PackedItem right_pattern = right >> kWeightBits & mask;
      const bool takes_left = left_pattern <= right_pattern;
      const bool takes_right = right_pattern <= left_pattern;
      // Masks, because a compiler makes branches of conditions here, and they cannot be predicted.
      const Weight weight =
          (left & kWeightMask & -Weight{takes_left}) + (right & kWeightMask & -Weight{takes_right});
      *out++ = std::min(left_pattern, right_pattern) << kWeightBits | std::min(weight, cap_);
      left ^= (left ^ next_left) & -PackedItem{takes_left};
      right ^= (right ^ next_right) & -PackedItem{takes_right};
      x += takes_left;
      y += takes_right;
    }
    return out;
  }

  /// What small groups contribute to a slice of `axes` axes.
  void add_small_groups(const SizedGroups& groups, unsigned axes, Value* slice) const {
    Value alone{};
    for (const PackedGroup& group : groups.of_size(1)) alone += phi_of_[*group.begin & kWeightMask];
    slice[0] += alone;
    for (const PackedGroup& group : groups.of_size(2)) add_small<2>(group.begin, axes, slice);
    for (const PackedGroup& group : groups.of_size(3)) add_small<3>(group.begin, axes, slice);
    for (const PackedGroup& group : groups.of_size(4)) add_small<4>(group.begin, axes, slice);
  }

  /// Inclusion and exclusion over the sets of `g` items, a set as a bit mask.
  template <unsigned g>
  void add_small(const PackedItem* items, unsigned axes, Value* slice) const {
    const PackedItem mask = (PackedItem{1} << axes) - 1;
    constexpr unsigned kSets = 1U << g;
    std::array<Value, kSets> psi{};
    std::array<PackedItem, kSets> any{};
    std::array<PackedItem, kSets> all{};
    std::array<Weight, kSets> weight{};
    all[0] = ~PackedItem{0};
#pragma GCC unroll 16
    for (unsigned set = 1; set < kSets; ++set) {
      const unsigned rest = set & (set - 1);
      const PackedItem item = items[std::countr_zero(set)];
      any[set] = any[rest] | item;
      all[set] = all[rest] & item;
      weight[set] = weight[rest] + (item & kWeightMask);
      psi[set] = phi_of_[std::min(weight[set], cap_)];
    }
    // Unrolled, because every condition is known then.
#pragma GCC unroll 4
    for (unsigned bit = 1; bit < kSets; bit <<= 1)
#pragma GCC unroll 16
      for (unsigned set = 1; set < kSets; ++set)
        if ((set & bit) != 0 && set != bit) psi[set] -= psi[set ^ bit];
#pragma GCC unroll 16
    for (unsigned set = 1; set < kSets; ++set)
      slice[(any[set] & ~all[set]) >> kWeightBits & mask] += psi[set];
  }

  void add_tail(const std::vector<PackedGroup>& groups, Value* slice) {
    if constexpr (std::same_as<S, RiskStatistic>) tail_->add(groups, slice);
  }

  const S& phi_;
  unsigned num_axes_;
  Weight cap_;
  std::optional<DenseTail> tail_;
  std::vector<Value> phi_of_;  ///< by capped weight
  std::vector<Level> levels_;  ///< by number of axes left
};

}  // namespace throng
