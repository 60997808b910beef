// Numbers of rows against a map of their values.
#include "proof/numbering.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace throng {
namespace {

/// Parts 500 rows by three columns, the last with `num_values` values; numbers must be ranks of (number
/// before, value).
void expect_ranks(std::size_t num_values) {
  std::mt19937_64 random(num_values);
  Numbering numbering;
  numbering.start(500);
  EXPECT_EQ(numbering.count, 1U);
  std::vector<std::vector<Code>> rows(500);
  for (const std::size_t values : {std::size_t{4}, std::size_t{30}, num_values}) {
    std::vector<Code> value_of_leaf(values);
    for (std::size_t leaf = 0; leaf < values; ++leaf) value_of_leaf[leaf] = static_cast<Code>(leaf / 2);
    std::vector<Code> leaves;
    for (std::vector<Code>& row : rows) {
      leaves.push_back(static_cast<Code>(random() % values));
      row.push_back(value_of_leaf[leaves.back()]);
    }
    Numbering parted;
    parted.part(numbering, {leaves, value_of_leaf, values});
    numbering.part(numbering, {leaves, value_of_leaf, values});
    EXPECT_EQ(parted.ids, numbering.ids);
    std::map<std::vector<Code>, std::uint32_t> ranks;
    for (const std::vector<Code>& row : rows) ranks[row] = 0;
    std::uint32_t next = 0;
    for (auto& [row, rank] : ranks) rank = next++;
    EXPECT_EQ(numbering.count, next);
    for (std::size_t r = 0; r < rows.size(); ++r) ASSERT_EQ(numbering.ids[r], ranks[rows[r]]);
  }
}

TEST(Numbering, RanksRowsByATableOfKeys) { expect_ranks(8); }

TEST(Numbering, RanksRowsBySortingWhereKeysAreMany) { expect_ranks(std::size_t{1} << 20); }

}  // namespace
}  // namespace throng
