// Suffix tables: the example of the header, and shortened tables against tables made of the first QIs alone.
#include "throng/lattice/suffixes.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "support/random_problem.hpp"
#include "throng/lattice/lattice.hpp"

namespace throng {
namespace {

void expect_equal(const SuffixDepth& a, const SuffixDepth& b) {
  EXPECT_EQ(a.qi, b.qi);
  EXPECT_EQ(a.first, b.first);
  EXPECT_EQ(a.leaf, b.leaf);
  EXPECT_EQ(a.next, b.next);
}

TEST(SuffixTable, NumbersTheExample) {
  // The tuples (a,x), (a,y), (b,x), twice the last one.
  const std::vector<Code> first{0, 0, 1, 1};
  const std::vector<Code> second{0, 1, 0, 0};
  const std::vector<Code> identity{0, 1};
  const DistinctTuples tuples =
      make_distinct(std::vector<LeafColumn>{{first, identity, 2}, {second, identity, 2}}, 4, 1);
  const SuffixTable table =
      make_suffix_table(tuples, std::vector<Code>{2, 2}, std::vector<std::size_t>{0, 1});
  EXPECT_EQ(table.depths[0].leaf, (std::vector<Code>{0, 0, 1}));
  EXPECT_EQ(table.depths[0].next, (std::vector<Suffix>{0, 1, 0}));
  EXPECT_EQ(table.depths[0].first, (std::vector<Suffix>{0, 2, 3}));
  EXPECT_EQ(table.depths[1].leaf, (std::vector<Code>{0, 1}));
  EXPECT_EQ(table.depths[1].next, (std::vector<Suffix>{0, 0}));
  EXPECT_EQ(table.records, (std::vector<Weight>{1, 1, 2}));
  EXPECT_EQ(table.root, (std::vector<Suffix>{0, 1, 2}));
}

TEST(SuffixTable, AShortenedOneIsThatOfTheFirstQIsAlone) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Problem problem = test::random_problem({.num_qi = 6, .num_records = 500, .max_leaves = 9}, seed);
    const std::vector<Code> leaves = leaf_counts(problem.lattice);
    std::vector<std::size_t> order(problem.lattice.num_axes());
    std::iota(order.rbegin(), order.rend(), std::size_t{0});
    const SuffixTable full = make_suffix_table(problem.tuples, leaves, order);
    for (std::size_t m = 1; m <= order.size(); ++m) {
      const SuffixTable expected =
          make_suffix_table(problem.tuples, leaves, std::span<const std::size_t>(order).first(m));
      const SuffixTable shorter = shortened(full, m);
      ASSERT_EQ(shorter.depths.size(), m);
      for (std::size_t i = 0; i < m; ++i) expect_equal(shorter.depths[i], expected.depths[i]);
      EXPECT_EQ(shorter.records, expected.records);
    }
  }
}

TEST(SuffixTable, OneOfNoRecordsIsEmpty) {
  const std::vector<LeafColumn> columns(5, LeafColumn{{}, {}, 0});  // of more than one word
  const SuffixTable table = make_suffix_table(make_distinct(columns, 0, 1), std::vector<Code>(5, 0),
                                              std::vector<std::size_t>{4, 1, 0, 3, 2});
  for (const SuffixDepth& depth : table.depths) EXPECT_EQ(depth.size(), 0U);
  EXPECT_TRUE(shortened(table, 1).records.empty());
}

TEST(SuffixTable, OneOfNoQIsHasAllRecordsInTheEmptySuffix) {
  const Problem problem = test::random_problem({.num_qi = 2, .num_records = 30, .max_leaves = 3}, 1);
  const SuffixTable table = make_suffix_table(problem.tuples, leaf_counts(problem.lattice), {});
  EXPECT_EQ(table.records, std::vector<Weight>{30});
}

}  // namespace
}  // namespace throng
