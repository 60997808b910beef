// Numbers rows so that those and only those that agree in the columns seen so far have the same number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "throng/data/hierarchy.hpp"

namespace throng {

/// One column of the rows: a leaf per row, seen at some level.
struct LeveledColumn {
  std::span<const Code> leaves;         ///< per row
  std::span<const Code> value_of_leaf;  ///< at the level
  std::size_t num_values = 1;
};

LeveledColumn column_at(const Hierarchy& hierarchy, Level level, std::span<const Code> leaves);

struct Numbering {
  std::vector<std::uint32_t> ids;  ///< per row, below `count`; each number is some row's
  std::uint32_t count = 1;

  /// All rows are the same.
  void start(std::size_t num_rows);
  /// Becomes `from`, which may be this, parted by one more column; numbers ascend by old number, then value.
  /// Cost: O(rows + old numbers x values) while the latter is small, else a sort.
  void part(const Numbering& from, const LeveledColumn& column);

 private:
  void part_by_sorting(const Numbering& from, const LeveledColumn& column);

  std::vector<std::uint32_t> number_of_key_;
};

}  // namespace throng
