// Branch and bound equals the exhaustive search on random problems, for any threads, ranks and row order.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <cmath>

#include "support/random_case.hpp"
#include "throng/search/search.hpp"

namespace throng {
namespace {

using test::ProblemSize;
using test::random_problem;
using test::SearchCase;

SearchCase random_loss_case() {
  ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(1, 6);
  size.num_records = *rc::gen::inRange<std::size_t>(1, 120);
  size.max_leaves = *rc::gen::inRange<Code>(1, 8);
  SearchCase c{random_problem(size, *rc::gen::arbitrary<std::uint64_t>()), {}};
  c.options.model.k = *rc::gen::inRange<Count>(2, 15);
  c.options.aggregate = *rc::gen::element(Aggregate::kArithmetic, Aggregate::kGeometric);
  c.options.max_suppressed = *rc::gen::inRange<Count>(0, size.num_records + 1);
  return c;
}

SearchResult search_alone(const Problem& problem, SearchOptions options, StrategyKind strategy) {
  options.strategy = strategy;
  return search(problem, options, *self_communicator());
}

void assert_same(const SearchResult& a, const SearchResult& b) {
  RC_ASSERT(a.best.has_value() == b.best.has_value());
  RC_ASSERT(a.proved_optimal && b.proved_optimal);
  if (!a.best) return;
  RC_ASSERT(a.best->levels == b.best->levels);
  RC_ASSERT(a.best->loss == b.best->loss);
  RC_ASSERT(a.best->suppressed == b.best->suppressed);
  RC_ASSERT(a.best->classes == b.best->classes);
  RC_ASSERT(a.lower_bound == b.lower_bound);
}

/// The answer by std::map and the definitions of the loss, nothing else of the product.
Solution brute_force_solution(const SearchCase& c, const Node& node) {
  Solution solution;
  const double n = static_cast<double>(c.problem.num_records());
  std::vector<double> costs(node.size(), 0);
  for (const auto& [tuple, count] : test::brute_force_classes(c.problem, node)) {
    const bool is_kept = count >= c.options.model.k;
    is_kept ? void(++solution.classes) : void(solution.suppressed += count);
    for (std::size_t j = 0; j < node.size(); ++j) {
      const Hierarchy& h = c.problem.lattice.axes[j].hierarchy;
      const double share =
          h.num_leaves() == 1 ? 0.0 : (h.leaves_below(node[j], tuple[j]) - 1.0) / (h.num_leaves() - 1.0);
      costs[j] += static_cast<double>(count) * (is_kept ? share : 1.0);
    }
  }
  double sum = 0;
  double weights = 0;
  const bool is_arithmetic = c.options.aggregate == Aggregate::kArithmetic;
  for (std::size_t j = 0; j < node.size(); ++j) {
    const double weight = c.problem.lattice.axes[j].weight;
    sum += weight * (is_arithmetic ? costs[j] / n : std::log(1 + costs[j] / n));
    weights += weight;
  }
  solution.loss = is_arithmetic ? sum / weights : std::exp(sum / weights) - 1;
  return solution;
}

RC_GTEST_PROP(Search, OptimalEqualsExhaustive, ()) {
  const SearchCase c = random_loss_case();
  assert_same(search_alone(c.problem, c.options, StrategyKind::kOptimal),
              search_alone(c.problem, c.options, StrategyKind::kExhaustive));
}

RC_GTEST_PROP(Search, ThreadsAndRanksDoNotMatter, ()) {
  const SearchCase c = random_loss_case();
  const SearchResult expected = search_alone(c.problem, c.options, StrategyKind::kOptimal);
  for (const int threads : {2, 4}) {
    SearchOptions options = c.options;
    options.num_threads = threads;
    assert_same(expected, search_alone(c.problem, options, StrategyKind::kOptimal));
  }
  for (const int ranks : {2, 3, 4}) {
    std::vector<SearchResult> results(static_cast<std::size_t>(ranks));
    run_as_threads(ranks, [&](Communicator& communicator) {
      results[static_cast<std::size_t>(communicator.rank())] = search(c.problem, c.options, communicator);
    });
    for (const SearchResult& result : results) assert_same(expected, result);
  }
}

RC_GTEST_PROP(Search, RowOrderDoesNotMatter, ()) {
  const SearchCase c = random_loss_case();
  const Problem other = test::shuffled(c.problem, *rc::gen::arbitrary<std::uint64_t>());
  assert_same(search_alone(c.problem, c.options, StrategyKind::kOptimal),
              search_alone(other, c.options, StrategyKind::kOptimal));
}

RC_GTEST_PROP(Search, NodeEvaluationEqualsTheDefinitions, ()) {
  const SearchCase c = random_loss_case();
  const LossModel loss(c.problem, make_loss_metric("loss"), c.options.aggregate);
  Node node = c.problem.lattice.bottom();
  do {
    const Solution fast = evaluate_node(c.problem, loss, c.options.model, node);
    const Solution slow = brute_force_solution(c, node);
    RC_ASSERT(std::abs(fast.loss - slow.loss) < 1e-12);
    RC_ASSERT(fast.suppressed == slow.suppressed);
    RC_ASSERT(fast.classes == slow.classes);
  } while (next_node(c.problem.lattice, node));
}

RC_GTEST_PROP(Search, RedactGeneralizesNothing, ()) {
  const SearchCase c = random_loss_case();
  const SearchResult result = search_alone(c.problem, c.options, StrategyKind::kRedact);
  const Solution bottom = brute_force_solution(c, c.problem.lattice.bottom());
  RC_ASSERT(result.best.has_value() == (bottom.suppressed <= c.options.max_suppressed));
  if (result.best) RC_ASSERT(result.best->suppressed == bottom.suppressed);
}

}  // namespace
}  // namespace throng
