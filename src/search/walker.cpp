// The walk of one thread: bounds of children from run totals, merges only of children that are visited.
#include <algorithm>
#include <utility>

#include "search/branch_and_bound.hpp"

namespace throng {

namespace {

/// A bound above the best loss by no more than this may still tie with it (see candidate.hpp).
constexpr double kTieSlack = 2 * kLossResolution;

}  // namespace

Walker::Walker(const WalkPlan& plan, Incumbent& incumbent, Candidate first)
    : plan_(plan),
      incumbent_(incumbent),
      children_(plan.num_depths()),
      path_(plan.num_depths(), 0),
      bound_(plan.task, plan.rules, plan.least, plan.first_depth),
      may_raise_(plan.num_depths() + 1, static_cast<unsigned>(plan.num_depths())),
      best_(std::move(first)) {
  for (const Stage& stage : plan.stages) groups_.emplace_back(plan.rules, stage, plan.first_depth);
  for (const LookaheadPlan& ahead : plan.lookaheads) lookaheads_.emplace_back(plan.task, ahead, plan.least);
}

/// Bound of the child, or infinity when it must suppress more records than allowed. The QIs not yet decided
/// cost at least what they would cost alone.
double Walker::bound_of_child(const PrefixGroups& prefix, std::size_t depth, Level level) {
  if (!bound_.set_child(prefix, path_, depth, level)) return std::numeric_limits<double>::infinity();
  const double bound = bound_.loss();
  const double rest = plan_.rest_terms[depth + 1];
  if (depth + 1 == plan_.num_depths() || rest <= 0) return bound;
  const double sum = rest + bound_.terms(plan_.first_depth, depth + 1);
  // Sums in this order may round up.
  return std::max(bound, plan_.task.loss.loss_of_terms(sum) - kLossResolution);
}

/// Bounds of all children of the prefix at `depth`, in the order of their visit.
void Walker::expand(std::size_t depth) {
  std::size_t stage = 0;
  while (plan_.stages[stage].end <= depth) ++stage;
  const PrefixGroups& groups = groups_[stage].at(path_, depth);
  std::vector<Child>& children = children_[depth];
  children.clear();
  for (Level level = 0; level <= plan_.rules.hierarchy_at(depth).height(); ++level) {
    const double bound = bound_of_child(groups, depth, level);
    if (bound < std::numeric_limits<double>::infinity()) children.push_back({bound, level});
  }
  std::stable_sort(children.begin(), children.end(),
                   [](const Child& a, const Child& b) { return a.bound < b.bound; });
  nodes_visited_ += children.size();
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
  for (std::size_t i = 0; i < num_decided; ++i) node[plan_.rules.order[i]] = path_[i];
  return node;
}

void Walker::accept_leaf(const Child& child) {
  Candidate candidate{child.bound, node_of_path(plan_.num_depths())};
  if (!is_better(candidate, best_)) return;
  incumbent_.offer(candidate.loss);
  best_ = std::move(candidate);
}

/// Looks ahead where there is a place for it: false when no completion of the path can be better.
bool Walker::may_go_on(std::size_t depth) {
  for (Lookahead& ahead : lookaheads_) {
    if (ahead.depth() != depth) continue;
    const auto most = ahead.most_raised(path_, may_raise_[depth], incumbent_.loss() + kTieSlack);
    if (!most) return false;
    may_raise_[depth] = *most;
  }
  return true;
}

void Walker::visit(std::size_t depth) {
  watch_();
  if (!may_go_on(depth)) return;
  expand(depth);
  const bool is_last = depth + 1 == plan_.num_depths();
  for (const Child& child : children_[depth]) {
    path_[depth] = child.level;
    if (can_prune(child.bound, depth + 1)) continue;
    const unsigned raised = depth < plan_.tail && child.level > 0 ? 1 : 0;
    if (raised > may_raise_[depth]) continue;
    may_raise_[depth + 1] = may_raise_[depth] - raised;
    if (is_last) {
      accept_leaf(child);
    } else if (incumbent_.must_stop()) {
      open_.push_back({{path_.begin(), path_.begin() + static_cast<std::ptrdiff_t>(depth) + 1}, child.bound});
    } else {
      visit(depth + 1);
    }
  }
}

void Walker::dive() {
  for (std::size_t depth = plan_.first_depth;; ++depth) {
    expand(depth);
    if (children_[depth].empty()) return;  // no completion suppresses few enough records
    const Child child = children_[depth].front();
    path_[depth] = child.level;
    if (depth + 1 == plan_.num_depths()) return accept_leaf(child);
  }
}

void Walker::walk(const Prefix& prefix) {
  std::copy(prefix.levels.begin(), prefix.levels.end(), path_.begin());
  if (can_prune(prefix.bound, prefix.levels.size())) return;
  if (incumbent_.must_stop()) {
    open_.push_back(prefix);
    return;
  }
  may_raise_[prefix.levels.size()] = static_cast<unsigned>(plan_.num_depths());
  visit(prefix.levels.size());
}

void Walker::collect(std::size_t depth, std::size_t num_depths, std::vector<Prefix>& prefixes) {
  expand(depth);
  for (const Child& child : children_[depth]) {
    path_[depth] = child.level;
    if (can_prune(child.bound, depth + 1)) continue;
    if (depth + 1 == num_depths) {
      prefixes.push_back(
          {{path_.begin(), path_.begin() + static_cast<std::ptrdiff_t>(num_depths)}, child.bound});
    } else {
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
