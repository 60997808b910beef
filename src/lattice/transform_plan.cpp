// Chooses the order of the axes and cuts the lattice into blocks.
#include "transform_plan.hpp"

#include <algorithm>
#include <numeric>

#include "throng/core/check.hpp"
#include "throng/core/error.hpp"

namespace throng {

namespace {

/// Records that do not hold the column's first leaf, or those that do if they are fewer.
Count variation(const Problem& problem, std::size_t j) {
  const Count first = problem.records_of_leaves(j)[0];
  return std::min(first, problem.num_records() - first);
}

bool is_binary(const Problem& problem, std::span<const std::vector<Level>> levels, std::size_t j) {
  const Hierarchy& hierarchy = problem.lattice.axes[j].hierarchy;
  return hierarchy.is_flag() && levels[j] == std::vector<Level>{0, hierarchy.height()};
}

/// Large domains first: groups fall apart early. Among equal ones, the most varied first, so that what is
/// left for the end is nearly constant (measured: 5 to 8 % less work than in file order).
std::vector<std::size_t> choose_order(const Problem& problem, std::span<const std::vector<Level>> levels) {
  const std::size_t d = problem.lattice.num_axes();
  std::vector<std::size_t> order(d);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<Count> variations(d);
  std::vector<Code> sizes(d);
  for (std::size_t j = 0; j < d; ++j) {
    variations[j] = variation(problem, j);
    sizes[j] = is_binary(problem, levels, j) ? 0 : problem.lattice.axes[j].hierarchy.num_leaves();
  }
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return sizes[a] != sizes[b] ? sizes[a] > sizes[b] : variations[a] > variations[b];
  });
  return order;
}

/// Leaves of the last depths of every suffix at depth `first`, one bit each.
std::vector<std::uint16_t> make_patterns(const SuffixTable& suffixes, std::size_t first) {
  std::vector<std::uint16_t> pattern(1, 0);
  for (std::size_t i = suffixes.depths.size(); i-- > first;) {
    const SuffixDepth& depth = suffixes.depths[i];
    const auto bit = static_cast<unsigned>(suffixes.depths.size() - 1 - i);
    std::vector<std::uint16_t> longer(depth.size());
    for (std::size_t s = 0; s < depth.size(); ++s)
      longer[s] = static_cast<std::uint16_t>(pattern[depth.next[s]] | (depth.leaf[s] << bit));
    pattern = std::move(longer);
  }
  return pattern;
}

}  // namespace

std::vector<std::uint8_t> TransformPlan::prefix_of(std::uint64_t block) const {
  std::vector<std::uint8_t> prefix(prefix_depths());
  for (std::size_t i = prefix.size(); i-- > 0;) {
    prefix[i] = static_cast<std::uint8_t>(block % levels[i].size());
    block /= levels[i].size();
  }
  return prefix;
}

std::vector<std::vector<Level>> keep_or_star(const Lattice& lattice) {
  std::vector<std::vector<Level>> levels;
  for (const Axis& axis : lattice.axes) levels.push_back({0, axis.hierarchy.height()});
  return levels;
}

TransformPlan make_transform_plan(const Problem& problem, std::span<const std::vector<Level>> levels,
                                  unsigned max_block_axes) {
  THRONG_CHECK(levels.size() == problem.lattice.num_axes() && max_block_axes <= 16);
  TransformPlan plan;
  plan.order = choose_order(problem, levels);
  const std::vector<Code> num_leaves = leaf_counts(problem.lattice);
  for (const std::size_t j : plan.order) plan.levels.push_back(levels[j]);
  plan.suffixes = make_suffix_table(problem.tuples, num_leaves, plan.order);
  while (plan.block_axes < std::min<std::size_t>(max_block_axes, plan.order.size()) &&
         is_binary(problem, levels, plan.order[plan.order.size() - 1 - plan.block_axes]))
    ++plan.block_axes;
  plan.pattern = make_patterns(plan.suffixes, plan.prefix_depths());
  for (std::size_t i = 0; i < plan.prefix_depths(); ++i) {
    if (plan.num_blocks > (std::uint64_t{1} << 63) / plan.levels[i].size())
      throw usage_error("the lattice has too many nodes to visit each", "use fewer quasi-identifiers");
    plan.num_blocks *= plan.levels[i].size();
  }
  return plan;
}

}  // namespace throng
