// Counts leaves before, and estimates them after.
#include "throng/utility/distribution.hpp"

#include "coverage.hpp"
#include "throng/core/check.hpp"

namespace throng {

std::vector<LeafCounts> leaf_counts(const Table& before, const Table& after, const Problem& problem) {
  std::vector<LeafCounts> result;
  for (std::size_t j = 0; j < problem.columns.size(); ++j) {
    const Column& from = before.columns[problem.columns[j]];
    const std::size_t other = after.index_of(from.name);
    THRONG_CHECK(other < after.columns.size());
    const Column& to = after.columns[other];
    const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
    const Coverage coverage = cover_by_hierarchy(from, to, hierarchy, before.source);
    LeafCounts counts{from.name, hierarchy.labels[0], std::vector<Count>(coverage.num_leaves, 0),
                      std::vector<double>(coverage.num_leaves, 0)};
    for (const Code leaf : coverage.leaf_of_record) ++counts.before[leaf];
    std::vector<Count> released(to.dictionary.size(), 0);
    for (const Code code : to.codes) ++released[code];
    for (std::size_t v = 0; v < coverage.num_leaves; ++v)
      for (const Cover& cover : coverage.of_leaf[v])
        counts.after[v] += static_cast<double>(released[cover.value]) * cover.share;
    result.push_back(std::move(counts));
  }
  return result;
}

}  // namespace throng
