// Refinement with the kernel of groups.hpp, single items aside.
#include "prefix_walker.hpp"

#include <algorithm>

namespace throng {

PrefixWalker::PrefixWalker(const TransformPlan& plan, const Problem& problem)
    : plan_(plan), problem_(problem), stack_(plan.prefix_depths() + 1), prefix_(plan.prefix_depths(), 0) {
  stack_[0].groups = root_group(plan.suffixes);
  for (std::size_t i = 1; i < stack_.size(); ++i) stack_[i].groups = Groups(problem.tuples.size());
}

void PrefixWalker::move_to(std::span<const std::uint8_t> prefix) {
  std::size_t common = 0;
  while (common < std::min(num_valid_, prefix.size()) && prefix[common] == prefix_[common]) ++common;
  num_valid_ = common;
  while (num_valid_ < prefix.size()) descend(prefix[num_valid_]);
}

void PrefixWalker::descend(std::uint8_t choice) {
  prefix_[num_valid_] = choice;
  refine(num_valid_, plan_.levels[num_valid_][choice]);
  ++num_valid_;
}

const Runs& PrefixWalker::runs() {
  Depth& here = stack_[num_valid_];
  if (!here.has_runs) find_runs(here.groups, plan_.suffixes.depths[num_valid_], here.runs);
  here.has_runs = true;
  return here.runs;
}

void PrefixWalker::refine(std::size_t i, Level level) {
  const SuffixDepth& depth = plan_.suffixes.depths[i];
  Depth& from = stack_[i];
  Depth& to = stack_[i + 1];
  const std::vector<Code>& value = problem_.lattice.axes[depth.qi].hierarchy.value_of_leaf[level];
  const Runs& all_runs = runs();
  to.groups.clear();
  to.singles = from.singles;
  to.has_runs = false;
  for (std::size_t g = 0; g < from.groups.size(); ++g) {
    const std::span<const Run> in_group = all_runs.of_group(g);
    for (std::size_t begin = 0; begin < in_group.size();) {
      std::size_t end = begin + 1;
      while (end < in_group.size() && value[in_group[end].leaf] == value[in_group[begin].leaf]) ++end;
      if (in_group[end - 1].end - in_group[begin].begin > 1) {
        merger_.append(from.groups, in_group.subspan(begin, end - begin), depth, to.groups);
        if (const auto group = to.groups.group(to.groups.size() - 1); group.size() == 1) {
          to.singles.push_back(group[0].weight);
          to.groups.drop_group();
        }
      } else {
        to.singles.push_back(in_group[begin].weight);
      }
      begin = end;
    }
  }
}

}  // namespace throng
