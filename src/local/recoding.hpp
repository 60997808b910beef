// A local recoding under construction: open classes, each a cell with at least k records, and where every
// tuple's records are.
//
// Records of one tuple may lie in several classes. Class 0 stands for the suppressed records. Invariant
// between moves: every other open class has at least k records.
#pragma once

#include <unordered_map>
#include <vector>

#include "local/cells.hpp"

namespace throng::local {

using ClassId = std::uint32_t;
inline constexpr ClassId kSuppressedClass = 0;

/// Records of one tuple in one class.
struct Piece {
  ClassId id;
  Weight count;
};

/// Records of one tuple that change their class.
struct Transfer {
  Tuple tuple;
  ClassId from;
  ClassId to;
  Weight count;
};

struct OpenClass {
  Cell cell;
  Cost cost = 0;
  Count size = 0;
  std::vector<Tuple> tuples;  ///< that have records here, ascending
};

class Recoding {
 public:
  /// Every record is suppressed.
  Recoding(const CellSpace& space, Count k);

  [[nodiscard]] const CellSpace& space() const { return *space_; }
  [[nodiscard]] Count k() const { return k_; }
  [[nodiscard]] const OpenClass& of(ClassId id) const { return classes_[id]; }
  /// One more than the largest number a class ever had.
  [[nodiscard]] ClassId num_ids() const { return static_cast<ClassId>(classes_.size()); }
  [[nodiscard]] const std::vector<Piece>& pieces(Tuple t) const { return pieces_[t]; }
  /// The open class of the cell, or kSuppressedClass when there is none.
  [[nodiscard]] ClassId find(const Cell& cell) const;
  /// Records a class can give away.
  [[nodiscard]] Count surplus(ClassId id) const {
    return id == kSuppressedClass ? classes_[id].size : classes_[id].size - k_;
  }
  /// Records of tuple t in the class.
  [[nodiscard]] Weight count(Tuple t, ClassId id) const;
  /// The open classes whose cell the tuple lies in, cheapest first.
  [[nodiscard]] const std::vector<ClassId>& covers(Tuple t) const { return covers_[t]; }
  /// The cheapest open class, other than `but`, whose cell the tuple lies in; kSuppressedClass without one.
  [[nodiscard]] ClassId cheapest(Tuple t, ClassId but) const;
  /// Cost of the dearest record of the tuple.
  [[nodiscard]] Cost peak(Tuple t) const;
  [[nodiscard]] Cost total() const { return total_; }
  [[nodiscard]] Count suppressed() const { return classes_[kSuppressedClass].size; }

  /// Opens a class of no records, to be filled by apply() at once.
  ClassId open(const Cell& cell);
  /// Moves records. A class that is left without any is closed.
  void apply(const std::vector<Transfer>& transfers);
  /// Moves records of the tuple to cheaper open classes as far as their own classes can spare them.
  void settle(Tuple t);

  /// From now on moves are remembered, so that undo() can take them back.
  void remember();
  /// Takes back every move since remember().
  void undo();

 private:
  struct Event {
    enum class Kind { kTransfer, kOpened, kClosed } kind;
    Transfer transfer;  ///< of a class that was opened or closed: `to`
  };
  void take(const Transfer& transfer);
  void put(const Transfer& transfer);
  void close(ClassId id);
  void cover(ClassId id);
  void uncover(ClassId id);
  void note(Event::Kind kind, const Transfer& transfer);

  const CellSpace* space_;
  Count k_;
  std::vector<OpenClass> classes_;
  std::vector<std::vector<Piece>> pieces_;
  std::vector<std::vector<ClassId>> covers_;  // per tuple: open classes above it, cheapest first
  struct CellHash {
    std::size_t operator()(const Cell& cell) const;
  };
  std::unordered_map<Cell, ClassId, CellHash> ids_;
  Cost total_ = 0;
  TupleSet scratch_;
  bool is_remembering_ = false;
  std::vector<Event> events_;
};

}  // namespace throng::local
