// Builds the suffix numbers from the last quasi-identifier to the first.
#include "throng/lattice/suffixes.hpp"

#include <numeric>

#include "throng/core/check.hpp"

namespace throng {

namespace {

/// A tuple and the number of its suffix.
struct Ranked {
  std::uint32_t tuple;
  Suffix suffix;
};

/// Stable counting sort by leaf code of tuples in the order of their suffixes: those of leaf v come before
/// end[v].
std::vector<Ranked> sort_by_leaf(const std::vector<Ranked>& by_suffix, const std::vector<Code>& codes,
                                 Code num_leaves, std::vector<std::uint32_t>& end) {
  end.assign(num_leaves + 1, 0);
  for (const Code code : codes) ++end[code + 1];
  std::partial_sum(end.begin(), end.end(), end.begin());
  std::vector<Ranked> sorted(by_suffix.size());
  for (const Ranked& ranked : by_suffix) sorted[end[codes[ranked.tuple]]++] = ranked;
  end.pop_back();
  return sorted;
}

/// Numbers the suffixes of one depth. `sorted`: by leaf, those of leaf v before end[v]; each with the number
/// one depth below, and then at this depth.
SuffixDepth number_depth(std::vector<Ranked>& sorted, const std::vector<std::uint32_t>& end) {
  SuffixDepth depth;
  depth.first.push_back(0);
  std::uint32_t i = 0;
  for (std::size_t leaf = 0; leaf < end.size(); ++leaf) {
    for (Suffix last = ~Suffix{0}; i < end[leaf]; ++i) {
      if (sorted[i].suffix != last) {
        last = sorted[i].suffix;
        depth.next.push_back(last);
      }
      sorted[i].suffix = static_cast<Suffix>(depth.next.size() - 1);
    }
    depth.leaf.resize(depth.next.size(), static_cast<Code>(leaf));
    depth.first.push_back(static_cast<Suffix>(depth.next.size()));
  }
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
  std::vector<Code> codes(tuples.size());
  std::vector<std::uint32_t> end;
  for (std::size_t i = order.size(); i-- > 0;) {
    const std::size_t j = order[i];
    for (std::size_t t = 0; t < tuples.size(); ++t) codes[t] = tuples.code(t, j);
    sorted = sort_by_leaf(sorted, codes, num_leaves[j], end);
    table.depths[i] = number_depth(sorted, end);
    table.depths[i].qi = j;
  }
  table.root.resize(tuples.size());
  for (const Ranked& ranked : sorted) table.root[ranked.tuple] = ranked.suffix;
  return table;
}

}  // namespace throng
