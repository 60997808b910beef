// Refining groups along any path of levels gives the classes that brute-force grouping gives.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "support/random_problem.hpp"
#include "throng/lattice/groups.hpp"

namespace throng {
namespace {

/// Decides every QI of `order` at its level of `node`, dropping nothing.
Groups refine_all(const Problem& problem, const std::vector<std::size_t>& order, const Node& node) {
  std::vector<Code> leaves;
  for (const Axis& axis : problem.lattice.axes) leaves.push_back(axis.hierarchy.num_leaves());
  const SuffixTable table = make_suffix_table(problem.tuples, leaves, order);
  Groups groups = root_group(table);
  RunMerger merger;
  Runs runs;
  for (const SuffixDepth& depth : table.depths) {
    const std::vector<Code>& value = problem.lattice.axes[depth.qi].hierarchy.value_of_leaf[node[depth.qi]];
    Groups next(groups.num_items());
    find_runs(groups, depth, runs);
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const auto of_group = runs.of_group(g);
      for (std::size_t begin = 0, end = 0; begin < of_group.size(); begin = end) {
        while (end < of_group.size() && value[of_group[end].leaf] == value[of_group[begin].leaf]) ++end;
        merger.append(groups, of_group.subspan(begin, end - begin), depth, next);
      }
    }
    groups = std::move(next);
  }
  return groups;
}

RC_GTEST_PROP(Groups, RefinementEqualsBruteForceGrouping, ()) {
  test::ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(1, 7);
  size.num_records = *rc::gen::inRange<std::size_t>(1, 400);
  size.max_leaves = *rc::gen::inRange<Code>(1, 60);
  const Problem problem = test::random_problem(size, *rc::gen::arbitrary<std::uint64_t>());
  std::vector<std::size_t> order(size.num_qi);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::rotate(order.begin(), order.begin() + *rc::gen::inRange<std::ptrdiff_t>(0, std::ssize(order)),
              order.end());
  Node node;
  for (const Axis& axis : problem.lattice.axes) {
    node.push_back(static_cast<Level>(*rc::gen::inRange<int>(0, axis.hierarchy.height() + 1)));
  }
  const Groups groups = refine_all(problem, order, node);
  std::vector<Count> sizes;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    RC_ASSERT(groups.group(g).size() == 1U);  // nothing is undecided: equal items have merged
    sizes.push_back(groups.group(g).front().weight);
  }
  std::vector<Count> expected;
  for (const auto& entry : test::brute_force_classes(problem, node)) expected.push_back(entry.second);
  std::sort(sizes.begin(), sizes.end());
  std::sort(expected.begin(), expected.end());
  RC_ASSERT(sizes == expected);
}

}  // namespace
}  // namespace throng
