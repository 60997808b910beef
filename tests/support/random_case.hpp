// A random search: problem, metric, k and limit, drawn by rapidcheck.
#pragma once

#include <rapidcheck.h>

#include "support/random_problem.hpp"
#include "throng/search/search.hpp"

namespace throng::test {

struct SearchCase {
  Problem problem;
  SearchOptions options;
};

/// Uniform in [low, high) at every size: rapidcheck alone would draw mostly tiny cases.
template <typename T>
T drawn(T low, T high) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(low, high));
}

/// The limit is 0 in half of the cases: there all exact strategies must prove.
inline SearchCase random_search_case() {
  ProblemSize size;
  size.num_qi = drawn<std::size_t>(1, 6);
  size.num_records = drawn<std::size_t>(1, 150);
  size.max_leaves = drawn<Code>(1, 8);
  SearchCase c{random_problem(size, *rc::gen::arbitrary<std::uint64_t>()), {}};
  c.options.model.k = drawn<Count>(2, 15);
  c.options.metric = *rc::gen::elementOf(loss_metric_names());
  if (is_sum_over_cells(c.options.metric))
    c.options.aggregate = *rc::gen::element(Aggregate::kArithmetic, Aggregate::kGeometric);
  const bool has_limit = *rc::gen::arbitrary<bool>();
  c.options.max_suppressed = has_limit ? drawn<Count>(0, size.num_records + 1) : 0;
  return c;
}

}  // namespace throng::test
