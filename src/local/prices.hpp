// Prices of tuples that prove a lower bound: the dual of the linear relaxation of local recoding.
//
// Give every tuple a price a_t. If the k dearest records below every cell of at least k records have prices
// that sum to at most k times the cell's cost, and no price exceeds the cost of suppression, then no local
// recoding costs less than the sum of all records' prices: a class of m >= k records pays m times the cost of
// its cell, which is at least the sum of its prices. One pass makes prices valid: it finds the cells whose k
// dearest records are too dear and lowers these. Prices only fall in it, so what has passed stays valid; a
// group of tuples that passes at its cost so far holds no cell that does not (its subgroups are cheaper, its
// costs higher).
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "local/cells.hpp"

namespace throng::local {

class Prices {
 public:
  Prices(const CellSpace& space, Count k);

  [[nodiscard]] Cost of(Tuple t) const { return prices_[t]; }
  void set(Tuple t, Cost price) { prices_[t] = price; }
  /// Sum over the records.
  [[nodiscard]] Cost total() const;

  /// Lowers prices until they are valid; false when `is_over` stopped it before.
  bool make_valid(const std::function<bool()>& is_over);
  /// Tuples looked at so far, a tuple once for every group it was in.
  [[nodiscard]] std::uint64_t work() const { return work_; }

 private:
  void enter(std::size_t a, std::span<const Tuple> group, Cost cost);
  void sort_by_leaf(std::size_t a, std::span<const Tuple> group, std::vector<Tuple>& sorted);
  /// Sum of the k dearest prices of the group, less k times the cost; 0 when the group has fewer than k
  /// records. Leaves in dearest_ who they are.
  Cost excess(std::span<const Tuple> group, Cost cost);
  void lower(Cost excess);

  const CellSpace* space_;
  Count k_;
  std::vector<Cost> prices_;
  std::vector<std::vector<Tuple>> groups_;
  std::vector<std::size_t> next_of_leaf_;
  std::vector<std::pair<Cost, Tuple>> dearest_;
  std::uint64_t work_ = 0;
  const std::function<bool()>* is_over_ = nullptr;
  bool is_stopped_ = false;
  std::uint64_t visits_ = 0;
};

}  // namespace throng::local
