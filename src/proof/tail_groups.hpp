// The records of a family in groups: equal in the QIs that it fixes and in those of the tail decided so far.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "proof/cost_floors.hpp"
#include "proof/tail_table.hpp"

namespace throng {

/// Groups of at least k records. Smaller ones are suppressed in the whole family and leave.
struct TailGroups {
  /// Records of a group that agree in the rest of the tail.
  struct Item {
    std::uint32_t suffix;
    Weight weight;
  };
  /// Records of a group that agree in the next QI of the tail.
  struct Run {
    Code leaf;
    Weight weight;
    std::uint32_t end;  ///< of its items, which begin where those of the run before end
  };

  std::vector<Item> items;  ///< by group, ascending by suffix; the first num_items count
  std::size_t num_items = 0;
  std::vector<Run> runs;                 ///< by group, ascending by leaf
  std::vector<std::uint32_t> first_run;  ///< per group, and the end
  std::vector<std::uint32_t> costs;      ///< per group: cell cost of each uneven QI decided so far
  std::size_t costs_per_group = 0;

  /// Makes it empty; up to `most_items` items and `num_costs` costs per group will come.
  void clear(std::size_t most_items, std::size_t num_costs);
  [[nodiscard]] std::size_t num_groups() const { return first_run.size() - 1; }
  [[nodiscard]] std::span<const Item> items_of(std::size_t first, std::size_t end) const {
    const std::uint32_t begin = first == 0 ? 0 : runs[first - 1].end;
    return {items.data() + begin, runs[end - 1].end - begin};
  }
  [[nodiscard]] std::span<const std::uint32_t> costs_of(std::size_t group) const {
    return {costs.data() + group * costs_per_group, costs_per_group};
  }
};

/// Appends one group to others: its items in the order of their suffixes.
class GroupWriter {
 public:
  explicit GroupWriter(TailGroups& groups) : groups_(groups), next_(groups.items.data() + groups.num_items) {}

  /// `leaf`: the first of the suffix.
  void add(std::uint32_t suffix, Weight weight, Code leaf) {
    if (leaf != run_.leaf) end_run();
    run_.leaf = leaf;
    run_.weight += weight;
    *next_++ = {suffix, weight};
  }
  /// Ends the group.
  void finish() {
    end_run();
    groups_.num_items = static_cast<std::size_t>(next_ - groups_.items.data());
    groups_.first_run.push_back(static_cast<std::uint32_t>(groups_.runs.size()));
  }

 private:
  void end_run() {
    if (run_.weight == 0) return;
    run_.end = static_cast<std::uint32_t>(next_ - groups_.items.data());
    groups_.runs.push_back(run_);
    run_.weight = 0;
  }

  TailGroups& groups_;
  TailGroups::Item* next_;
  TailGroups::Run run_{0, 0, 0};
};

/// Sums weights by suffix and gives them back in ascending order: what a sort does, without one.
class SuffixSums {
 public:
  explicit SuffixSums(std::size_t num_suffixes);

  void add(const TailSuffix& of, Weight weight) {
    const std::uint32_t suffix = of.rest;
    weights_[suffix] += weight;
    leaves_[suffix] = of.next_leaf;
    words_[suffix / kBits] |= std::uint64_t{1} << (suffix % kBits);
    pages_[suffix / kBits / kBits] |= std::uint64_t{1} << (suffix / kBits % kBits);
  }
  /// Calls body(suffix, weight) for each and forgets them.
  template <typename Body>
  void take(const Body& body);

 private:
  static constexpr std::uint32_t kBits = 64;

  std::vector<Weight> weights_;
  std::vector<Code> leaves_;
  std::vector<std::uint64_t> words_;  ///< a bit per suffix
  std::vector<std::uint64_t> pages_;  ///< a bit per word
};

template <typename Body>
void SuffixSums::take(const Body& body) {
  for (std::size_t p = 0; p < pages_.size(); ++p) {
    for (; pages_[p] != 0; pages_[p] &= pages_[p] - 1) {
      const std::size_t w = p * kBits + static_cast<std::size_t>(std::countr_zero(pages_[p]));
      for (; words_[w] != 0; words_[w] &= words_[w] - 1) {
        const std::size_t suffix = w * kBits + static_cast<std::size_t>(std::countr_zero(words_[w]));
        body(static_cast<std::uint32_t>(suffix), std::exchange(weights_[suffix], 0), leaves_[suffix]);
      }
    }
  }
}

}  // namespace throng
