// Finds the bytes that matter to CSV in blocks of 64, as bit masks: bit i is byte i of the block.
// After Langdale and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 2019, section 3.1.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace throng {

inline constexpr std::size_t kBlockBytes = 64;

/// Bytes equal to `wanted`, one by one: for machines without SSE2, and what the fast path is tested against.
inline std::uint64_t equal_mask_portable(const char* block, char wanted) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < kBlockBytes; ++i) mask |= std::uint64_t{block[i] == wanted} << i;
  return mask;
}

/// Bytes that end a field or need a closer look: the delimiter, a quote, LF, CR.
inline std::uint64_t structural_mask_portable(const char* block, char delimiter) {
  return equal_mask_portable(block, delimiter) | equal_mask_portable(block, '"') |
         equal_mask_portable(block, '\n') | equal_mask_portable(block, '\r');
}

#if defined(__SSE2__)

namespace detail {

inline __m128i load16(const char* bytes) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)); }

inline std::uint64_t bits16(__m128i comparison) {
  return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(comparison)));
}

}  // namespace detail

inline std::uint64_t equal_mask(const char* block, char wanted) {
  const __m128i pattern = _mm_set1_epi8(wanted);
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < kBlockBytes; i += 16)
    mask |= detail::bits16(_mm_cmpeq_epi8(detail::load16(block + i), pattern)) << i;
  return mask;
}

inline std::uint64_t structural_mask(const char* block, char delimiter) {
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  const __m128i quotes = _mm_set1_epi8('"');
  const __m128i feeds = _mm_set1_epi8('\n');
  const __m128i returns = _mm_set1_epi8('\r');
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < kBlockBytes; i += 16) {
    const __m128i bytes = detail::load16(block + i);
    const __m128i left = _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters), _mm_cmpeq_epi8(bytes, quotes));
    const __m128i right = _mm_or_si128(_mm_cmpeq_epi8(bytes, feeds), _mm_cmpeq_epi8(bytes, returns));
    mask |= detail::bits16(_mm_or_si128(left, right)) << i;
  }
  return mask;
}

#else

inline std::uint64_t equal_mask(const char* block, char wanted) { return equal_mask_portable(block, wanted); }
inline std::uint64_t structural_mask(const char* block, char delimiter) {
  return structural_mask_portable(block, delimiter);
}

#endif

}  // namespace throng
