// Builds the suffix numbers from the last quasi-identifier to the first.
#include "throng/lattice/suffixes.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "throng/core/check.hpp"

namespace throng {

namespace {

/// A tuple and the number of its suffix.
struct Ranked {
  std::uint32_t tuple;
  Suffix suffix;
};

/// Sorts tuples by leaf, those of one leaf staying in their order. Parts of the list are sorted side by side:
/// most tuples share a leaf, and each waits for the counter that the one before has raised.
class LeafSorter {
 public:
  /// `end[v]` becomes where the tuples of leaf v end.
  void sort(std::vector<Ranked>& list, const std::vector<Code>& codes, Code num_leaves,
            std::vector<Suffix>& end);

 private:
  static constexpr std::size_t kParts = 4;

  std::vector<Code> leaf_;    // per place in the list
  std::vector<Suffix> next_;  // per leaf and part: tuples, then place of the next one
  std::vector<Ranked> sorted_;
};

void LeafSorter::sort(std::vector<Ranked>& list, const std::vector<Code>& codes, Code num_leaves,
                      std::vector<Suffix>& end) {
  const std::size_t part_size = list.size() / kParts;
  const auto for_each = [&](const auto& visit) {
    for (std::size_t i = 0; i < part_size; ++i)
      for (std::size_t part = 0; part < kParts; ++part) visit(part * part_size + i, part);
    for (std::size_t i = kParts * part_size; i < list.size(); ++i) visit(i, kParts - 1);
  };
  leaf_.resize(list.size());
  sorted_.resize(list.size());
  next_.assign(num_leaves * kParts, 0);
  for_each([&](std::size_t i, std::size_t part) {
    leaf_[i] = codes[list[i].tuple];
    ++next_[leaf_[i] * kParts + part];
  });
  std::exclusive_scan(next_.begin(), next_.end(), next_.begin(), Suffix{0});
  for_each([&](std::size_t i, std::size_t part) { sorted_[next_[leaf_[i] * kParts + part]++] = list[i]; });
  end.resize(num_leaves);
  for (Code v = 0; v < num_leaves; ++v) end[v] = next_[v * kParts + kParts - 1];
  list.swap(sorted_);
}

/// Numbers the suffixes of one depth. Items are given by leaf, those of leaf v before end[v], and within a
/// leaf by rest_of(item), the number of the rest one depth below; `set_number` is told the number of each.
template <typename RestOf, typename SetNumber>
SuffixDepth number_depth(std::span<const Suffix> end, std::vector<Suffix>& scratch, const RestOf& rest_of,
                         const SetNumber& set_number) {
  SuffixDepth depth;
  depth.first.push_back(0);
  scratch.resize(end.empty() ? 0 : end.back());
  Suffix size = 0;
  Suffix item = 0;
  for (const Suffix end_of_leaf : end) {
    for (Suffix last = ~Suffix{0}; item < end_of_leaf; ++item) {
      const Suffix rest = rest_of(item);
      size += rest != last ? 1 : 0;
      scratch[size - 1] = last = rest;
      set_number(item, size - 1);
    }
    depth.first.push_back(size);
  }
  depth.leaf.resize(size);
  for (std::size_t leaf = 0; leaf < end.size(); ++leaf)
    std::fill(depth.leaf.begin() + depth.first[leaf], depth.leaf.begin() + depth.first[leaf + 1],
              static_cast<Code>(leaf));
  depth.next.assign(scratch.begin(), scratch.begin() + size);
  return depth;
}

}  // namespace

SuffixTable make_suffix_table(const DistinctTuples& tuples, std::span<const Code> num_leaves,
                              std::span<const std::size_t> order) {
  THRONG_CHECK(order.size() <= tuples.num_qi() && num_leaves.size() == tuples.num_qi());
  SuffixTable table;
  table.depths.resize(order.size());
  std::vector<Ranked> sorted(tuples.size());
  for (std::size_t t = 0; t < tuples.size(); ++t) sorted[t] = {static_cast<std::uint32_t>(t), 0};
  LeafSorter sorter;
  std::vector<Code> codes;
  std::vector<Suffix> end;
  std::vector<Suffix> scratch;
  for (std::size_t i = order.size(); i-- > 0;) {
    const std::size_t j = order[i];
    tuples.read_codes(j, codes);
    sorter.sort(sorted, codes, num_leaves[j], end);
    table.depths[i] = number_depth(
        end, scratch, [&](Suffix item) { return sorted[item].suffix; },
        [&](Suffix item, Suffix number) { sorted[item].suffix = number; });
    table.depths[i].qi = j;
  }
  table.root.resize(tuples.size());
  table.records.resize(order.empty() ? 1 : table.depths[0].size(), 0);
  for (const Ranked& ranked : sorted) {
    table.root[ranked.tuple] = ranked.suffix;
    table.records[ranked.suffix] += tuples.weights[ranked.tuple];
  }
  return table;
}

SuffixTable shortened(const SuffixTable& table, std::size_t num_depths) {
  THRONG_CHECK(num_depths > 0 && num_depths <= table.depths.size());
  SuffixTable shorter;
  shorter.depths.resize(num_depths);
  std::vector<Suffix> scratch;
  // Per suffix of `table` one depth below: its number in the shorter table, where the last one is empty.
  std::vector<Suffix> number_below(
      num_depths < table.depths.size() ? table.depths[num_depths].size() : std::size_t{1}, 0);
  for (std::size_t i = num_depths; i-- > 0;) {
    const SuffixDepth& depth = table.depths[i];
    std::vector<Suffix> number(depth.size());
    shorter.depths[i] = number_depth(
        std::span(depth.first).subspan(1), scratch, [&](Suffix s) { return number_below[depth.next[s]]; },
        [&](Suffix s, Suffix new_number) { number[s] = new_number; });
    shorter.depths[i].qi = depth.qi;
    number_below = std::move(number);
  }
  shorter.records.resize(shorter.depths[0].size(), 0);
  for (std::size_t s = 0; s < table.records.size(); ++s) shorter.records[number_below[s]] += table.records[s];
  return shorter;
}

}  // namespace throng
