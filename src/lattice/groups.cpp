// Runs and merges: the inner loops of every walk over the lattice.
#include "throng/lattice/groups.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "throng/core/check.hpp"

namespace throng {

namespace {

// Sums by suffix need a scan of the bit map. With few items to so many of its words something else is faster
// (docs/performance.md): a merge of two runs, up to so many items an insertion sort, a sort.
constexpr double kLeastItemsPerWordOfTwoRuns = 4;
constexpr double kLeastItemsPerWord = 1.0 / 8;
constexpr double kLeastItemsPerWordOfManyRuns = 1.0 / 16;
constexpr std::size_t kMostInsertedItems = 24;

/// One run: suffixes keep their order and stay distinct, only their numbers change.
std::size_t copy_run(const Item* items, const Run& run, const std::vector<Suffix>& next, Item* out) {
  for (std::uint32_t i = run.begin; i < run.end; ++i) *out++ = {next[items[i].suffix], items[i].weight};
  return run.end - run.begin;
}

/// Two runs: a linear merge without unpredictable branches.
std::size_t merge_two(const Item* items, const Run& a, const Run& b, const std::vector<Suffix>& next,
                      Item* out) {
  const Item* const begin = out;
  std::uint32_t i = a.begin;
  std::uint32_t j = b.begin;
  while (i < a.end && j < b.end) {
    const Suffix x = next[items[i].suffix];
    const Suffix y = next[items[j].suffix];
    const bool takes_x = x <= y;
    const bool takes_y = y <= x;
    *out++ = {takes_x ? x : y, (takes_x ? items[i].weight : 0) + (takes_y ? items[j].weight : 0)};
    i += takes_x;
    j += takes_y;
  }
  for (; i < a.end; ++i) *out++ = {next[items[i].suffix], items[i].weight};
  for (; j < b.end; ++j) *out++ = {next[items[j].suffix], items[j].weight};
  return static_cast<std::size_t>(out - begin);
}

/// Few items in many runs: insertion sort that adds equal suffixes on the way.
std::size_t insert_sorted(const Item* items, std::span<const Run> runs, const std::vector<Suffix>& next,
                          Item* out) {
  std::size_t size = 0;
  for (std::uint32_t i = runs.front().begin; i < runs.back().end; ++i) {
    const Item item{next[items[i].suffix], items[i].weight};
    std::size_t at = size;
    while (at > 0 && out[at - 1].suffix > item.suffix) --at;
    if (at > 0 && out[at - 1].suffix == item.suffix) {
      out[at - 1].weight += item.weight;
      continue;
    }
    std::copy_backward(out + at, out + size, out + size + 1);
    out[at] = item;
    ++size;
  }
  return size;
}

/// Many items in many runs, far apart: a sort, then equal neighbours are added.
std::size_t sort_and_add(std::span<const Item> items, const std::vector<Suffix>& next, Item* out) {
  Item* const end = std::transform(items.begin(), items.end(), out, [&](const Item& item) {
    return Item{next[item.suffix], item.weight};
  });
  std::sort(out, end, [](const Item& a, const Item& b) { return a.suffix < b.suffix; });
  Item* last = out;
  for (const Item* item = out + 1; item < end; ++item) {
    if (item->suffix == last->suffix)
      last->weight += item->weight;
    else
      *++last = *item;
  }
  return static_cast<std::size_t>(last + 1 - out);
}

/// The two runs of a flag: searched for, and only the shorter one is added up.
void find_runs_of_flag(const Groups& groups, const SuffixDepth& depth, Runs& runs) {
  const Item* const items = groups.items();
  std::uint32_t begin = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto end = static_cast<std::uint32_t>(begin + groups.group(g).size());
    const Item* const found =
        std::partition_point(items + begin, items + end,
                             [first = depth.first[1]](const Item& item) { return item.suffix < first; });
    const auto middle = static_cast<std::uint32_t>(found - items);
    const bool is_first_shorter = middle - begin < end - middle;
    Weight shorter = 0;
    for (std::uint32_t i = is_first_shorter ? begin : middle; i < (is_first_shorter ? middle : end); ++i)
      shorter += items[i].weight;
    const Weight longer = groups.weight(g) - shorter;
    if (begin < middle) runs.runs.push_back({begin, middle, 0, is_first_shorter ? shorter : longer});
    if (middle < end) runs.runs.push_back({middle, end, 1, is_first_shorter ? longer : shorter});
    runs.begin.push_back(static_cast<std::uint32_t>(runs.runs.size()));
    begin = end;
  }
}

}  // namespace

Groups root_group(const SuffixTable& table, std::size_t depth) {
  std::vector<Weight> records = table.records;  // per suffix
  for (std::size_t i = 0; i < depth; ++i) {
    const std::vector<Weight> finer = std::exchange(records, std::vector<Weight>(table.depths[i + 1].size()));
    for (std::size_t s = 0; s < finer.size(); ++s) records[table.depths[i].next[s]] += finer[s];
  }
  Groups groups(records.size());
  Item* const items = groups.open_group();
  for (std::size_t s = 0; s < records.size(); ++s) items[s] = {static_cast<Suffix>(s), records[s]};
  groups.close_group(records.size(), std::accumulate(records.begin(), records.end(), Weight{0}));
  return groups;
}

void find_runs(const Groups& groups, const SuffixDepth& depth, Runs& runs) {
  runs.clear();
  if (depth.is_of_flag()) return find_runs_of_flag(groups, depth, runs);
  const Item* const items = groups.items();
  std::uint32_t i = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto end = static_cast<std::uint32_t>(i + groups.group(g).size());
    while (i < end) {
      Run run{i, i, depth.leaf[items[i].suffix], 0};
      const Suffix limit = depth.first[run.leaf + 1];
      for (; i < end && items[i].suffix < limit; ++i) run.weight += items[i].weight;
      run.end = i;
      runs.runs.push_back(run);
    }
    runs.begin.push_back(static_cast<std::uint32_t>(runs.runs.size()));
  }
}

void RunMerger::append(const Groups& from, std::span<const Run> runs, const SuffixDepth& depth, Groups& to) {
  THRONG_CHECK_HEAVY(!runs.empty() &&
                     to.num_items() + (runs.back().end - runs.front().begin) <= to.capacity());
  Item* const out = to.open_group();
  const std::size_t size = runs.size() == 1 ? copy_run(from.items(), runs[0], depth.next, out)
                                            : merge(from.items(), runs, depth.next, out);
  Weight records = 0;
  for (const Run& run : runs) records += run.weight;
  to.close_group(size, records);
}

/// Two runs or more, in the way that is fastest.
std::size_t RunMerger::merge(const Item* items, std::span<const Run> runs, const std::vector<Suffix>& next,
                             Item* out) {
  const auto suffix_of = [&](const Item& item) { return next[item.suffix]; };
  const NumberRange range = range_of(items, runs, suffix_of);
  const std::span<const Item> all(items + runs.front().begin, items + runs.back().end);
  const double items_per_word = static_cast<double>(all.size()) / static_cast<double>(range.num_words());
  if (runs.size() == 2 && items_per_word < kLeastItemsPerWordOfTwoRuns)
    return merge_two(items, runs[0], runs[1], next, out);
  if (all.size() <= kMostInsertedItems && items_per_word < kLeastItemsPerWord)
    return insert_sorted(items, runs, next, out);
  if (items_per_word < kLeastItemsPerWordOfManyRuns) return sort_and_add(all, next, out);
  const Item* const begin = out;
  sums_.for_each_sum(all, range, suffix_of, [&](Suffix suffix, Weight weight) { *out++ = {suffix, weight}; });
  return static_cast<std::size_t>(out - begin);
}

}  // namespace throng
