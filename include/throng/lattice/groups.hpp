// The kernel's state: groups of sorted items, refined one quasi-identifier at a time by linear merges.
//
// An item is (suffix not yet decided, number of records). A group is a run of items sorted by suffix, none
// twice: the records that agree on all that is decided. To decide QI j at level l, find the runs of each
// group that share a leaf of j; runs whose leaves are equal at level l are neighbours (leaves are numbered
// depth first) and become one group of the next depth, their suffixes looked up there and merged, equal ones
// adding their records. Cost: O(items) per refinement where suffixes lie dense, O(items log items) else.
// Invariant: the weights of a group sum to the size of its class.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/lattice/ordered_sums.hpp"
#include "throng/lattice/suffixes.hpp"

namespace throng {

struct Item {
  Suffix suffix;
  Weight weight;
};

/// Groups of one prefix. Room for `capacity` items is reserved once and reused; it is touched only as it is
/// needed.
class Groups {
 public:
  Groups() = default;
  explicit Groups(std::size_t capacity)
      : items_(std::make_unique_for_overwrite<Item[]>(capacity)), capacity_(capacity) {}

  [[nodiscard]] std::size_t size() const { return begin_.size() - 1; }
  [[nodiscard]] std::size_t num_items() const { return begin_.back(); }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::span<const Item> group(std::size_t g) const {
    return {items_.get() + begin_[g], begin_[g + 1] - begin_[g]};
  }
  [[nodiscard]] const Item* items() const { return items_.get(); }

  /// Records of group g.
  [[nodiscard]] Weight weight(std::size_t g) const { return weights_[g]; }

  void clear() {
    begin_.resize(1);
    weights_.clear();
  }
  /// Where the next group's items go; close_group() says how many there are, and of how many records.
  [[nodiscard]] Item* open_group() { return items_.get() + begin_.back(); }
  void close_group(std::size_t num_items, Weight weight) {
    begin_.push_back(begin_.back() + static_cast<std::uint32_t>(num_items));
    weights_.push_back(weight);
  }

  /// Takes back the last group.
  void drop_group() {
    begin_.pop_back();
    weights_.pop_back();
  }

 private:
  std::unique_ptr<Item[]> items_;
  std::size_t capacity_ = 0;
  std::vector<std::uint32_t> begin_{0};
  std::vector<Weight> weights_;
};

/// Items [begin, end) of a group that share a leaf of the QI to be decided, and the records they stand for.
struct Run {
  std::uint32_t begin;
  std::uint32_t end;
  Code leaf;
  Weight weight;
};

/// The runs of all groups of a prefix, group by group.
struct Runs {
  std::vector<Run> runs;
  std::vector<std::uint32_t> begin;  ///< runs of group g: [begin[g], begin[g + 1])

  void clear() {
    runs.clear();
    begin.assign(1, 0);
  }
  [[nodiscard]] std::span<const Run> of_group(std::size_t g) const {
    return {runs.data() + begin[g], begin[g + 1] - begin[g]};
  }
};

/// The least and the greatest number of the items of some runs, within each of which it never falls.
template <typename NumberOf>
NumberRange range_of(const Item* items, std::span<const Run> runs, const NumberOf& number_of) {
  NumberRange range{number_of(items[runs[0].begin]), 0};
  for (const Run& run : runs) {
    range.low = std::min<std::uint32_t>(range.low, number_of(items[run.begin]));
    range.high = std::max<std::uint32_t>(range.high, number_of(items[run.end - 1]));
  }
  return range;
}

/// The one group of all records when only the QIs from `depth` on exist: every suffix there, with its
/// records.
Groups root_group(const SuffixTable& table, std::size_t depth = 0);

/// Cuts every group into its runs by leaf of the QI of `depth`.
void find_runs(const Groups& groups, const SuffixDepth& depth, Runs& runs);

/// Calls visit(runs of one value, its records) for every value of `level` among the runs of a group.
template <typename Visit>
void for_each_value(std::span<const Run> runs, const std::vector<Code>& value_of_leaf, const Visit& visit) {
  for (std::size_t begin = 0; begin < runs.size();) {
    const Code value = value_of_leaf[runs[begin].leaf];
    Count weight = 0;
    std::size_t end = begin;
    for (; end < runs.size() && value_of_leaf[runs[end].leaf] == value; ++end) weight += runs[end].weight;
    visit(runs.subspan(begin, end - begin), value, weight);
    begin = end;
  }
}

/// Merges runs of one group into one group of the next depth. Keeps scratch space, so one per thread.
class RunMerger {
 public:
  /// Appends to `to` the group of all items of `runs` (of groups `from`, at `depth`).
  void append(const Groups& from, std::span<const Run> runs, const SuffixDepth& depth, Groups& to);

 private:
  std::size_t merge(const Item* items, std::span<const Run> runs, const std::vector<Suffix>& next, Item* out);

  OrderedSums sums_;
};

}  // namespace throng
