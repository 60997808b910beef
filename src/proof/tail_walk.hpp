// Decides whether a family holds a node that loses less than the loss claimed: walks the levels of the tail.
//
// Depth first from the QIs that the family fixes; at each depth groups below k leave, and a child is entered
// only while the least that its nodes can lose is below the loss claimed: what decided QIs cost so far, what
// the suppressed records cost in every other, and the least rise of as many free QIs as the family has
// raised. Invariant: every term only grows on the way down. Cost: O(items) per step. A plain relative of the
// search's own kernel, which it does not share, so that a mistake in one does not hide in the other.
#pragma once

#include <span>
#include <vector>

#include "loss/coarser_bounds.hpp"
#include "proof/family_grouping.hpp"

namespace throng {

/// One per thread.
class TailWalk {
 public:
  /// Nothing in a closed family is below the loss that `certificate` claims. All references must outlive
  /// this.
  TailWalk(const ProofTask& task, const Certificate& certificate, const TailTable& table,
           const CostFloors& floors);

  /// True when no node of the family loses less than claimed. Families of the certificate's shape only: each
  /// level is one of its QI or kFreeLevel.
  bool closes(const Family& family);

 private:
  /// What stays at or above k in a child.
  struct Totals {
    Count kept = 0;
    std::uint64_t own_cost = 0;               ///< of the QI decided last
    std::vector<std::uint64_t> uneven_costs;  ///< of the uneven QIs decided before, in order
  };
  struct Child {
    Level level;
    double own_term;  ///< of the QI that it decides
  };

  bool is_open_at_witness();
  bool visit(std::size_t depth);
  void expand(std::size_t depth);
  void start(std::size_t depth);
  [[nodiscard]] double least_own_term(std::size_t depth) const;
  void sum_child(std::size_t depth);
  void set_costs(std::size_t depth);
  double keep_terms(std::size_t depth);
  [[nodiscard]] double term(std::size_t j) const { return task_.loss.term(j, costs_[j]); }
  [[nodiscard]] double least_rise() const;
  void refine(std::size_t depth, Level level);
  void append_group(std::size_t depth, std::span<const TailGroups::Item> items, bool is_sorted);

  const ProofTask& task_;
  const Certificate& certificate_;
  const TailTable& table_;
  const CostFloors& floors_;
  double claimed_terms_;
  FamilyGrouping grouping_;
  CoarserBounds coarser_;
  std::vector<TailGroups> groups_;      ///< per depth of the tail
  std::vector<Count> records_of_leaf_;  ///< of the QI to be decided, in the groups of the path
  std::vector<SuffixSums> sums_;        ///< per depth
  std::vector<std::vector<Child>> children_;
  std::vector<double> own_terms_;  ///< per depth: least term on the path
  std::vector<double> terms_;      ///< per depth: of the child in hand
  std::vector<Level> path_;        ///< of the tail
  std::vector<Level> witness_;     ///< levels of the tail that kept the last open family open
  Family family_;
  std::vector<std::size_t> free_;     ///< QIs that the family leaves free
  Totals totals_;                     ///< of the child in hand
  std::vector<std::uint64_t> costs_;  ///< per QI: its least
};

}  // namespace throng
