// The last binary axes of a block for many groups at once: one group per vector lane, all nodes by addition.
//
// Idea: cell[p] holds, lane by lane, the weight of pattern p in 16, 32 or 64 groups, one byte each (weights
// above the largest threshold are capped: the statistic cannot tell them apart). Every node is a sum over
// cells whose patterns agree on the axes it keeps; going axis by axis (flag 0, flag 1, merged) the 3^R cells
// of all 2^R nodes take one capped vector addition each. Each is compared with the thresholds and added to
// per-node counters: bytes first, then 16 bits, then 32. No branch depends on the data. Cost per vector of
// groups: O(3^R) operations. The same code is compiled for AVX-512, AVX2 and the portable baseline, and
// chosen at run time.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "packed_group.hpp"
#include "throng/core/types.hpp"
#include "throng/lattice/class_statistic.hpp"

namespace throng {

/// Vector instructions of a build of the kernel.
enum class SimdTarget { kPortable, kAvx2, kAvx512 };

/// "portable", "avx2", "avx512".
const char* to_string(SimdTarget target);
/// What this machine can run, the best last.
std::vector<SimdTarget> supported_simd_targets();

class DenseTail {
 public:
  static constexpr unsigned kAxes = 6;
  static constexpr std::size_t kCells = std::size_t{1} << kAxes;
  static constexpr Weight kMaxCap = 32;  ///< 8 weights at risk must add up within a byte

  /// `phi.cap()` <= kMaxCap.
  DenseTail(const RiskStatistic& phi, SimdTarget target);

  [[nodiscard]] unsigned num_axes() const { return kAxes; }
  /// slice[u] += sum of phi over the classes at node u, u in [0, 2^R): bit set = `*`.
  void add(std::span<const PackedGroup> groups, RiskCounts* slice);

 private:
  SimdTarget target_;
  std::vector<std::uint8_t> thresholds_;
};

}  // namespace throng
