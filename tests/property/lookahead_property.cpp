// A walk that looks ahead finds what exhaustive search finds, and a look never misses a completion.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "search/branch_and_bound.hpp"
#include "support/random_problem.hpp"
#include "support/reference_search.hpp"

namespace throng {
namespace {

struct LookaheadCase {
  Problem problem;
  SearchOptions options;
  LossModel loss;
  std::shared_ptr<Communicator> alone = self_communicator();

  [[nodiscard]] SearchTask task() const { return {problem, options, loss, *alone}; }
};

LookaheadCase random_lookahead_case() {
  test::ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(2, 6);
  size.num_records = *rc::gen::inRange<std::size_t>(1, 100);
  size.max_leaves = *rc::gen::inRange<Code>(2, 6);
  SearchOptions options;
  options.model.k = *rc::gen::inRange<Count>(2, 9);
  options.aggregate = *rc::gen::element(Aggregate::kArithmetic, Aggregate::kGeometric);
  options.metric = *rc::gen::element<std::string_view>("loss", "precision", "entropy");
  options.max_suppressed = *rc::gen::inRange<Count>(0, size.num_records + 1);
  Problem problem = test::random_problem(size, *rc::gen::arbitrary<std::uint64_t>());
  LossModel loss(problem, make_loss_metric(options.metric), options.aggregate);
  return {std::move(problem), options, std::move(loss)};
}

/// Calls visit(node) for every node.
template <typename Visit>
void for_each_node(const Lattice& lattice, const Visit& visit) {
  Node node = lattice.bottom();
  do visit(node);
  while (next_node(lattice, node));
}

/// By definition: the least sum of terms of the QIs of depths from `depth` on, the others dropped.
double least_terms(const LookaheadCase& c, const std::vector<std::size_t>& order, std::size_t depth) {
  double least = std::numeric_limits<double>::max();
  for_each_node(c.problem.lattice, [&](const Node& node) {
    for (std::size_t i = 0; i < depth; ++i)
      if (node[order[i]] != c.problem.lattice.axes[order[i]].hierarchy.height()) return;
    const Solution solution = evaluate_node(c.problem, c.loss, c.options.model, node);
    double sum = 0;
    for (std::size_t i = depth; i < order.size(); ++i) {
      const double loss = solution.loss_per_qi[order[i]];
      sum += c.problem.lattice.axes[order[i]].weight *
             (c.options.aggregate == Aggregate::kArithmetic ? loss : std::log1p(loss));
    }
    least = std::min(least, sum);
  });
  return std::max(0.0, least - 1e-9);
}

/// A plan that looks ahead from every depth before a random tail.
WalkPlan plan_with_lookaheads(const SearchTask& task, const LookaheadCase& c) {
  WalkPlan plan(task);
  const std::size_t d = plan.num_depths();
  plan.tail = *rc::gen::inRange<std::size_t>(1, d);
  for (std::size_t depth = plan.tail; depth < d; ++depth)
    plan.rest_terms[depth] = least_terms(c, plan.rules.order, depth);
  for (std::size_t depth = 0; depth < plan.tail; ++depth)
    plan.lookaheads.push_back(make_lookahead(plan.rules, plan.rest_terms, depth, plan.tail));
  return plan;
}

RC_GTEST_PROP(Lookahead, WalkEqualsTheReference, ()) {
  const LookaheadCase c = random_lookahead_case();
  const SearchTask task = c.task();
  const WalkPlan plan = plan_with_lookaheads(task, c);
  Incumbent incumbent;
  Walker walker(plan, incumbent, {});
  if (*rc::gen::arbitrary<bool>()) walker.dive();
  walker.walk({{}, 0});
  const std::optional<Solution> expected = test::reference_search(c.problem, c.options);
  RC_ASSERT(walker.best().exists() == expected.has_value());
  if (expected) RC_ASSERT(walker.best().levels == expected->levels);
}

/// What the search is shared by: no node that may be the answer lies outside, none in two subtrees.
RC_GTEST_PROP(Walker, TheFrontierHoldsEveryNodeThatIsNoWorseThanTheBestKnown, ()) {
  const LookaheadCase c = random_lookahead_case();
  const SearchTask task = c.task();
  const WalkPlan plan(task);
  Incumbent incumbent;
  Walker walker(plan, incumbent, {});
  walker.dive();
  const auto wanted = *rc::gen::inRange<std::size_t>(1, 40);
  const std::vector<Prefix> prefixes = walker.frontier(wanted);
  bool is_whole = false;  // some subtree cannot be split
  for (const Prefix& prefix : prefixes) is_whole = is_whole || prefix.levels.size() + 1 == plan.num_depths();
  for_each_node(c.problem.lattice, [&](const Node& node) {
    const auto holds = [&](const Prefix& prefix) {
      for (std::size_t i = 0; i < prefix.levels.size(); ++i)
        if (prefix.levels[i] != node[plan.rules.order[i]]) return false;
      return true;
    };
    const auto holding = std::count_if(prefixes.begin(), prefixes.end(), holds);
    RC_ASSERT(holding <= 1);
    const Solution solution = evaluate_node(c.problem, c.loss, c.options.model, node);
    const bool may_be_better =
        solution.suppressed <= c.options.max_suppressed && is_better({solution.loss, node}, walker.best());
    if (may_be_better) RC_ASSERT(holding == 1);
  });
  if (!prefixes.empty() && !is_whole) RC_ASSERT(prefixes.size() >= wanted);
}

RC_GTEST_PROP(Lookahead, NoCompletionIsMissed, ()) {
  const LookaheadCase c = random_lookahead_case();
  const SearchTask task = c.task();
  const WalkPlan plan = plan_with_lookaheads(task, c);
  const LookaheadPlan& ahead = plan.lookaheads[*rc::gen::inRange<std::size_t>(0, plan.tail)];
  const std::vector<std::size_t>& order = plan.rules.order;
  Lookahead lookahead(task, ahead, plan.least);
  for_each_node(c.problem.lattice, [&](const Node& node) {
    const Solution solution = evaluate_node(c.problem, c.loss, c.options.model, node);
    if (solution.suppressed > c.options.max_suppressed) return;
    std::vector<Level> path(order.size());
    unsigned raised = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      path[i] = node[order[i]];
      if (i >= ahead.depth && i < plan.tail && path[i] > 0) ++raised;
    }
    const std::optional<unsigned> most = lookahead.most_raised(path, 99, solution.loss + 1e-12);
    RC_ASSERT(most.has_value());
    RC_ASSERT(*most >= raised);
  });
}

}  // namespace
}  // namespace throng
