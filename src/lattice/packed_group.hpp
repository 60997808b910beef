// Groups inside a block of binary axes: 32 bits per item.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace throng {

/// pattern << 16 | weight. Bits of axes that are decided already may be set: they are to be masked.
using PackedItem = std::uint32_t;
inline constexpr unsigned kWeightBits = 16;
inline constexpr PackedItem kWeightMask = 0xFFFF;

/// Items [begin, end), ascending by pattern below the decided bits, no pattern twice.
struct PackedGroup {
  const PackedItem* begin;
  const PackedItem* end;

  [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(end - begin); }
};

/// Groups by number of items, so that what is done to small ones runs without unpredictable branches.
class SizedGroups {
 public:
  static constexpr std::size_t kLarge = 5;  ///< groups of fewer items are small

  void clear() {
    for (auto& groups : of_size_) groups.clear();
  }
  void push(const PackedGroup& group) { of_size_[std::min(group.size(), kLarge)].push_back(group); }

  [[nodiscard]] const std::vector<PackedGroup>& of_size(std::size_t size) const { return of_size_[size]; }
  [[nodiscard]] const std::vector<PackedGroup>& large() const { return of_size_[kLarge]; }

 private:
  std::array<std::vector<PackedGroup>, kLarge + 1> of_size_;
};

}  // namespace throng
