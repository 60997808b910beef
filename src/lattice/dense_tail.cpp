// The kernel in vector extensions of the compiler, instantiated once per instruction set.
#include "dense_tail.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "throng/core/check.hpp"

#if defined(__x86_64__)
#define THRONG_SIMD_X86 1
#endif

namespace throng {

namespace {

/// A vector register of `width` bytes, one lane per group.
template <std::size_t width>
struct Vector {
  // NOLINTBEGIN(modernize-use-using): g++ 12 ignores the attribute in an alias that depends on a parameter.
  typedef std::uint8_t Bytes __attribute__((vector_size(width)));
  typedef std::uint16_t Shorts __attribute__((vector_size(width)));
  // NOLINTEND(modernize-use-using)
};
constexpr std::size_t kMaxLanes = 64;

// The axes in two halves: for each of the 27 cells of the high ones, the 27 cells of the low ones stay in
// registers or the L1 cache while every statistic passes over them.
constexpr unsigned kHalfAxes = DenseTail::kAxes / 2;
constexpr std::size_t kHalfNodes = std::size_t{1} << kHalfAxes;
constexpr std::size_t kHalfCells = 27;
static_assert(DenseTail::kAxes == 6);

constexpr std::size_t kStatistics = 1 + RiskCounts::kMaxThresholds;
constexpr unsigned kMaxByte = 255;
/// Batches after which 16-bit counters are emptied: a batch adds at most 8 flushes of 2 * 255.
constexpr unsigned kBatchesPerDrain = 65535 / (8 * 2 * kMaxByte);

/// A cell's digits to base 3 (flag 0, flag 1, merged) tell its node: bit = merged.
constexpr std::array<std::uint8_t, kHalfCells> make_node_of_cell() {
  std::array<std::uint8_t, kHalfCells> node{};
  for (std::size_t cell = 0; cell < kHalfCells; ++cell)
    for (std::size_t digit = 0, rest = cell; digit < kHalfAxes; ++digit, rest /= 3)
      if (rest % 3 == 2) node[cell] = static_cast<std::uint8_t>(node[cell] | 1U << digit);
  return node;
}
constexpr auto kNodeOfCell = make_node_of_cell();

template <std::size_t width>
struct alignas(kMaxLanes) Space {
  using Bytes = typename Vector<width>::Bytes;
  using Shorts = typename Vector<width>::Shorts;

  Bytes cells[DenseTail::kCells];       ///< by pattern
  Bytes high[kHalfCells][kHalfNodes];   ///< by cell of the high axes, pattern of the low ones
  Bytes low[kHalfCells];                ///< the cells of the low axes
  Bytes sums[kStatistics][kHalfNodes];  ///< of one node of the high axes, not yet flushed
  Shorts counters[DenseTail::kCells][kStatistics];
};

struct Thresholds {
  const std::uint8_t* begin;
  std::size_t size;
  unsigned blocks_per_flush;  ///< high cells whose sums fit into bytes
};

#define THRONG_INLINE inline __attribute__((always_inline))

template <typename Bytes>
THRONG_INLINE void add_capped(const Bytes& a, const Bytes& b, Bytes& sum) {
  const Bytes cap = Bytes{} + std::uint8_t{DenseTail::kMaxCap};
  sum = a + b < cap ? a + b : cap;
}

/// The 27 cells over 3 axes of 8 patterns. Consecutive patterns, and cells, are `stride` vectors apart.
template <std::size_t stride, typename Bytes>
THRONG_INLINE void expand(const Bytes* patterns, Bytes* cells) {
#pragma GCC unroll 4
  for (std::size_t p = 0; p < kHalfNodes; p += 2) {
    Bytes* const out = cells + (p / 4 * 9 + p / 2 % 2 * 3) * stride;
    out[0] = patterns[p * stride];
    out[stride] = patterns[(p + 1) * stride];
    add_capped(out[0], out[stride], out[2 * stride]);
  }
#pragma GCC unroll 6
  for (std::size_t i = 0; i < 6; ++i) {
    Bytes* const out = cells + (i / 3 * 9 + i % 3) * stride;
    add_capped(out[0], out[3 * stride], out[6 * stride]);
  }
#pragma GCC unroll 9
  for (std::size_t i = 0; i < 9; ++i)
    add_capped(cells[i * stride], cells[(i + 9) * stride], cells[(i + 18) * stride]);
}

/// Adds the cells of the low axes to `sums`.
template <std::size_t width>
THRONG_INLINE void add_cells(Space<width>& space, const Thresholds& thresholds) {
  using Bytes = typename Vector<width>::Bytes;
  Bytes classes[kHalfNodes] = {};
#pragma GCC unroll 27
  for (std::size_t cell = 0; cell < kHalfCells; ++cell)
    classes[kNodeOfCell[cell]] += space.low[cell] < 1 ? space.low[cell] : (Bytes{} + 1);
  for (std::size_t node = 0; node < kHalfNodes; ++node) space.sums[0][node] += classes[node];
  for (std::size_t t = 0; t < thresholds.size; ++t) {
    const Bytes threshold = Bytes{} + thresholds.begin[t];
    Bytes at_risk[kHalfNodes] = {};
#pragma GCC unroll 27
    for (std::size_t cell = 0; cell < kHalfCells; ++cell) {
      const Bytes weight = space.low[cell];
      Bytes& sum = at_risk[kNodeOfCell[cell]];
      sum = weight < threshold ? sum + weight : sum;
    }
    for (std::size_t node = 0; node < kHalfNodes; ++node) space.sums[1 + t][node] += at_risk[node];
  }
}

/// Byte sums of one node of the high axes go to the 16-bit counters.
template <std::size_t width>
THRONG_INLINE void flush(Space<width>& space, std::size_t high_node, const Thresholds& thresholds) {
  using Bytes = typename Vector<width>::Bytes;
  using Shorts = typename Vector<width>::Shorts;
  for (std::size_t s = 0; s <= thresholds.size; ++s)
    for (std::size_t node = 0; node < kHalfNodes; ++node) {
      const auto pairs = (Shorts)space.sums[s][node];
      space.counters[high_node * kHalfNodes + node][s] += (pairs & 0xFF) + (pairs >> 8);
      space.sums[s][node] = Bytes{};
    }
}

/// One batch of 64 groups: from space.cells to space.counters.
template <std::size_t width>
THRONG_INLINE void count(Space<width>& space, const Thresholds& thresholds) {
  for (std::size_t p = 0; p < kHalfNodes; ++p) expand<kHalfNodes>(space.cells + p, &space.high[0][p]);
  for (std::size_t high_node = 0; high_node < kHalfNodes; ++high_node) {
    unsigned num_blocks = 0;
    for (std::size_t cell = 0; cell < kHalfCells; ++cell) {
      if (kNodeOfCell[cell] != high_node) continue;
      expand<1>(space.high[cell], space.low);
      add_cells(space, thresholds);
      if (++num_blocks % thresholds.blocks_per_flush == 0) flush(space, high_node, thresholds);
    }
    if (num_blocks % thresholds.blocks_per_flush != 0) flush(space, high_node, thresholds);
  }
}

/// Sums the lanes of all counters into the slice and empties them.
template <std::size_t width>
THRONG_INLINE void drain(Space<width>& space, std::size_t num_statistics, RiskCounts* slice) {
  for (std::size_t u = 0; u < DenseTail::kCells; ++u)
    for (std::size_t s = 0; s < num_statistics; ++s) {
      std::uint32_t sum = 0;
      for (std::size_t lane = 0; lane < width / 2; ++lane) sum += space.counters[u][s][lane];
      slice[u].lanes[s] += sum;
      space.counters[u][s] = typename Vector<width>::Shorts{};
    }
}

/// DenseTail::add() with vectors of `width` lanes.
template <std::size_t width>
THRONG_INLINE void add_groups(std::span<const PackedGroup> groups, const Thresholds& thresholds,
                              RiskCounts* slice) {
  static thread_local Space<width> space;
  auto* const bytes = reinterpret_cast<std::uint8_t*>(space.cells);
  unsigned num_batches = 0;
  for (std::size_t first = 0; first < groups.size(); first += width) {
    std::memset(space.cells, 0, sizeof space.cells);
    const std::size_t last = std::min(first + width, groups.size());
    for (std::size_t g = first; g < last; ++g)
      for (const PackedItem* item = groups[g].begin; item < groups[g].end; ++item)
        bytes[(*item >> kWeightBits) % DenseTail::kCells * width + (g - first)] =
            static_cast<std::uint8_t>(*item);
    count(space, thresholds);
    if (++num_batches % kBatchesPerDrain == 0) drain(space, 1 + thresholds.size, slice);
  }
  if (num_batches % kBatchesPerDrain != 0) drain(space, 1 + thresholds.size, slice);
}

using Add = void(std::span<const PackedGroup>, const Thresholds&, RiskCounts*);

void add_portable(std::span<const PackedGroup> groups, const Thresholds& thresholds, RiskCounts* slice) {
  add_groups<16>(groups, thresholds, slice);
}
#ifdef THRONG_SIMD_X86
__attribute__((target("avx2"))) void add_avx2(std::span<const PackedGroup> groups,
                                              const Thresholds& thresholds, RiskCounts* slice) {
  add_groups<32>(groups, thresholds, slice);
}
__attribute__((target("avx512f,avx512bw,avx512vl"))) void add_avx512(std::span<const PackedGroup> groups,
                                                                     const Thresholds& thresholds,
                                                                     RiskCounts* slice) {
  add_groups<64>(groups, thresholds, slice);
}
#endif

Add* function_for(SimdTarget target) {
#ifdef THRONG_SIMD_X86
  if (target == SimdTarget::kAvx512) return add_avx512;
  if (target == SimdTarget::kAvx2) return add_avx2;
#endif
  THRONG_CHECK(target == SimdTarget::kPortable);
  return add_portable;
}

}  // namespace

const char* to_string(SimdTarget target) {
  switch (target) {
    case SimdTarget::kAvx512:
      return "avx512";
    case SimdTarget::kAvx2:
      return "avx2";
    case SimdTarget::kPortable:
      break;
  }
  return "portable";
}

std::vector<SimdTarget> supported_simd_targets() {
  std::vector<SimdTarget> targets = {SimdTarget::kPortable};
#ifdef THRONG_SIMD_X86
  if (__builtin_cpu_supports("avx2")) targets.push_back(SimdTarget::kAvx2);
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl"))
    targets.push_back(SimdTarget::kAvx512);
#endif
  return targets;
}

DenseTail::DenseTail(const RiskStatistic& phi, SimdTarget target) : target_(target) {
  THRONG_CHECK(phi.cap() <= kMaxCap);
  for (const Count threshold : phi.thresholds()) thresholds_.push_back(static_cast<std::uint8_t>(threshold));
}

void DenseTail::add(std::span<const PackedGroup> groups, RiskCounts* slice) {
  const unsigned largest = std::max(1U, unsigned{thresholds_.back()} - 1U) * kHalfNodes;
  const Thresholds thresholds{thresholds_.data(), thresholds_.size(), std::max(1U, kMaxByte / largest)};
  function_for(target_)(groups, thresholds, slice);
}

}  // namespace throng
