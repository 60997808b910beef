// Distinct tuples against a map of tuples, for codes that fill a word to the last bit and more words than
// one.
#include "throng/data/distinct.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <numeric>
#include <vector>

#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

/// Columns of random codes, column j with num_leaves[j] leaves; dictionary codes are the leaves reversed.
struct Records {
  std::vector<Code> num_leaves;
  std::vector<std::vector<Code>> codes;
  std::vector<std::vector<Code>> leaf_of_code;

  Records(std::vector<Code> leaves, Count num_records, std::uint64_t seed) : num_leaves(std::move(leaves)) {
    for (std::size_t j = 0; j < num_leaves.size(); ++j) {
      const Code dictionary = std::min<Code>(num_leaves[j], 5);  // few, so that tuples repeat
      leaf_of_code.emplace_back();
      for (Code code = 0; code < dictionary; ++code) leaf_of_code[j].push_back(num_leaves[j] - 1 - code);
      codes.emplace_back();
      for (Count i = 0; i < num_records; ++i)
        codes[j].push_back(static_cast<Code>(hash_at(seed + j, i) % dictionary));
    }
  }
  [[nodiscard]] std::vector<LeafColumn> columns() const {
    std::vector<LeafColumn> result;
    for (std::size_t j = 0; j < codes.size(); ++j)
      result.push_back({codes[j], leaf_of_code[j], num_leaves[j]});
    return result;
  }
  [[nodiscard]] std::vector<Code> leaves_of(Count record) const {
    std::vector<Code> leaves;
    for (std::size_t j = 0; j < codes.size(); ++j) leaves.push_back(leaf_of_code[j][codes[j][record]]);
    return leaves;
  }
};

void expect_distinct(const Records& records, Count num_records, int num_threads) {
  const DistinctTuples tuples = make_distinct(records.columns(), num_records, num_threads);
  std::map<std::vector<Code>, Weight> expected;
  for (Count i = 0; i < num_records; ++i) ++expected[records.leaves_of(i)];
  ASSERT_EQ(tuples.size(), expected.size());
  ASSERT_EQ(tuples.num_records(), num_records);
  ASSERT_EQ(tuples.num_qi(), records.codes.size());
  for (Count i = 0; i < num_records; ++i) {
    const std::uint32_t tuple = tuples.tuple_of_record[i];
    const std::vector<Code> leaves = records.leaves_of(i);
    for (std::size_t j = 0; j < leaves.size(); ++j) ASSERT_EQ(tuples.code(tuple, j), leaves[j]);
    ASSERT_EQ(tuples.weights[tuple], expected[leaves]);
  }
}

TEST(DistinctTuples, CountEveryCombinationOnce) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Records records({3, 2, 7, 1}, 500, seed);
    expect_distinct(records, 500, 1);
    expect_distinct(records, 500, 3);
  }
}

TEST(DistinctTuples, CodesFillAWordToTheLastBit) {
  constexpr Code kMost = std::numeric_limits<Code>::max();
  const Records records({kMost, kMost}, 300, 1);
  EXPECT_EQ(make_distinct(records.columns(), 300, 1).words_per_tuple, 1U);
  expect_distinct(records, 300, 1);
}

TEST(DistinctTuples, ACodeNeverStraddlesTwoWords) {
  constexpr Code kMost = std::numeric_limits<Code>::max();
  const Records records({kMost, 2, kMost, 1, kMost, 1000}, 300, 2);
  const DistinctTuples tuples = make_distinct(records.columns(), 300, 2);
  EXPECT_EQ(tuples.words_per_tuple, 3U);
  for (std::size_t j = 0; j < tuples.num_qi(); ++j) EXPECT_LE(tuples.shift[j] + tuples.bits[j], 64U);
  expect_distinct(records, 300, 2);
}

TEST(DistinctTuples, ManyQuasiIdentifiersTakeManyWords) {
  const Records records(std::vector<Code>(100, 200), 400, 3);  // 8 bits each
  const DistinctTuples tuples = make_distinct(records.columns(), 400, 2);
  EXPECT_EQ(tuples.words_per_tuple, 13U);
  expect_distinct(records, 400, 2);
}

TEST(DistinctTuples, AColumnOfOneLeafTakesNoBits) {
  const Records records({1, 1}, 50, 4);
  const DistinctTuples tuples = make_distinct(records.columns(), 50, 1);
  EXPECT_EQ(tuples.bits, (std::vector<unsigned>{0, 0}));
  EXPECT_EQ(tuples.size(), 1U);
  EXPECT_EQ(tuples.code(0, 1), 0U);
  EXPECT_EQ(tuples.weights[0], 50U);
}

TEST(DistinctTuples, WithoutQuasiIdentifiersAllRecordsAreAlike) {
  const DistinctTuples tuples = make_distinct({}, 7, 1);
  EXPECT_EQ(tuples.size(), 1U);
  EXPECT_EQ(tuples.weights[0], 7U);
}

TEST(DistinctTuples, WithoutRecordsThereAreNone) {
  const Records records({3, 4}, 0, 5);
  EXPECT_EQ(make_distinct(records.columns(), 0, 2).size(), 0U);
}

TEST(DistinctTuples, AreTheSameOnAnyNumberOfThreads) {
  const Records records({40, 30, 20}, 100000, 6);  // several chunks
  const DistinctTuples one = make_distinct(records.columns(), 100000, 1);
  const DistinctTuples four = make_distinct(records.columns(), 100000, 4);
  EXPECT_EQ(one.words, four.words);
  EXPECT_EQ(one.weights, four.weights);
  EXPECT_EQ(one.tuple_of_record, four.tuple_of_record);
  EXPECT_EQ(std::accumulate(one.weights.begin(), one.weights.end(), Count{0}), 100000U);
  for (std::uint32_t i = 1, seen = 0; i < 1000; ++i) {  // numbered by first appearance
    seen = std::max(seen, one.tuple_of_record[i - 1]);
    ASSERT_LE(one.tuple_of_record[i], seen + 1);
  }
}

TEST(DistinctTuples, RefuseMoreRecordsThanAWeightCounts) {
  try {
    static_cast<void>(make_distinct({}, Count{1} << 32, 1));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData);
    EXPECT_NE(std::string(error.what()).find("4294967296 records"), std::string::npos);
  }
}

}  // namespace
}  // namespace throng
