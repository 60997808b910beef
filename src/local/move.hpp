// The one move of local recoding: open a cell, or fill one that is open, with what is gained by it.
//
// Idea: records below the cell that are dearer elsewhere want to come. A class gives them as far as it keeps
// k records, or it is given up: all of its records below the cell come, the others go to the cheapest open
// class that is left to them. Is the cell still short of k records, classes with a surplus lend the records
// that lose least (borrowing), or one class joins as a whole where that loses less. The gain is exact. Cost:
// O(pieces below the cell).
#pragma once

#include <optional>
#include <vector>

#include "local/recoding.hpp"

namespace throng::local {

/// What one class contributes to a move.
struct Donor {
  ClassId id = 0;
  Count below = 0;           ///< its records below the cell
  Count taken = 0;           ///< of these, how many come
  bool is_given_up = false;  ///< the records not below the cell go elsewhere
  bool is_refuge = false;    ///< takes records of a class that is given up, so it stays
};

/// Evaluates moves on a recoding; keeps scratch space, so one per thread.
class MoveEvaluator {
 public:
  explicit MoveEvaluator(const Recoding& recoding) : recoding_(&recoding) {}

  /// From now on no class with a number below `end` is given up; with a surplus it still lends.
  void keep_classes(ClassId end) { kept_end_ = end; }

  /// Gain of opening or filling `cell` of `cost` with its tuples `members`; 0 when nothing is gained.
  Cost gain(const Cell& cell, Cost cost, const TupleSet& members);
  /// The transfers of the move whose gain was asked for last; `to` is the class of the cell.
  [[nodiscard]] std::vector<Transfer> transfers(ClassId to) const;
  /// Plans to take all suppressed records below the cell, with what they need to be k, at any loss; what that
  /// adds to the total, nothing when the cell has too few records to borrow.
  std::optional<Cost> plan_release(const Cell& cell, Cost cost, const TupleSet& members);

 private:
  void gather(const TupleSet& members, ClassId target);
  void start(const TupleSet& members, ClassId target);
  [[nodiscard]] bool is_below(Tuple t) const;
  [[nodiscard]] ClassId refuge(Tuple t, const Donor& donor) const;
  Cost take_from(Donor& donor, Cost cost);
  Cost given_up(const Donor& donor, Cost limit);
  [[nodiscard]] std::optional<Cost> merged(const Donor& donor, Cost cost) const;
  Cost borrow(Count missing, Cost cost);
  Cost lend(Count missing, Cost cost);

  const Recoding* recoding_;
  ClassId kept_end_ = 0;
  struct Held {
    Tuple tuple;
    ClassId id;
    Weight count;
  };
  std::vector<Held> held_;
  std::vector<Donor> donors_;
  std::vector<std::uint32_t> donor_of_class_;
  std::vector<std::uint32_t> lenders_;
  std::vector<ClassId> refuges_;
  TupleSet members_;
};

/// Makes the move if it gains anything, or (`is_forced`) if it releases suppressed records at any loss. True
/// when it was made.
bool make_move(Recoding& recoding, MoveEvaluator& evaluator, const Cell& cell, bool is_forced);

}  // namespace throng::local
