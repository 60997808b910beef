// Local recoding on random problems: valid, above its bound, exact where it says so, and one answer for any
// threads, ranks and row order.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "support/random_problem.hpp"
#include "support/range_cells.hpp"
#include "throng/local/plan.hpp"

namespace throng {
namespace {

using test::all_cells;
using test::ProblemSize;
using test::random_problem;
using test::RangeCell;

struct LocalCase {
  Problem problem;
  LocalOptions options;
};

LocalCase random_local_case(std::size_t max_records, std::size_t max_qi) {
  ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(1, max_qi + 1);
  size.num_records = *rc::gen::inRange<std::size_t>(1, max_records + 1);
  size.max_leaves = *rc::gen::inRange<Code>(1, 7);
  LocalCase c{random_problem(size, *rc::gen::arbitrary<std::uint64_t>()), {}};
  c.options.model.k = *rc::gen::inRange<Count>(2, 8);
  c.options.aggregate = *rc::gen::element(Aggregate::kArithmetic, Aggregate::kGeometric);
  return c;
}

LocalResult recode_alone(const Problem& problem, const LocalOptions& options) {
  return recode_locally(problem, options, *self_communicator());
}

/// The recoding as counts of (tuple of leaves, levels): what does not depend on the order of the records.
std::map<std::pair<std::vector<Code>, Node>, Count> content(const Problem& problem, const LocalRecoding& r) {
  std::map<std::pair<std::vector<Code>, Node>, Count> content;
  for (std::size_t t = 0; t < r.of_tuple.size(); ++t) {
    std::vector<Code> leaves;
    for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j) leaves.push_back(problem.tuples.code(t, j));
    for (const LocalShare& share : r.of_tuple[t])
      content[{leaves, r.classes[share.of_class].levels}] += share.records;
  }
  return content;
}

/// Recounts classes, values and losses from the shares alone.
void assert_valid(const LocalCase& c, const LocalResult& result) {
  RC_ASSERT(result.best.has_value());
  const LocalRecoding& r = *result.best;
  std::vector<Count> sizes(r.classes.size(), 0);
  Count released = 0;
  std::vector<double> costs(c.problem.lattice.num_axes(), 0);
  for (std::size_t t = 0; t < r.of_tuple.size(); ++t) {
    Count of_tuple = 0;
    for (const LocalShare& share : r.of_tuple[t]) {
      RC_ASSERT(share.records > 0U);
      sizes[share.of_class] += share.records;
      of_tuple += share.records;
      const LocalClass& each = r.classes[share.of_class];
      for (std::size_t j = 0; j < costs.size(); ++j) {
        const Hierarchy& h = c.problem.lattice.axes[j].hierarchy;
        RC_ASSERT(h.value_of_leaf[each.levels[j]][c.problem.tuples.code(t, j)] == each.values[j]);
        costs[j] += share.records * (h.leaves_below(each.levels[j], each.values[j]) - 1.0) /
                    (std::max<Code>(h.num_leaves(), 2) - 1.0);
      }
    }
    RC_ASSERT(of_tuple <= c.problem.tuples.weights[t]);
    released += of_tuple;
  }
  std::set<std::pair<Node, std::vector<Code>>> cells;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    RC_ASSERT(sizes[i] == r.classes[i].size && sizes[i] >= c.options.model.k);
    RC_ASSERT(cells.emplace(r.classes[i].levels, r.classes[i].values).second);
  }
  const auto n = static_cast<double>(c.problem.num_records());
  RC_ASSERT(result.suppressed == c.problem.num_records() - released);
  for (std::size_t j = 0; j < costs.size(); ++j)
    RC_ASSERT(std::abs(result.loss_per_qi[j] - (costs[j] + static_cast<double>(result.suppressed)) / n) <
              1e-9);
  RC_ASSERT(result.lower_bound <= result.loss);
}

/// The least cost by dynamic programming over sets of records: the lowest record left is suppressed or lies
/// in a class, which is any set of at least k of the records below one cell.
double exact_cost(const Problem& problem, Count k) {
  const std::size_t n = problem.num_records();
  std::vector<double> of_class(std::size_t{1} << n, 1e9);  // cheapest cell of a set
  for (const RangeCell& cell : all_cells(problem)) {
    std::size_t below = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (cell.covers(problem, problem.tuples.tuple_of_record[i])) below |= std::size_t{1} << i;
    }
    for (std::size_t set = below; set != 0; set = (set - 1) & below)
      of_class[set] = std::min(of_class[set], cell.cost);
  }
  std::vector<double> best(std::size_t{1} << n, 0);
  for (std::size_t left = 1; left < best.size(); ++left) {
    const std::size_t lowest = left & (~left + 1);
    best[left] = best[left ^ lowest] + 1;
    const std::size_t others = left ^ lowest;
    for (std::size_t more = others;; more = (more - 1) & others) {
      const std::size_t set = more | lowest;
      const auto size = static_cast<Count>(__builtin_popcountll(set));
      if (size >= k && of_class[set] < 1e8)
        best[left] = std::min(best[left], best[left ^ set] + static_cast<double>(size) * of_class[set]);
      if (more == 0) break;
    }
  }
  return best.back() / static_cast<double>(n);
}

RC_GTEST_PROP(Local, IsValidAndAboveItsBound, ()) {
  const LocalCase c = random_local_case(120, 5);
  assert_valid(c, recode_alone(c.problem, c.options));
}

RC_GTEST_PROP(Local, EnclosesTheExactOptimum, ()) {
  LocalCase c = random_local_case(9, 3);
  c.options.aggregate = Aggregate::kArithmetic;
  c.options.model.k = *rc::gen::inRange<Count>(2, 5);
  const LocalResult result = recode_alone(c.problem, c.options);
  const double exact = exact_cost(c.problem, c.options.model.k);
  RC_ASSERT(result.loss >= exact - 1e-9);
  RC_ASSERT(result.lower_bound <= exact + 1e-9);
  if (result.is_proved_optimal) RC_ASSERT(std::abs(result.loss - exact) < 1e-7);
}

RC_GTEST_PROP(Local, IsTheSameForAnyRowOrderThreadsAndRanks, ()) {
  LocalCase c = random_local_case(80, 4);
  const LocalResult one = recode_alone(c.problem, c.options);
  const auto expected = content(c.problem, *one.best);
  const Problem other = test::shuffled(c.problem, *rc::gen::arbitrary<std::uint64_t>());
  const LocalResult turned = recode_alone(other, c.options);
  RC_ASSERT(content(other, *turned.best) == expected);
  RC_ASSERT(turned.lower_bound == one.lower_bound);
  c.options.num_threads = 2;
  run_as_threads(*rc::gen::inRange(1, 5), [&](Communicator& communicator) {
    const LocalResult result = recode_locally(c.problem, c.options, communicator);
    RC_ASSERT(content(c.problem, *result.best) == expected);
    RC_ASSERT(result.lower_bound == one.lower_bound && result.loss == one.loss);
  });
}

RC_GTEST_PROP(Local, APlanAppliedToOtherRecordsIsValid, ()) {
  ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(1, 4);
  size.num_records = *rc::gen::inRange<std::size_t>(1, 100);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  LocalCase c{random_problem(size, seed), {}};
  c.options.model.k = *rc::gen::inRange<Count>(2, 8);
  const LocalResult made = recode_alone(c.problem, c.options);
  std::vector<PlannedClass> plan;
  for (const LocalClass& each : made.best->classes) plan.push_back({each.levels, each.values});
  size.num_records = *rc::gen::inRange<std::size_t>(1, 100);
  c.problem = random_problem(size, seed);  // the same hierarchies
  const PlannedResult applied = apply_plan(c.problem, plan, c.options, *self_communicator());
  assert_valid(c, applied.result);
  std::set<std::pair<Node, std::vector<Code>>> planned;
  for (const PlannedClass& each : plan) planned.emplace(each.levels, each.values);
  Count kept = 0;
  Count recoded = 0;
  for (const LocalClass& each : applied.result.best->classes) {
    const bool is_planned = planned.count({each.levels, each.values}) > 0;
    kept += is_planned ? 1 : 0;
    recoded += is_planned ? 0 : each.size;
  }
  RC_ASSERT(applied.drift.planned == plan.size());
  RC_ASSERT(applied.drift.kept == kept);
  RC_ASSERT(applied.drift.recoded == recoded);
  RC_ASSERT(applied.drift.fitting <= c.problem.num_records());
}

RC_GTEST_PROP(Local, KeepsTheLevelsItIsLimitedTo, ()) {
  LocalCase c = random_local_case(80, 4);
  c.options.max_levels = *rc::gen::inRange(1U, 3U);
  const LocalResult result = recode_alone(c.problem, c.options);
  assert_valid(c, result);
  for (std::size_t j = 0; j < c.problem.lattice.num_axes(); ++j) {
    std::set<Level> levels;
    for (const LocalClass& each : result.best->classes) levels.insert(each.levels[j]);
    RC_ASSERT(levels.size() <= c.options.max_levels);
  }
}

}  // namespace
}  // namespace throng
