// What a table looks like and how its columns might be described: for `describe` and `init`.
#pragma once

#include <string>
#include <vector>

#include "throng/data/table.hpp"

namespace throng {

/// One column, looked at without its job. It holds no count of people and no value.
struct ColumnSketch {
  std::string name;
  std::string type;  ///< "whole numbers", "numbers", "text", "constant"
  std::size_t distinct = 0;
  Count missing = 0;
  Role role = Role::kInsensitive;  ///< suggested
  std::string hierarchy;           ///< suggested, as TOML; empty for none
  std::string why;
};

/// Looks at every column of `table`, whose first of `missing` cells means missing.
std::vector<ColumnSketch> sketch(const Table& table, const std::string& missing);

}  // namespace throng
