// Groups the distinct tuples by the levels that a family fixes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "proof/tail_groups.hpp"

namespace throng {

/// One per thread.
class FamilyGrouping {
 public:
  /// All references must outlive this.
  FamilyGrouping(const ProofTask& task, const TailTable& table, std::span<const std::size_t> branched,
                 const CostFloors& floors);

  /// The groups of the QIs fixed by `family`, nothing of the tail decided.
  void make(const Family& family, TailGroups& groups);

 private:
  void start();
  void split(std::size_t branch, Level level);
  void number_groups();
  void add_items(const Family& family, TailGroups& groups) const;
  void add_costs(const Family& family, std::uint32_t tuple, TailGroups& groups) const;

  const ProofTask& task_;
  const TailTable& table_;
  std::span<const std::size_t> branched_;
  const CostFloors& floors_;
  std::vector<std::uint32_t> tuples_;  ///< that are in groups of at least k, ascending
  std::vector<std::uint64_t> keys_;    ///< of each, below num_keys_: equal in equal groups
  std::uint64_t num_keys_ = 1;
  std::vector<Weight> weight_of_key_;
  std::vector<std::uint32_t> group_of_key_;
};

}  // namespace throng
