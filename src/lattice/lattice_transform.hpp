// Sums a class statistic over the classes of every node of a lattice, block by block.
//
// docs/algorithms/lattice-transform.md explains it with an example. Cost: about a microsecond per node where
// a grouping of the records costs milliseconds; memory: O(n' d) and one block per worker, whatever the
// lattice.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "binary_block.hpp"
#include "dense_tail.hpp"
#include "prefix_walker.hpp"
#include "transform_plan.hpp"

namespace throng {

/// Axes of a block: its values (128 KiB for risk counts) stay in the L2 cache.
inline constexpr unsigned kBlockAxes = 12;

/// How many axes the blocks of a plan may have for a statistic.
template <ClassStatistic S>
unsigned max_block_axes(const S& phi) {
  return phi.cap() <= BinaryBlock<S>::kMaxCap ? kBlockAxes : 0;
}

/// The state of one worker. Blocks in ascending order share most of the work on their prefixes.
template <ClassStatistic S>
class LatticeTransform {
 public:
  using Value = typename S::Value;

  /// `target`: instructions of the dense tail; none = the recursion alone (slower, the same values).
  /// `plan` was made with max_block_axes(phi); all three must outlive this.
  LatticeTransform(const Problem& problem, const TransformPlan& plan, const S& phi,
                   std::optional<SimdTarget> target)
      : plan_(plan),
        walker_(plan, problem),
        block_(phi, plan.block_axes, make_tail(phi, target)),
        values_(plan.block_size()) {}

  /// Values of the nodes of `block`: bit b of the index set = `*` on axis plan.order[d - 1 - b], b <
  /// block_axes.
  std::span<const Value> compute(std::uint64_t block) {
    walker_.move_to(plan_.prefix_of(block));
    block_.fill(walker_.groups(), walker_.singles(), plan_.pattern, values_);
    return values_;
  }

 private:
  static std::optional<DenseTail> make_tail(const S& phi, std::optional<SimdTarget> target) {
    if constexpr (std::same_as<S, RiskStatistic>) {
      if (target && phi.cap() <= DenseTail::kMaxCap) return DenseTail(phi, *target);
    }
    return std::nullopt;
  }

  const TransformPlan& plan_;
  PrefixWalker walker_;
  BinaryBlock<S> block_;
  std::vector<Value> values_;
};

}  // namespace throng
