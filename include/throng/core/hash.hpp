// Randomness as a function of (seed, index): the same on every machine, rank and thread.
#pragma once

#include <cstdint>

namespace throng {

/// SplitMix64 finalizer (Steele, Lea, Flood, OOPSLA 2014): a bijection of 64 bits that scatters.
constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// A pseudo-random 64-bit word for (seed, index).
constexpr std::uint64_t hash_at(std::uint64_t seed, std::uint64_t index) { return mix(mix(seed) ^ index); }

/// The word scaled to [0, bound) without division (Lemire 2019; bias below bound / 2^64).
constexpr std::uint64_t scale_to(std::uint64_t word, std::uint64_t bound) {
  return static_cast<std::uint64_t>((static_cast<unsigned __int128>(word) * bound) >> 64);
}

}  // namespace throng
