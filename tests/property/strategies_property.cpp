// Every strategy against the search by definition: exact ones find the same node, no claim is ever false.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include "search/node_evaluator.hpp"
#include "support/random_case.hpp"
#include "support/reference_search.hpp"

namespace throng {
namespace {

using test::random_search_case;
using test::reference_search;
using test::SearchCase;

SearchResult run(const SearchCase& c, StrategyKind strategy, int threads = 1) {
  SearchOptions options = c.options;
  options.strategy = strategy;
  options.num_threads = threads;
  return search(c.problem, options, *self_communicator());
}

void assert_is(const std::optional<Solution>& found, const std::optional<Solution>& expected) {
  RC_ASSERT(found.has_value() == expected.has_value());
  if (!found) return;
  RC_ASSERT(found->levels == expected->levels);
  RC_ASSERT(found->loss == expected->loss);
  RC_ASSERT(found->suppressed == expected->suppressed);
  RC_ASSERT(found->classes == expected->classes);
}

/// What must hold for any strategy: the answer is feasible, no better than the optimum, the bound no higher
/// than it, and a proof only ever of the one right answer.
void assert_honest(const SearchCase& c, const SearchResult& result, const std::optional<Solution>& optimum) {
  if (result.proved_optimal) assert_is(result.best, optimum);
  if (!optimum) {
    RC_ASSERT(!result.best);
    return;
  }
  RC_ASSERT(result.lower_bound <= optimum->loss);
  if (!result.best) return;
  RC_ASSERT(result.best->suppressed <= c.options.max_suppressed);
  RC_ASSERT(!test::comes_before(*result.best, *optimum));
}

void assert_exact(StrategyKind strategy) {
  const SearchCase c = random_search_case();
  const auto optimum = reference_search(c.problem, c.options);
  const SearchResult result = run(c, strategy);
  RC_ASSERT(result.proved_optimal);
  assert_honest(c, result, optimum);
  RC_ASSERT(result.telemetry.nodes_visited <= *c.problem.lattice.num_nodes());
}

RC_GTEST_PROP(Strategies, ExhaustiveIsExact, ()) { assert_exact(StrategyKind::kExhaustive); }
RC_GTEST_PROP(Strategies, FlashIsExact, ()) { assert_exact(StrategyKind::kFlash); }
RC_GTEST_PROP(Strategies, IncognitoIsExact, ()) { assert_exact(StrategyKind::kIncognito); }

RC_GTEST_PROP(Strategies, OptimalIsExactForEveryMetricItServes, ()) {
  const SearchCase c = random_search_case();
  RC_PRE(serves(StrategyKind::kOptimal, c.options.metric));
  const SearchResult result = run(c, StrategyKind::kOptimal);
  RC_ASSERT(result.proved_optimal);
  assert_honest(c, result, reference_search(c.problem, c.options));
}

RC_GTEST_PROP(Strategies, OlaIsExactWhenNothingMayBeSuppressed, ()) {
  SearchCase c = random_search_case();
  c.options.max_suppressed = 0;
  const SearchResult result = run(c, StrategyKind::kOla);
  RC_ASSERT(result.proved_optimal);
  assert_honest(c, result, reference_search(c.problem, c.options));
}

RC_GTEST_PROP(Strategies, NoneClaimsWhatIsNotSo, ()) {
  const SearchCase c = random_search_case();
  const auto optimum = reference_search(c.problem, c.options);
  for (const StrategyKind strategy : {StrategyKind::kOla, StrategyKind::kSamarati, StrategyKind::kDatafly,
                                      StrategyKind::kTopDown, StrategyKind::kRedact}) {
    const SearchResult result = run(c, strategy);
    assert_honest(c, result, optimum);
    // All but redact find an answer when there is one.
    if (strategy != StrategyKind::kRedact) RC_ASSERT(result.best.has_value() == optimum.has_value());
  }
}

RC_GTEST_PROP(Strategies, SamaratiFindsTheLeastHeight, ()) {
  const SearchCase c = random_search_case();
  const LossModel loss(c.problem, make_loss_metric(c.options.metric), c.options.aggregate);
  std::optional<unsigned> least;
  Node node = c.problem.lattice.bottom();
  do {
    const bool is_feasible =
        evaluate_node(c.problem, loss, c.options.model, node).suppressed <= c.options.max_suppressed;
    if (is_feasible) least = std::min(least.value_or(height(node)), height(node));
  } while (next_node(c.problem.lattice, node));
  const SearchResult result = run(c, StrategyKind::kSamarati);
  RC_ASSERT(result.best.has_value() == least.has_value());
  // Nodes met above that height count as well when they lose less.
  if (least) RC_ASSERT(height(result.best->levels) >= *least);
}

RC_GTEST_PROP(Strategies, ThreadsAndRanksDoNotMatter, ()) {
  const SearchCase c = random_search_case();
  for (const std::string_view name : strategy_names()) {
    const StrategyKind strategy = *parse_strategy(name);
    if (!is_of_one_node(strategy) || !serves(strategy, c.options.metric)) continue;
    const SearchResult one = run(c, strategy);
    const SearchResult two = run(c, strategy, 2);
    assert_is(two.best, one.best);
    RC_ASSERT(one.proved_optimal == two.proved_optimal && one.lower_bound == two.lower_bound);
    run_as_threads(3, [&](Communicator& communicator) {
      SearchOptions options = c.options;
      options.strategy = strategy;
      const SearchResult shared = search(c.problem, options, communicator);
      assert_is(shared.best, one.best);
      RC_ASSERT(one.proved_optimal == shared.proved_optimal && one.lower_bound == shared.lower_bound);
    });
  }
}

/// The shared kernel against plain grouping, node after node in an order that jumps; and no node above ever
/// stays below a floor.
RC_GTEST_PROP(Strategies, EvaluatorEqualsPlainGroupingAndFloorsHold, ()) {
  const SearchCase c = random_search_case();
  const LossModel loss(c.problem, make_loss_metric(c.options.metric), c.options.aggregate);
  const auto communicator = self_communicator();
  const SearchTask task{c.problem, c.options, loss, *communicator};
  NodeEvaluator evaluator(task);
  const auto draw = [&] {
    Node node;
    for (const Axis& axis : c.problem.lattice.axes)
      node.push_back(*rc::gen::inRange<Level>(0, static_cast<Level>(axis.hierarchy.height() + 1)));
    return node;
  };
  for (int i = 0; i < 20; ++i) {
    const Node low = draw();
    Node high = draw();
    for (std::size_t j = 0; j < low.size(); ++j) high[j] = std::max(low[j], high[j]);
    const Evaluated evaluated = evaluator.evaluate(low);
    const Solution plain = evaluate_node(c.problem, loss, c.options.model, low);
    RC_ASSERT(evaluated.loss == plain.loss);
    RC_ASSERT(evaluated.suppressed == plain.suppressed);
    const double above = evaluate_node(c.problem, loss, c.options.model, high).loss;
    RC_ASSERT(evaluator.floor_before(low) <= above);
    RC_ASSERT(evaluated.floor <= above);
    RC_ASSERT(evaluated.floor <= evaluated.loss);
  }
}

}  // namespace
}  // namespace throng
