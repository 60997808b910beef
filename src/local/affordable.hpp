// Finds the cells whose suppressed records could be released at a price per record.
//
// A cell of cost c with f suppressed records needs k - f more, which pay c each when they cost nothing now:
// the price of a record is at least c * k / min(k, f). The walk goes axis by axis over groups of suppressed
// tuples; with every axis f falls and c grows, so a group that is too dear has only dearer cells below it.
// Leaves are numbered depth first: one sort per group and axis gives the groups of every level as runs. Cost:
// the sizes of the groups that can be afforded.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "local/recoding.hpp"

namespace throng::local {

/// A cell and the least price of releasing its suppressed records.
struct AffordableCell {
  Cost price;
  Cell cell;
};

class AffordableCells {
 public:
  explicit AffordableCells(const Recoding& recoding);

  /// Beyond that many branches per find(), roughly, only the finest affordable level of an axis is followed.
  void limit_branches(double branches) { branches_ = branches; }
  /// Raises every price by up to a quarter, at random, so that cells come in another order.
  void disturb(std::uint64_t seed) { seed_ = seed; }

  /// Every cell that has suppressed records and a least price up to `limit`, by price, then by values.
  std::vector<AffordableCell> find(Cost limit, int num_threads);

 private:
  struct Worker {
    std::vector<std::vector<Tuple>> groups;  // per axis
    Cell cell;
    std::vector<AffordableCell> found;
  };
  /// Records [begin, end) of a group that share a value.
  struct Run {
    Value value;
    std::size_t begin, end;
    std::size_t level;
  };
  /// The runs of a sorted group that can be afforded.
  [[nodiscard]] std::vector<Run> runs(std::size_t a, std::span<const Tuple> group, Cost cost) const;
  void enter(std::size_t a, std::span<const Tuple> group, Cost cost, double branches, Worker& worker) const;
  [[nodiscard]] Cost price(Cost cost, Count records) const;
  [[nodiscard]] Cost disturbed(Cost price, const Cell& cell) const;
  [[nodiscard]] Count records(std::span<const Tuple> group) const;
  void sort_by_leaf(std::size_t a, std::vector<Tuple>& group) const;

  const Recoding* recoding_;
  Cost limit_ = 0;
  double branches_ = 1e300;
  std::uint64_t seed_ = 0;
};

}  // namespace throng::local
