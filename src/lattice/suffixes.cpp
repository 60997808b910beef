// Builds the suffix numbers from the last quasi-identifier to the first.
#include "throng/lattice/suffixes.hpp"

#include <numeric>

#include "throng/core/check.hpp"

namespace throng {

namespace {

/// Stable counting sort of `by_suffix` (tuples in order of their suffix one depth below) by leaf code.
std::vector<std::uint32_t> sort_by_leaf(const std::vector<std::uint32_t>& by_suffix,
                                        const std::vector<Code>& codes, Code num_leaves) {
  std::vector<std::uint32_t> begin(num_leaves + 1, 0);
  for (const Code code : codes) ++begin[code + 1];
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<std::uint32_t> sorted(by_suffix.size());
  for (const std::uint32_t tuple : by_suffix) sorted[begin[codes[tuple]]++] = tuple;
  return sorted;
}

/// Numbers the suffixes of one depth; `suffix` holds each tuple's number one depth below and then at this
/// depth.
SuffixDepth number_depth(const std::vector<std::uint32_t>& sorted, const std::vector<Code>& codes,
                         Code num_leaves, std::vector<Suffix>& suffix) {
  SuffixDepth depth;
  depth.first.assign(num_leaves + 1, 0);
  for (const std::uint32_t tuple : sorted) {
    const bool is_new =
        depth.leaf.empty() || depth.leaf.back() != codes[tuple] || depth.next.back() != suffix[tuple];
    if (is_new) {
      depth.leaf.push_back(codes[tuple]);
      depth.next.push_back(suffix[tuple]);
      ++depth.first[codes[tuple] + 1];
    }
    suffix[tuple] = static_cast<Suffix>(depth.leaf.size() - 1);
  }
  std::partial_sum(depth.first.begin(), depth.first.end(), depth.first.begin());
  return depth;
}

}  // namespace

SuffixTable make_suffix_table(const DistinctTuples& tuples, std::span<const Code> num_leaves,
                              std::span<const std::size_t> order) {
  THRONG_CHECK(order.size() <= tuples.num_qi() && num_leaves.size() == tuples.num_qi());
  SuffixTable table;
  table.depths.resize(order.size());
  std::vector<Suffix> suffix(tuples.size(), 0);
  std::vector<std::uint32_t> sorted(tuples.size());
  std::iota(sorted.begin(), sorted.end(), 0U);
  std::vector<Code> codes(tuples.size());
  for (std::size_t i = order.size(); i-- > 0;) {
    const std::size_t j = order[i];
    for (std::size_t t = 0; t < tuples.size(); ++t) codes[t] = tuples.code(t, j);
    sorted = sort_by_leaf(sorted, codes, num_leaves[j]);
    table.depths[i] = number_depth(sorted, codes, num_leaves[j], suffix);
    table.depths[i].qi = j;
  }
  table.root = std::move(suffix);
  return table;
}

}  // namespace throng
