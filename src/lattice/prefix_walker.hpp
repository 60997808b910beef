// Groups of records at the prefix of a block: a stack of refinements, reused from block to block.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "throng/lattice/groups.hpp"
#include "transform_plan.hpp"

namespace throng {

/// Walks from prefix to prefix; consecutive ones share all refinements up to where they differ. One per
/// worker.
class PrefixWalker {
 public:
  PrefixWalker(const TransformPlan& plan, const Problem& problem);

  /// Refines down to `prefix`: prefix[i] says which of plan.levels[i] is chosen at depth i.
  void move_to(std::span<const std::uint8_t> prefix);
  /// Refines by one more QI: depth() is one higher then.
  void descend(std::uint8_t choice);
  /// Takes the last descend() back.
  void ascend() { --num_valid_; }

  [[nodiscard]] std::size_t depth() const { return num_valid_; }
  /// Groups of at least two items at the current depth.
  [[nodiscard]] const Groups& groups() const { return stack_[num_valid_].groups; }
  /// Weights of the items that are alone in their group.
  [[nodiscard]] std::span<const Weight> singles() const { return stack_[num_valid_].singles; }
  /// Runs of groups() by leaf of the QI to be decided next.
  [[nodiscard]] const Runs& runs();

 private:
  struct Depth {
    Groups groups;
    std::vector<Weight> singles;
    Runs runs;
    bool has_runs = false;
  };

  void refine(std::size_t i, Level level);

  const TransformPlan& plan_;
  const Problem& problem_;
  std::vector<Depth> stack_;
  std::vector<std::uint8_t> prefix_;
  std::size_t num_valid_ = 0;  ///< depths of stack_ that belong to prefix_
  RunMerger merger_;
};

}  // namespace throng
