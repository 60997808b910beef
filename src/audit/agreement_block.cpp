// Sums over supersets in 64-bit words, and what is done with the resulting bits.
#include "agreement_block.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "throng/core/check.hpp"

namespace throng {

namespace {

constexpr unsigned kWordAxes = 6;
constexpr unsigned kByteAxes = 3;
constexpr unsigned kByteBits = 8;

/// `bits` ones, `bits` zeros, and so on from the lowest bit up; bits = 1, 2, 4, .. 32.
constexpr std::uint64_t alternating(unsigned bits) {
  return ~std::uint64_t{0} / ((std::uint64_t{1} << bits) + 1);
}

/// Lanes of a 64-bit word whose highest bit is free for the carry.
template <unsigned lane_bits>
struct Lanes {
  static constexpr unsigned kPerWord = 64 / lane_bits;
  static constexpr std::uint64_t kLargest = (std::uint64_t{1} << (lane_bits - 1)) - 1;
  static constexpr std::uint64_t kOnes = lane_bits == 8    ? 0x0101010101010101
                                         : lane_bits == 16 ? 0x0001000100010001
                                                           : 0x0000000100000001;
  static constexpr std::uint64_t kHighest = kOnes << (lane_bits - 1);

  static std::uint64_t add(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t sum = a + b;
    const std::uint64_t overflow = sum & kHighest;
    return (sum | (overflow - (overflow >> (lane_bits - 1)))) & ~kHighest;
  }
  /// Bit i: lane i is below k.
  static std::uint64_t below(std::uint64_t word, std::uint64_t k) {
    const std::uint64_t sum = word + kOnes * (kLargest + 1 - k);
    const std::uint64_t is_below = (~sum & kHighest) >> (lane_bits - 1);
    if constexpr (lane_bits == kByteBits) return is_below * 0x0102040810204080 >> 56;
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < kPerWord; ++i) bits |= (is_below >> (lane_bits * i) & 1) << i;
    return bits;
  }
};

template <unsigned lane_bits>
void scatter(std::span<const Agreement> items, std::uint64_t index_mask, std::span<std::uint64_t> words) {
  using L = Lanes<lane_bits>;
  for (const Agreement& item : items) {
    const std::uint64_t index = item.qi & index_mask;
    const auto shift = static_cast<unsigned>(index % L::kPerWord) * lane_bits;
    std::uint64_t& word = words[index / L::kPerWord];
    word = L::add(word, std::min<std::uint64_t>(item.records, L::kLargest) << shift);
  }
}

/// The axes inside a word, in one pass.
template <unsigned lane_bits>
void sum_in_words(std::span<std::uint64_t> words, unsigned num_axes) {
  using L = Lanes<lane_bits>;
  for (std::uint64_t& word : words)
    for (unsigned axis = 0; (1U << axis) < L::kPerWord; ++axis)
      if (axis < num_axes) word = L::add(word, word >> (lane_bits << axis) & alternating(lane_bits << axis));
}

/// words[i] += words[i + half] in every second stretch of `half` words.
template <unsigned lane_bits>
void sum_halves(std::span<std::uint64_t> words, std::size_t half) {
  for (std::size_t begin = 0; begin < words.size(); begin += 2 * half) {
    std::uint64_t* const to = words.data() + begin;
    const std::uint64_t* const from = to + half;
    for (std::size_t i = 0; i < half; ++i) to[i] = Lanes<lane_bits>::add(to[i], from[i]);
  }
}

template <unsigned lane_bits>
void sum_supersets(std::span<std::uint64_t> words, unsigned num_axes) {
  sum_in_words<lane_bits>(words, num_axes);
  if (words.size() > 1) sum_halves<lane_bits>(words, 1);  // constants, so that the loops are unrolled
  if (words.size() > 2) sum_halves<lane_bits>(words, 2);
  if (words.size() > 4) sum_halves<lane_bits>(words, 4);
  for (std::size_t half = 8; half < words.size(); half *= 2) sum_halves<lane_bits>(words, half);
}

/// Per byte: how many of its bits have an index of 0, 1, 2, 3 ones, 16 bits each.
constexpr std::array<std::uint64_t, 256> make_sizes_of_byte() {
  std::array<std::uint64_t, 256> sizes{};
  for (unsigned byte = 0; byte < sizes.size(); ++byte)
    for (unsigned bit = 0; bit < kByteBits; ++bit)
      if ((byte >> bit & 1) != 0) sizes[byte] += std::uint64_t{1} << (16 * std::popcount(bit));
  return sizes;
}
constexpr auto kSizesOfByte = make_sizes_of_byte();

}  // namespace

AgreementBlock::AgreementBlock(unsigned num_axes, Count k) : num_axes_(num_axes), k_(k) {
  THRONG_CHECK(num_axes <= 12 && k >= 1 && k <= Lanes<32>::kLargest);  // 16-bit counters of count_by_size()
}

template <unsigned lane_bits>
void AgreementBlock::sum_and_compare(std::span<const Agreement> items, BlockBits below) {
  using L = Lanes<lane_bits>;
  const std::size_t size = std::size_t{1} << num_axes_;
  lanes_.assign(std::max<std::size_t>(1, size / L::kPerWord), 0);
  scatter<lane_bits>(items, size - 1, lanes_);
  sum_supersets<lane_bits>(lanes_, num_axes_);
  std::ranges::fill(below, 0);
  constexpr std::size_t kWordsPerBits = 64 / L::kPerWord;
  for (std::size_t i = 0; i < lanes_.size(); ++i)
    below[i / kWordsPerBits] |= L::below(lanes_[i], k_) << (i % kWordsPerBits * L::kPerWord);
  if (num_axes_ < kWordAxes) below[0] &= (std::uint64_t{1} << size) - 1;
}

void AgreementBlock::find_below(std::span<const Agreement> items, BlockBits below) {
  if (k_ <= Lanes<8>::kLargest) return sum_and_compare<8>(items, below);
  if (k_ <= Lanes<16>::kLargest) return sum_and_compare<16>(items, below);
  sum_and_compare<32>(items, below);
}

void AgreementBlock::keep_minimal(std::span<const std::uint64_t> up_set, BlockBits sets) const {
  for (std::size_t i = 0; i < sets.size(); ++i) {
    std::uint64_t larger = 0;
    for (unsigned axis = 0; axis < std::min(num_axes_, kWordAxes); ++axis)
      larger |= (up_set[i] & alternating(1U << axis)) << (1U << axis);
    sets[i] &= ~larger;
  }
  for (std::size_t half = 1; half < sets.size(); half *= 2)
    for (std::size_t begin = 0; begin < sets.size(); begin += 2 * half)
      for (std::size_t i = begin; i < begin + half; ++i) sets[i + half] &= ~up_set[i];
}

void AgreementBlock::count_by_size(std::span<const std::uint64_t> sets, std::size_t first,
                                   std::span<std::uint64_t> counts) const {
  std::array<std::uint64_t, 16> sizes{};  // by ones among the higher bits of the index
  for (std::size_t i = 0; i < sets.size(); ++i) {
    if (sets[i] == 0) continue;
    const auto ones = static_cast<std::size_t>(std::popcount(i));
    for (unsigned byte = 0; byte < 64 / kByteBits; ++byte)
      sizes[ones + static_cast<std::size_t>(std::popcount(byte))] +=
          kSizesOfByte[sets[i] >> (kByteBits * byte) & 0xFF];
  }
  for (std::size_t ones = 0; ones < sizes.size(); ++ones)
    for (std::size_t low = 0; low <= kByteAxes; ++low)
      if (first + ones + low < counts.size())
        counts[first + ones + low] += sizes[ones] >> (16 * low) & 0xFFFF;
}

}  // namespace throng
