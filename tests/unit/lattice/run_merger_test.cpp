// Merging runs of all sizes, near and far apart, against a map: every way of merging must give the same.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "throng/lattice/groups.hpp"

namespace throng {
namespace {

/// A group of runs whose suffixes have random numbers at the next depth, ascending in each run.
struct RandomRuns {
  SuffixDepth depth;
  Groups groups{1U << 16};
  std::vector<Run> runs;
  std::map<Suffix, Weight> expected;

  RandomRuns(std::size_t num_runs, std::size_t most_items, Suffix num_next, std::mt19937_64& random) {
    Item* const items = groups.open_group();
    std::uint32_t size = 0;
    for (std::size_t r = 0; r < num_runs; ++r) {
      std::map<Suffix, Weight> run;
      for (std::size_t i = 1 + random() % most_items; i > 0; --i) {
        // Half of them at a few places, or runs far apart would hardly have any in common.
        const std::uint64_t next = random() % 2 == 0 ? random() % num_next : random() % 50 * (num_next / 50);
        run[static_cast<Suffix>(next)] = static_cast<Weight>(1 + random() % 5);
      }
      runs.push_back({size, size, static_cast<Code>(r), 0});
      for (const auto& [next, weight] : run) {
        depth.next.push_back(next);
        items[size] = {size, weight};
        runs.back().end = ++size;
        runs.back().weight += weight;
        expected[next] += weight;
      }
    }
    Weight records = 0;
    for (const Run& run : runs) records += run.weight;
    groups.close_group(size, records);
  }
};

TEST(RunMerger, EveryWayOfMergingEqualsAMap) {
  std::mt19937_64 random(11);
  RunMerger merger;
  for (const std::size_t num_runs : {1U, 2U, 3U, 9U})
    for (const std::size_t most_items : {1U, 4U, 60U, 2000U})
      for (const Suffix num_next : {3U, 200U, 40'000U, 1'000'000U})
        for (int repeat = 0; repeat < 10; ++repeat) {
          const RandomRuns from(num_runs, most_items, num_next, random);
          Groups to(from.groups.num_items());
          merger.append(from.groups, from.runs, from.depth, to);
          std::map<Suffix, Weight> merged;
          Suffix last = 0;
          for (const Item& item : to.group(0)) {
            EXPECT_TRUE(merged.empty() || item.suffix > last);
            merged[last = item.suffix] += item.weight;
          }
          ASSERT_EQ(merged, from.expected)
              << num_runs << " runs, " << most_items << " items, " << num_next << " suffixes";
          EXPECT_EQ(to.weight(0), from.groups.weight(0));
        }
}

}  // namespace
}  // namespace throng
