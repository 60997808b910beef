// Cells of local recoding: generalized tuples with their cost, and which tuples lie in them, as bit sets.
//
// A value that covers the same leaves at several levels is one value here, at the lowest of them. The tuples
// are renumbered in the order of their codes, so that nothing depends on the order of the records. The tuples
// below a value are a row of bits; the tuples of a cell are the intersection of d rows. The axis with the
// most leaves comes first: its rows are short runs of words, and everything below them is short too.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "throng/lattice/problem.hpp"
#include "throng/loss/loss_metric.hpp"

namespace throng::local {

/// Cost of a record in units of 2^-30 of a suppressed one, rounded down per value: sums are exact, in any
/// order.
using Cost = std::int64_t;
inline constexpr Cost kFullCost = Cost{1} << 30;

/// A tuple in the order of codes.
using Tuple = std::uint32_t;
/// A generalized value of an axis.
using Value = std::uint32_t;
/// A value per axis, in the order of the axes.
using Cell = std::vector<Value>;

/// A quasi-identifier with the levels it may be released at.
struct CellAxis {
  std::size_t qi = 0;        ///< in file order
  std::vector<Level> level;  ///< per value
  std::vector<Code> code;    ///< per value: its number at that level
  std::vector<Cost> cost;    ///< per value
  std::vector<std::vector<Value>>
      chain;                           ///< per leaf: values above it, finest first, none with the same leaves
  std::vector<Level> levels;           ///< the allowed ones, ascending
  std::vector<std::vector<Value>> at;  ///< per allowed level and leaf: the value
  std::vector<std::uint64_t> rows;     ///< per value num_words words
  std::vector<std::uint32_t> begin, end;  ///< per value: words outside are zero
};

/// Some tuples: words [begin, end) of a row of bits, the others zero.
struct TupleSet {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::vector<std::uint64_t> words;

  template <typename Body>
  void for_each(const Body& body) const {
    for (std::uint32_t w = begin; w < end; ++w)
      for (std::uint64_t bits = words[w]; bits != 0; bits &= bits - 1)
        body(static_cast<Tuple>(w * 64 + static_cast<std::uint32_t>(__builtin_ctzll(bits))));
  }
};

/// The levels each QI may be released at, ascending, in file order; empty: every level.
using LevelSets = std::vector<std::vector<Level>>;

class CellSpace {
 public:
  /// `qis`: the quasi-identifiers, in file order; tuples that are equal on them are one. Empty: all.
  CellSpace(const Problem& problem, const LossModel& loss, const LevelSets& levels,
            std::vector<std::size_t> qis = {});

  [[nodiscard]] std::size_t num_axes() const { return axes_.size(); }
  [[nodiscard]] const CellAxis& axis(std::size_t a) const { return axes_[a]; }
  [[nodiscard]] Tuple num_tuples() const { return static_cast<Tuple>(weights_.size()); }
  [[nodiscard]] Weight weight(Tuple t) const { return weights_[t]; }
  [[nodiscard]] std::uint32_t num_words() const { return num_words_; }
  [[nodiscard]] Count num_records() const { return num_records_; }
  /// Leaf of axis a of tuple t.
  [[nodiscard]] Code leaf(Tuple t, std::size_t a) const { return leaves_[t * axes_.size() + a]; }
  [[nodiscard]] const std::vector<Value>& chain(Tuple t, std::size_t a) const {
    return axes_[a].chain[leaf(t, a)];
  }
  /// Number of tuple t in the problem; of one of them where several are one here.
  [[nodiscard]] std::uint32_t original(Tuple t) const { return originals_[t]; }

  [[nodiscard]] Cost cost(const Cell& cell) const;
  /// Cost of a suppressed record.
  [[nodiscard]] Cost suppressed_cost() const { return suppressed_cost_; }
  /// The coarsest cell above tuple t.
  [[nodiscard]] Cell top(Tuple t) const;

  /// out = tuples of the cell.
  void members(const Cell& cell, TupleSet& out) const;

 private:
  void sort_tuples(const Problem& problem);
  void add_values(const Hierarchy& hierarchy, const LossModel& loss, double share, CellAxis& axis);
  void add_rows(std::size_t a);

  std::vector<CellAxis> axes_;
  std::vector<Code> leaves_;
  std::vector<Weight> weights_;
  std::vector<std::uint32_t> originals_;
  std::uint32_t num_words_ = 0;
  Count num_records_ = 0;
  Cost suppressed_cost_ = 0;
};

}  // namespace throng::local
