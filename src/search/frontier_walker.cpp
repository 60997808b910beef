// The walk of one thread of the frontier: bounds of children, then the children that may change a step.
#include "search/frontier_walker.hpp"

#include <limits>
#include <utility>

namespace throng {

Least FrontierWalker::least_of(std::size_t i, const PrefixSums& sums, bool is_leaf) {
  const Count k = task_.plan.ks[i];
  ClassSums classes = sums.classes;
  // Below a prefix classes split, but every class that is kept has at least k records.
  if (!is_leaf) classes = {sums.kept / k, sums.kept * k, classes.suppressed};
  return {classes.suppressed, task_.loss.loss(walk_.costs_of_child(i), classes)};
}

FrontierChild FrontierWalker::child_of(std::size_t depth, Level level) {
  walk_.move_to(path_, depth);
  const std::vector<PrefixSums>& sums = walk_.sums_of_child(level);
  const bool is_leaf = depth + 1 == task_.plan.num_depths();
  FrontierChild child{level, std::numeric_limits<double>::infinity(), {}};
  for (std::size_t i = 0; i < sums.size(); ++i) {
    child.least.push_back(least_of(i, sums[i], is_leaf));
    if (child.least.back().suppressed <= task_.options.max_suppressed)
      child.key = std::min(child.key, child.least.back().loss);
  }
  ++nodes_visited_;
  return child;
}

/// The node whose undecided QIs are at level 0: it comes before every completion that loses as little.
Node FrontierWalker::node_of_path(std::size_t num_decided) const {
  Node node(path_.size(), 0);
  for (std::size_t i = 0; i < num_decided; ++i) node[task_.plan.rules.order[i]] = path_[i];
  return node;
}

bool FrontierWalker::is_alive(const FrontierChild& child, std::size_t num_decided) const {
  Candidate candidate{0, node_of_path(num_decided)};
  for (std::size_t i = 0; i < child.least.size(); ++i) {
    if (child.least[i].suppressed > task_.options.max_suppressed) continue;
    candidate.loss = child.least[i].loss;
    if (!task_.stairs.is_beaten(i, child.least[i].suppressed, candidate)) return true;
  }
  return false;
}

void FrontierWalker::accept(const FrontierChild& child) {
  Candidate candidate{0, node_of_path(path_.size())};
  for (std::size_t i = 0; i < child.least.size(); ++i) {
    if (child.least[i].suppressed > task_.options.max_suppressed) continue;
    candidate.loss = child.least[i].loss;
    task_.stairs.add(i, child.least[i].suppressed, candidate);
  }
}

void FrontierWalker::visit(std::size_t depth) {
  if (task_.must_stop()) return;
  std::vector<FrontierChild> children;
  for (Level level = 0; level <= task_.plan.rules.hierarchy_at(depth).height(); ++level) {
    FrontierChild child = child_of(depth, level);
    path_[depth] = level;
    if (is_alive(child, depth + 1)) children.push_back(std::move(child));
  }
  std::stable_sort(children.begin(), children.end(),
                   [](const FrontierChild& a, const FrontierChild& b) { return a.key < b.key; });
  for (const FrontierChild& child : children) {
    path_[depth] = child.level;
    if (!is_alive(child, depth + 1)) continue;
    if (depth + 1 == task_.plan.num_depths())
      accept(child);
    else
      visit(depth + 1);
  }
}

}  // namespace throng
