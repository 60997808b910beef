// Three ways to count: flags, one sorted run, many runs.
#include "throng/lattice/run_counter.hpp"

#include <bit>

namespace throng {

namespace {

constexpr std::size_t kWordBits = 64;
constexpr std::size_t kLeavesOfAFlag = 2;

void add_run(Runs& to, Code leaf, Weight weight) {
  if (weight > 0) to.runs.push_back({0, 0, leaf, weight});
}

/// Only the records of the second leaf are counted.
void count_flag(std::span<const Item> items, Weight records, const SuffixDepth& depth,
                const SuffixDepth& next, Runs& to) {
  const Suffix first = next.first[1];
  Weight second = 0;
  for (const Item& item : items) second += depth.next[item.suffix] >= first ? item.weight : 0;
  add_run(to, 0, records - second);
  add_run(to, 1, second);
}

/// The suffixes of one run stay in order, so those of a leaf are neighbours.
void count_sorted(std::span<const Item> items, const SuffixDepth& depth, const SuffixDepth& next, Runs& to) {
  for (std::size_t i = 0; i < items.size();) {
    const Code leaf = next.leaf[depth.next[items[i].suffix]];
    const Suffix limit = next.first[leaf + 1];
    Weight weight = 0;
    for (; i < items.size() && depth.next[items[i].suffix] < limit; ++i) weight += items[i].weight;
    add_run(to, leaf, weight);
  }
}

}  // namespace

void RunCounter::append(const Groups& from, std::span<const Run> runs, const SuffixDepth& depth,
                        const SuffixDepth& next, Runs& to) {
  const std::span<const Item> items(from.items() + runs.front().begin, from.items() + runs.back().end);
  if (next.first.size() == kLeavesOfAFlag + 1) {
    Weight records = 0;
    for (const Run& run : runs) records += run.weight;
    count_flag(items, records, depth, next, to);
  } else if (runs.size() == 1) {
    count_sorted(items, depth, next, to);
  } else {
    count_many(items, depth, next, to);
  }
  to.begin.push_back(static_cast<std::uint32_t>(to.runs.size()));
}

/// Weights are added in a table indexed by leaf; a bit map gives the leaves back in order.
void RunCounter::count_many(std::span<const Item> items, const SuffixDepth& depth, const SuffixDepth& next,
                            Runs& to) {
  const std::size_t num_leaves = next.first.size() - 1;
  if (weight_of_leaf_.size() < num_leaves) {
    weight_of_leaf_.resize(num_leaves, 0);
    is_present_.resize(num_leaves / kWordBits + 1, 0);
  }
  for (const Item& item : items) {
    const Code leaf = next.leaf[depth.next[item.suffix]];
    weight_of_leaf_[leaf] += item.weight;
    is_present_[leaf / kWordBits] |= std::uint64_t{1} << (leaf % kWordBits);
  }
  for (std::size_t word = 0; word <= num_leaves / kWordBits; ++word) {
    for (std::uint64_t bits = is_present_[word]; bits != 0; bits &= bits - 1) {
      const std::size_t leaf = word * kWordBits + static_cast<std::size_t>(std::countr_zero(bits));
      add_run(to, static_cast<Code>(leaf), weight_of_leaf_[leaf]);
      weight_of_leaf_[leaf] = 0;
    }
    is_present_[word] = 0;
  }
}

}  // namespace throng
