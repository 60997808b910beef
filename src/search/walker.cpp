// The walk of one thread: bounds of children from run totals, merges only of children that are visited.
#include <algorithm>
#include <span>
#include <utility>

#include "search/branch_and_bound.hpp"

namespace throng {

namespace {

/// A bound above the best loss by no more than this may still tie with it (see candidate.hpp).
constexpr double kTieSlack = 2 * kLossResolution;

/// What is known of coarser nodes is kept for so many.
constexpr double kMostKnownNodes = 4096;

/// The depth from which there are no more nodes than that.
std::size_t first_known_depth(const WalkPlan& plan) {
  std::size_t depth = plan.num_depths();
  double nodes = 1;
  while (depth > plan.first_depth) {
    nodes *= plan.rules.hierarchy_at(depth - 1).height() + 1.0;
    if (nodes > kMostKnownNodes) break;
    --depth;
  }
  return depth;
}

}  // namespace

Walker::Walker(const WalkPlan& plan, Incumbent& incumbent, Candidate first)
    : plan_(plan),
      incumbent_(incumbent),
      children_(plan.num_depths()),
      path_(plan.num_depths(), 0),
      bound_(plan.task, plan.rules, plan.least, plan.first_depth),
      known_from_(first_known_depth(plan)),
      coarser_(plan.rules.heights(known_from_, plan.num_depths())),
      own_terms_(plan.num_depths() - known_from_, 0),
      terms_(plan.num_depths() - known_from_, 0),
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

/// Bounds of the children of the prefix at `depth` that are not known to be hopeless, in the order of their
/// visit.
void Walker::expand(std::size_t depth) {
  std::size_t stage = 0;
  while (plan_.stages[stage].end <= depth) ++stage;
  const PrefixGroups& groups = groups_[stage].at(path_, depth);
  std::vector<Child>& children = children_[depth];
  children.clear();
  if (depth == known_from_) coarser_.clear();
  Count most_kept = groups.totals.kept;
  for (int l = plan_.rules.hierarchy_at(depth).height(); l >= 0; --l) {
    const auto level = static_cast<Level>(l);
    path_[depth] = level;
    if (depth >= known_from_) {
      own_terms_[depth - known_from_] = bound_.least_term(depth, most_kept);
      if (is_hopeless(coarser_.infer(known_path(), depth - known_from_, depth + 1 - known_from_, own_terms_)))
        continue;
    }
    const double bound = bound_of_child(groups, depth, level);
    most_kept = bound_.kept();
    if (depth >= known_from_) keep_terms(depth, bound);
    if (bound < std::numeric_limits<double>::infinity())
      children.push_back({bound, level, bound_.terms(depth, depth + 1)});
  }
  std::sort(children.begin(), children.end(), [](const Child& a, const Child& b) {
    return a.bound != b.bound ? a.bound < b.bound : a.level < b.level;
  });
  nodes_visited_ += children.size();
}

/// True when nothing can be better whose terms sum to no less.
bool Walker::is_hopeless(double terms) const {
  return plan_.task.loss.loss_of_terms(terms) - kLossResolution > incumbent_.loss() + kTieSlack;
}

/// True when coarser nodes tell that nothing below the path can be better.
bool Walker::is_known_hopeless(std::size_t depth) {
  return coarser_.every_child(known_path(), depth - known_from_, own_terms_,
                              [&](double terms) { return is_hopeless(terms); });
}

/// Tells coarser_ of the child in hand.
void Walker::keep_terms(std::size_t depth, double bound) {
  double rest = bound;  // when it is infinite
  if (bound < std::numeric_limits<double>::infinity()) {
    for (std::size_t i = known_from_; i <= depth; ++i) terms_[i - known_from_] = bound_.terms(i, i + 1);
    rest = bound_.terms(plan_.first_depth, known_from_) +
           std::max(plan_.rest_terms[depth + 1], bound_.terms(depth + 1, plan_.num_depths()));
  }
  coarser_.keep(known_path(), depth - known_from_, terms_, rest);
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
    if (depth >= known_from_) own_terms_[depth - known_from_] = child.own_term;
    if (is_last) {
      accept_leaf(child);
    } else if (incumbent_.must_stop()) {
      open_.push_back({{path_.begin(), path_.begin() + static_cast<std::ptrdiff_t>(depth) + 1}, child.bound});
    } else if (depth < known_from_ || !is_known_hopeless(depth + 1)) {
      visit(depth + 1);
    }
  }
}

void Walker::dive() {
  for (std::size_t depth = plan_.first_depth;; ++depth) {
    expand(depth);
    // What is below suppresses too many records, or loses more than is known.
    if (children_[depth].empty()) return;
    const Child child = children_[depth].front();
    path_[depth] = child.level;
    if (depth + 1 == plan_.num_depths()) return accept_leaf(child);
  }
}

/// Makes `prefix` the path, of which nothing else is known.
void Walker::enter(const Prefix& prefix) {
  std::copy(prefix.levels.begin(), prefix.levels.end(), path_.begin());
  coarser_.clear();
  std::fill(own_terms_.begin(), own_terms_.end(), 0.0);
  may_raise_[prefix.levels.size()] = static_cast<unsigned>(plan_.num_depths());
}

void Walker::walk(const Prefix& prefix) {
  enter(prefix);
  if (can_prune(prefix.bound, prefix.levels.size())) return;
  if (incumbent_.must_stop()) {
    open_.push_back(prefix);
    return;
  }
  visit(prefix.levels.size());
}

/// Puts the children of `prefix` among `prefixes`. Nothing is known yet to prune them by.
void Walker::split(const Prefix& prefix, std::vector<Prefix>& prefixes) {
  enter(prefix);
  const std::size_t depth = prefix.levels.size();
  expand(depth);
  for (const Child& child : children_[depth]) {
    path_[depth] = child.level;
    prefixes.push_back(
        {{path_.begin(), path_.begin() + static_cast<std::ptrdiff_t>(depth) + 1}, child.bound});
  }
}

std::vector<Prefix> Walker::frontier(std::size_t num_prefixes) {
  std::vector<Prefix> prefixes{{std::vector<Level>(plan_.first_depth, 0), 0}};
  const auto by_bound = [](const Prefix& a, const Prefix& b) {
    return a.bound != b.bound ? a.bound < b.bound : a.levels < b.levels;
  };
  while (!prefixes.empty() && prefixes.size() < num_prefixes) {
    // The lower its bound, the larger a subtree is.
    const auto end = std::partition(prefixes.begin(), prefixes.end(), [&](const Prefix& prefix) {
      return prefix.levels.size() + 1 < plan_.num_depths();
    });
    if (end == prefixes.begin()) break;
    std::sort(prefixes.begin(), end, by_bound);
    std::vector<Prefix> large(prefixes.begin(), prefixes.begin() + (end - prefixes.begin() + 1) / 2);
    prefixes.erase(prefixes.begin(), prefixes.begin() + std::ssize(large));
    // Neighbours share their paths.
    std::sort(large.begin(), large.end(), [](const Prefix& a, const Prefix& b) {
      return std::lexicographical_compare(a.levels.begin(), a.levels.end(), b.levels.begin(), b.levels.end());
    });
    for (const Prefix& prefix : large) split(prefix, prefixes);
  }
  std::sort(prefixes.begin(), prefixes.end(), by_bound);
  return prefixes;
}

}  // namespace throng
