// A table of all keys while it stays in the cache, else sorted keys.
#include "proof/numbering.hpp"

#include <algorithm>

namespace throng {

namespace {

/// A table of more keys than that is as large as the rows, a few times over, or makes room for sorting.
constexpr std::uint64_t kMostKeys = std::uint64_t{1} << 18;
constexpr std::uint64_t kMostKeysPerRow = 8;

std::uint64_t key_of(const Numbering& from, const LeveledColumn& column, std::size_t row) {
  return from.ids[row] * std::uint64_t{column.num_values} + column.value_of_leaf[column.leaves[row]];
}

}  // namespace

LeveledColumn column_at(const Hierarchy& hierarchy, Level level, std::span<const Code> leaves) {
  return {leaves, hierarchy.value_of_leaf[level], hierarchy.labels[level].size()};
}

void Numbering::start(std::size_t num_rows) {
  ids.assign(num_rows, 0);
  count = 1;
}

void Numbering::part(const Numbering& from, const LeveledColumn& column) {
  if (column.num_values == 1) {  // nothing to part
    ids = from.ids;
    count = from.count;
    return;
  }
  const std::uint64_t num_keys = from.count * std::uint64_t{column.num_values};
  if (num_keys > std::max(kMostKeys, kMostKeysPerRow * from.ids.size())) return part_by_sorting(from, column);
  number_of_key_.assign(num_keys, 0);
  ids.resize(from.ids.size());
  for (std::size_t row = 0; row < ids.size(); ++row) number_of_key_[key_of(from, column, row)] = 1;
  std::uint32_t next = 0;
  for (std::uint32_t& number : number_of_key_)
    if (number != 0) number = next++;
  for (std::size_t row = 0; row < ids.size(); ++row) ids[row] = number_of_key_[key_of(from, column, row)];
  count = next;
}

void Numbering::part_by_sorting(const Numbering& from, const LeveledColumn& column) {
  std::vector<std::uint64_t> keys(from.ids.size());
  for (std::size_t row = 0; row < keys.size(); ++row) keys[row] = key_of(from, column, row);
  std::vector<std::uint64_t> distinct = keys;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  ids.resize(keys.size());
  for (std::size_t row = 0; row < keys.size(); ++row)
    ids[row] = static_cast<std::uint32_t>(std::lower_bound(distinct.begin(), distinct.end(), keys[row]) -
                                          distinct.begin());
  count = static_cast<std::uint32_t>(distinct.size());
}

}  // namespace throng
