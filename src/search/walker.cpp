// The walk of one thread: bounds of children from run totals, merges only of children that are visited.
#include <algorithm>
#include <utility>

#include "search/branch_and_bound.hpp"
#include "throng/core/check.hpp"

namespace throng {

namespace {

/// A bound above the best loss by no more than this may still tie with it (see candidate.hpp).
constexpr double kTieSlack = 2 * kLossResolution;

}  // namespace

Walker::Walker(const WalkPlan& plan, Incumbent& incumbent, Candidate first)
    : plan_(plan),
      incumbent_(incumbent),
      path_(plan.num_depths(), 0),
      valid_depths_(plan.first_depth),
      best_(std::move(first)) {
  std::size_t tags = 0;
  depths_.resize(plan.num_depths());
  for (std::size_t i = plan.first_depth; i < depths_.size(); ++i) {
    // A prefix never has more items than there are tuples, and no more than groups times suffixes.
    depths_[i].groups = i == plan.first_depth ? Groups(0) : Groups(plan.root.num_items());
    depths_[i].tags_per_group = tags;
    if (plan.is_tagged[plan.order[i]]) ++tags;
  }
  totals_.tagged_costs.resize(tags);
  costs_.resize(plan.num_depths());
  depths_[plan.first_depth].totals.kept = plan.root.weight(0);
}

/// Bounds of all children of the prefix at `depth`, in the order of their visit.
void Walker::expand(std::size_t depth) {
  Depth& state = depths_[depth];
  find_runs(groups_at(depth), plan_.suffixes.depths[depth], state.runs);
  state.children.clear();
  for (Level level = 0; level <= plan_.hierarchy_at(depth).height(); ++level) {
    const double bound = bound_of_child(depth, level);
    if (bound < std::numeric_limits<double>::infinity()) state.children.push_back({bound, level});
  }
  std::stable_sort(state.children.begin(), state.children.end(),
                   [](const Child& a, const Child& b) { return a.bound < b.bound; });
  nodes_visited_ += state.children.size();
}

/// Makes the state of the next depth: the QI of `depth` decided at `level`, groups below k gone.
void Walker::refine(std::size_t depth, Level level) {
  const Depth& from = depths_[depth];
  Depth& to = depths_[depth + 1];
  const Groups& groups = groups_at(depth);
  const std::size_t j = plan_.order[depth];
  const SuffixDepth& suffixes = plan_.suffixes.depths[depth];
  path_[depth] = level;
  to.groups.clear();
  to.tags.clear();
  to.totals.kept = 0;
  to.totals.tagged_costs.assign(to.tags_per_group, 0);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const auto tags = from.tags.begin() + static_cast<std::ptrdiff_t>(g * from.tags_per_group);
    for_each_value(from.runs.of_group(g), plan_.hierarchy_at(depth).value_of_leaf[level],
                   [&](std::span<const Run> runs, Code value, Count weight) {
                     if (!plan_.task.options.model.is_satisfied_by(weight)) return;
                     merger_.append(groups, runs, suffixes, to.groups);
                     to.tags.insert(to.tags.end(), tags,
                                    tags + static_cast<std::ptrdiff_t>(from.tags_per_group));
                     if (plan_.is_tagged[j]) to.tags.push_back(plan_.task.loss.cell_cost(j, level, value));
                     to.totals.kept += weight;
                     for (std::size_t t = 0; t < to.tags_per_group; ++t)
                       to.totals.tagged_costs[t] += weight * to.tags[to.tags.size() - to.tags_per_group + t];
                   });
  }
}

/// A subtree is pruned when it holds nothing that comes before the best candidate in the order on answers.
bool Walker::can_prune(double bound, std::size_t num_decided) const {
  if (bound > incumbent_.loss() + kTieSlack) return true;
  if (!best_.exists() || loss_rank(bound) < loss_rank(best_.loss)) return false;
  unsigned least_height = 0;
  for (std::size_t i = 0; i < num_decided; ++i) least_height += path_[i];
  return loss_rank(bound) > loss_rank(best_.loss) || least_height > height(best_.levels);
}

Node Walker::node_of_path(std::size_t num_decided) const {
  Node node(plan_.num_depths(), 0);
  for (std::size_t i = 0; i < num_decided; ++i) node[plan_.order[i]] = path_[i];
  return node;
}

void Walker::accept_leaf(const Child& child) {
  Candidate candidate{child.bound, node_of_path(plan_.num_depths())};
  if (!is_better(candidate, best_)) return;
  incumbent_.offer(candidate.loss);
  best_ = std::move(candidate);
}

void Walker::visit(std::size_t depth) {
  expand(depth);
  const bool is_last = depth + 1 == plan_.num_depths();
  for (const Child& child : depths_[depth].children) {
    path_[depth] = child.level;
    if (can_prune(child.bound, depth + 1)) continue;
    if (is_last) {
      accept_leaf(child);
    } else if (incumbent_.must_stop()) {
      open_bound_ = std::min(open_bound_, child.bound);
    } else {
      refine(depth, child.level);
      visit(depth + 1);
    }
  }
}

void Walker::dive() {
  for (std::size_t depth = plan_.first_depth;; ++depth) {
    expand(depth);
    if (depths_[depth].children.empty()) return;  // no completion suppresses few enough records
    const Child child = depths_[depth].children.front();
    path_[depth] = child.level;
    if (depth + 1 == plan_.num_depths()) return accept_leaf(child);
    refine(depth, child.level);
  }
}

void Walker::walk(const Prefix& prefix) {
  const std::size_t length = prefix.levels.size();
  std::size_t shared = 0;
  while (shared < std::min(length, valid_depths_) && path_[shared] == prefix.levels[shared]) ++shared;
  std::copy(prefix.levels.begin(), prefix.levels.end(), path_.begin());
  if (can_prune(prefix.bound, length)) {
    valid_depths_ = shared;
    return;
  }
  if (incumbent_.must_stop()) {
    open_bound_ = std::min(open_bound_, prefix.bound);
    valid_depths_ = shared;
    return;
  }
  for (std::size_t depth = std::max(shared, plan_.first_depth); depth < length; ++depth) {
    find_runs(groups_at(depth), plan_.suffixes.depths[depth], depths_[depth].runs);
    refine(depth, prefix.levels[depth]);
  }
  valid_depths_ = length;
  visit(length);
}

void Walker::collect(std::size_t depth, std::size_t num_depths, std::vector<Prefix>& prefixes) {
  expand(depth);
  for (const Child& child : depths_[depth].children) {
    path_[depth] = child.level;
    if (can_prune(child.bound, depth + 1)) continue;
    if (depth + 1 == num_depths) {
      prefixes.push_back(
          {{path_.begin(), path_.begin() + static_cast<std::ptrdiff_t>(num_depths)}, child.bound});
    } else {
      refine(depth, child.level);
      collect(depth + 1, num_depths, prefixes);
    }
  }
}

std::vector<Prefix> Walker::frontier(std::size_t num_depths) {
  std::vector<Prefix> prefixes;
  collect(plan_.first_depth, num_depths, prefixes);
  std::sort(prefixes.begin(), prefixes.end(), [](const Prefix& a, const Prefix& b) {
    return a.bound != b.bound ? a.bound < b.bound : a.levels < b.levels;
  });
  return prefixes;
}

}  // namespace throng
