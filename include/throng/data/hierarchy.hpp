// Generalization hierarchies: nested levels from original values (0) to the one value `*` (top).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/table.hpp"

namespace throng {

/// The name of the top value of every hierarchy, and of a suppressed cell.
inline constexpr std::string_view kSuppressed = "*";

/// A validated hierarchy. Leaves are numbered depth first, so that every generalized value of every level
/// covers a contiguous range of leaves: value g of level l covers [first_leaf[l][g], first_leaf[l][g + 1]).
/// The kernel depends on this: values that merge are neighbours in sorted order.
struct Hierarchy {
  std::vector<std::vector<std::string>> labels;  ///< labels[l][g]: text of value g of level l
  std::vector<std::vector<Code>> first_leaf;     ///< first_leaf[l]: labels[l].size() + 1 entries
  std::vector<std::vector<Code>> value_of_leaf;  ///< value_of_leaf[l][leaf]
  bool has_data_leaves =
      false;  ///< only values of the data are leaves below its intervals, not those of a file

  /// h_j: the top level.
  [[nodiscard]] Level height() const { return static_cast<Level>(labels.size() - 1); }
  /// |D_j|: leaves of the hierarchy, in the data or not.
  [[nodiscard]] Code num_leaves() const { return static_cast<Code>(labels[0].size()); }
  /// Two values at most.
  [[nodiscard]] bool is_flag() const { return num_leaves() <= 2; }
  /// Leaves below value g of level l.
  [[nodiscard]] Code leaves_below(Level l, Code g) const { return first_leaf[l][g + 1] - first_leaf[l][g]; }
};

/// Reads an explicit hierarchy `value;level1;...;*` (delimiter detected; BOM, CRLF, quotes allowed). A last
/// column that is not constant gets a level `*` on top; a constant one is the top and is named `*`.
/// Cells equal to one of `missing` become missing[0]. Appends warnings (identical row twice, top label
/// renamed). Errors: data_error with file, line, column and value for ragged rows, a leaf given twice with
/// other ancestors, levels that are not nested, an empty file, more than 254 columns.
Hierarchy read_hierarchy(const std::string& path, const std::vector<std::string>& missing,
                         std::vector<std::string>& warnings);
/// The same from text in memory; `name` is used in messages.
Hierarchy parse_hierarchy(std::string_view text, const std::string& name,
                          const std::vector<std::string>& missing, std::vector<std::string>& warnings);

/// {original, *} over the values of a column; one level only when there is a single leaf `*`.
Hierarchy flat_hierarchy(const std::vector<std::string>& values);

/// Numbers cut into half-open intervals [origin + i * width, origin + (i + 1) * width), one level per width,
/// `*` on top; the missing value is its own interval. Errors: data_error for a value that is not a number,
/// usage_error for widths that are not positive, ascending and each a multiple of the one before.
Hierarchy interval_hierarchy(const Column& column, const HierarchySpec& spec, const std::string& missing);

/// The hierarchy `spec` describes for `column`.
Hierarchy make_hierarchy(const Column& column, const HierarchySpec& spec,
                         const std::vector<std::string>& missing, std::vector<std::string>& warnings);

/// leaf[c] = leaf of dictionary code c. Errors: data_error naming column, value, first record and file for a
/// value that is not a leaf.
std::vector<Code> leaf_of_code(const Column& column, const Hierarchy& hierarchy, const std::string& source);

}  // namespace throng
