// The depths to look ahead from, and the branch and bound of the tail.
#include "search/lookahead.hpp"

#include <algorithm>
#include <limits>

#include "search/candidate.hpp"

namespace throng {

namespace {

/// The tail's lattice is walked again and again.
constexpr double kMostTailNodes = 4096;
/// With fewer QIs before the tail the walk is done sooner than it can look ahead (docs/performance.md).
constexpr std::size_t kLeastQisBeforeTail = 18;
/// The first depth, and how many QIs are decided between two.
constexpr std::size_t kFirstDepth = 6;
constexpr std::size_t kDepthStep = 3;

}  // namespace

std::size_t first_of_tail(const GroupRules& rules) {
  std::size_t first = rules.num_depths();
  double nodes = 1;
  while (first > 0 && !rules.hierarchy_at(first - 1).is_flag()) {
    nodes *= rules.hierarchy_at(first - 1).height() + 1.0;
    if (nodes > kMostTailNodes) break;
    --first;
  }
  return first;
}

LookaheadPlan make_lookahead(const GroupRules& rules, std::span<const double> rest_terms, std::size_t depth,
                             std::size_t tail) {
  const auto at = [&](std::size_t i) { return rules.order.begin() + static_cast<std::ptrdiff_t>(i); };
  LookaheadPlan plan{depth, depth + rules.num_depths() - tail, rules, {}, {}};
  std::rotate(plan.rules.order.begin() + static_cast<std::ptrdiff_t>(depth),
              plan.rules.order.begin() + static_cast<std::ptrdiff_t>(tail), plan.rules.order.end());
  GroupRules present = rules;
  present.order.assign(at(0), at(depth));
  present.order.insert(present.order.end(), at(tail), rules.order.end());
  plan.stages = make_stages(present);
  for (Stage& stage : plan.stages) stage.root = root_group(stage.suffixes);
  plan.rest_terms.assign(rest_terms.begin() + static_cast<std::ptrdiff_t>(tail), rest_terms.end());
  return plan;
}

std::vector<LookaheadPlan> make_lookaheads(const GroupRules& rules, std::span<const double> rest_terms) {
  std::vector<LookaheadPlan> plans;
  const std::size_t tail = first_of_tail(rules);
  if (tail < kLeastQisBeforeTail || tail == rules.num_depths()) return plans;
  for (std::size_t depth = kFirstDepth; depth < tail; depth += kDepthStep)
    plans.push_back(make_lookahead(rules, rest_terms, depth, tail));
  return plans;
}

Lookahead::Lookahead(const SearchTask& task, const LookaheadPlan& plan, const LeastCosts& least)
    : task_(task),
      plan_(plan),
      bound_(task, plan.rules, least, 0),
      children_(plan.end),
      path_(plan.rules.num_depths(), 0),
      coarser_(plan.rules.heights(plan.depth, plan.end)),
      own_terms_(plan.end - plan.depth, 0),
      terms_(plan.end - plan.depth, 0) {
  for (const Stage& stage : plan.stages) groups_.emplace_back(plan.rules, stage, 0);
}

std::optional<unsigned> Lookahead::most_raised(std::span<const Level> path, unsigned limit, double loss) {
  std::copy_n(path.begin(), plan_.depth, path_.begin());
  question_ = {limit, loss, std::nullopt};
  coarser_.clear();
  visit(plan_.depth);
  return question_.most;
}

/// True when one more QI than known so far may be raised below the child.
bool Lookahead::may_hold_more(const Child& child) const {
  // Terms are added in another order than in a loss.
  const double bound = task_.loss.loss_of_terms(child.terms + next_raised() * child.rise) - kLossResolution;
  return !question_.is_settled() && bound <= question_.loss;
}

/// True when coarser nodes tell that none below the path holds more.
bool Lookahead::is_known_hopeless(std::size_t depth) {
  return coarser_.every_child(tail_path(), depth - plan_.depth, own_terms_,
                              [&](double terms) { return is_hopeless(terms); });
}

/// Adds the child in hand to those to be visited, and tells coarser_ of it.
void Lookahead::bound_child(std::size_t depth) {
  double decided = 0;
  for (std::size_t i = plan_.depth; i <= depth; ++i)
    decided += terms_[i - plan_.depth] = bound_.terms(i, i + 1);
  const double rest =
      std::max(plan_.rest_terms[depth + 1 - plan_.depth], bound_.terms(depth + 1, plan_.end)) +
      bound_.terms(0, plan_.depth) + bound_.terms(plan_.end, plan_.rules.num_depths());
  const Child child{decided + rest, bound_.least_rise(plan_.end, plan_.rules.num_depths()), path_[depth],
                    terms_[depth - plan_.depth]};
  coarser_.keep(tail_path(), depth - plan_.depth, terms_, rest + next_raised() * child.rise);
  if (may_hold_more(child)) children_[depth].push_back(child);
}

void Lookahead::expand(std::size_t depth) {
  std::size_t stage = 0;
  while (plan_.stages[stage].end <= depth) ++stage;
  const PrefixGroups& groups = groups_[stage].at(path_, depth);
  children_[depth].clear();
  Count most_kept = groups.totals.kept;
  for (int l = plan_.rules.hierarchy_at(depth).height(); l >= 0; --l) {
    path_[depth] = static_cast<Level>(l);
    own_terms_[depth - plan_.depth] = bound_.least_term(depth, most_kept);
    if (is_hopeless(coarser_.infer(tail_path(), depth - plan_.depth, depth + 1 - plan_.depth, own_terms_)))
      continue;
    const bool is_feasible = bound_.set_child(groups, path_, depth, path_[depth]);
    most_kept = bound_.kept();
    if (is_feasible)
      bound_child(depth);
    else
      coarser_.keep(tail_path(), depth - plan_.depth, own_terms_, std::numeric_limits<double>::infinity());
  }
  std::stable_sort(children_[depth].begin(), children_[depth].end(),
                   [](const Child& a, const Child& b) { return a.terms < b.terms; });
}

void Lookahead::visit(std::size_t depth) {
  expand(depth);
  for (const Child& child : children_[depth]) {
    path_[depth] = child.level;
    own_terms_[depth - plan_.depth] = child.own_term;
    if (depth + 1 < plan_.end && may_hold_more(child) && !is_known_hopeless(depth + 1)) visit(depth + 1);
    if (depth + 1 == plan_.end)
      while (may_hold_more(child)) question_.most = static_cast<unsigned>(next_raised());
  }
}

}  // namespace throng
