// Three ways to count: flags, one sorted run, many runs.
#include "throng/lattice/run_counter.hpp"

namespace throng {

namespace {

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
  if (next.is_of_flag()) {
    Weight records = 0;
    for (const Run& run : runs) records += run.weight;
    count_flag(items, records, depth, next, to);
  } else if (runs.size() == 1) {
    count_sorted(items, depth, next, to);
  } else {
    const auto leaf_of = [&](const Item& item) { return next.leaf[depth.next[item.suffix]]; };
    // A word of the bit map per item is read sooner than the ends of the runs are looked up.
    const NumberRange all{0, static_cast<std::uint32_t>(next.num_leaves() - 1)};
    const NumberRange range = all.num_words() <= items.size() ? all : range_of(from.items(), runs, leaf_of);
    sums_.for_each_sum(items, range, leaf_of, [&](Code leaf, Weight weight) { add_run(to, leaf, weight); });
  }
  to.begin.push_back(static_cast<std::uint32_t>(to.runs.size()));
}

}  // namespace throng
