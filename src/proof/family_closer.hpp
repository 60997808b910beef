// Decides whether a family holds a node that loses less than the loss claimed: tries the levels of the tail.
//
// Nodes of the tail's lattice are taken from the coarsest on. A node suppresses no fewer records than its
// coarser neighbours, so no QI whose level it shares with one costs less than there; where that and the least
// cost of its other levels reach the loss claimed, the records need not be looked at. Else they are counted:
// for each class of the tail, how many records of each group of patterns (equal in what the family fixes) it
// has; groups below k are suppressed. Cost: O(items) a node counted, O(QIs of the tail squared) one that is
// not. Shares nothing with the search, so that a mistake in one does not hide in the other.
#pragma once

#include <span>
#include <vector>

#include "proof/cost_bounds.hpp"
#include "proof/tail_nodes.hpp"

namespace throng {

/// One per thread.
class FamilyCloser {
 public:
  /// Nothing in a closed family is below the loss that `certificate` claims. All references must outlive
  /// this.
  FamilyCloser(const ProofTask& task, const Certificate& certificate, const CostBounds& bounds,
               TailNodes& nodes);

  /// True when no node of the family loses less than claimed. Families of the certificate's shape only: each
  /// level is one of its QI or kFreeLevel.
  bool closes(const Family& family);

 private:
  void start(const Family& family);
  void group_patterns();
  [[nodiscard]] bool is_open(std::size_t node);
  void infer(std::size_t node);
  void raise_by_suppressed(std::size_t node);
  void count_records(std::size_t node);
  template <bool kHasUneven>
  Count count_lost(const TailNode& records);
  void set_terms(std::size_t node, const TailNode& records, Count lost);
  void set_branched_costs(Count suppressed);
  [[nodiscard]] double branched_terms(Count suppressed) const;
  [[nodiscard]] std::span<double> terms_of(std::size_t node) {
    return {terms_.data() + node * terms_per_node_, terms_per_node_};
  }
  [[nodiscard]] bool is_closed(std::size_t node);

  const ProofTask& task_;
  const Certificate& certificate_;
  const CostBounds& bounds_;
  TailNodes& nodes_;
  TailNodes::Maker maker_;
  double claimed_terms_;
  std::size_t terms_per_node_;
  std::vector<std::vector<double>>
      least_terms_;                ///< per QI of the tail and level, when nothing is suppressed
  std::vector<double> terms_;      ///< per node: least term of each QI of the tail, then that of all others
  std::vector<Count> suppressed_;  ///< per node: at least so many records
  std::size_t witness_;            ///< node that kept the last open family open; size() = none was

  Family family_;
  std::vector<std::size_t> free_;                ///< QIs that the family leaves free
  Numbering groups_;                             ///< of the patterns
  std::vector<std::size_t> uneven_;              ///< fixed QIs, by position, whose values cost differently
  std::vector<std::uint32_t> group_costs_;       ///< per group: of a cell of each uneven fixed QI
  std::vector<std::uint32_t> records_of_group_;  ///< in the class in hand
  std::vector<std::uint64_t> kept_costs_;        ///< per uneven fixed QI: of what is kept at the node in hand
  std::vector<std::uint64_t> lost_costs_;        ///< per uneven QI of the node in hand: of what is lost
  std::vector<std::uint64_t> costs_;             ///< per branched QI
};

}  // namespace throng
