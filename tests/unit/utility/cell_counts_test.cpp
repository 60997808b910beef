// Dense and sorted counting of pairs agree.
#include "utility/cell_counts.hpp"

#include <gtest/gtest.h>

#include <map>

#include "throng/core/hash.hpp"

namespace throng {
namespace {

using Cells = std::map<std::pair<Code, Code>, Count>;

void expect_counts(std::size_t num_a, std::size_t num_b) {
  std::vector<Code> a, b;
  Cells expected;
  for (std::uint64_t i = 0; i < 500; ++i) {
    a.push_back(static_cast<Code>(scale_to(hash_at(1, i), num_a)));
    b.push_back(static_cast<Code>(scale_to(hash_at(2, i % 50), num_b)));
    ++expected[{a.back(), b.back()}];
  }
  const CellCounts counts(a, b, num_a, num_b);
  Cells found;
  std::pair<Code, Code> last{0, 0};
  counts.for_each([&](Code x, Code y, Weight count) {
    EXPECT_TRUE(found.empty() || last < std::pair(x, y));
    last = {x, y};
    found[last] = count;
    EXPECT_EQ(counts.at(x, y), count);
  });
  EXPECT_EQ(found, expected);
  EXPECT_EQ(counts.at(static_cast<Code>(num_a - 1), static_cast<Code>(num_b - 1)),
            expected.count({static_cast<Code>(num_a - 1), static_cast<Code>(num_b - 1)}) == 0
                ? 0U
                : expected.at({static_cast<Code>(num_a - 1), static_cast<Code>(num_b - 1)}));
}

TEST(CellCounts, Dense) { expect_counts(7, 5); }
TEST(CellCounts, Sorted) { expect_counts(70000, 65000); }

}  // namespace
}  // namespace throng
