// Record-level risk equals its definition, counted class by class, for any k, size limit, threads and ranks.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <mutex>

#include "support/random_problem.hpp"
#include "throng/audit/audit.hpp"
#include "throng/audit/record_risk.hpp"

namespace throng {
namespace {

struct RiskCase {
  Problem problem;
  RecordRiskOptions options;
};

RiskCase random_risk_case() {
  test::ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(1, 9);
  size.num_records = *rc::gen::inRange<std::size_t>(1, 120);
  size.max_leaves = *rc::gen::inRange<Code>(1, 5);
  RiskCase c{test::random_problem(size, *rc::gen::arbitrary<std::uint64_t>()), {}};
  c.options.k = *rc::gen::element<Count>(2, 3, 11, 127, 128, 40000);
  c.options.max_size = *rc::gen::inRange<std::size_t>(0, size.num_qi + 2);
  c.options.num_threads = *rc::gen::inRange(1, 3);
  return c;
}

/// By mask, whether a record of `tuple` is in a class below k.
std::vector<bool> brute_force(const Problem& problem, std::size_t tuple, Count k) {
  const DistinctTuples& tuples = problem.tuples;
  std::vector<bool> is_below(std::size_t{1} << tuples.num_qi(), false);
  for (Combination qi = 1; qi < is_below.size(); ++qi) {
    Count records = 0;
    for (std::size_t t = 0; t < tuples.size(); ++t) {
      bool agrees = true;
      for (std::size_t j = 0; j < tuples.num_qi(); ++j)
        agrees = agrees && ((qi >> j & 1) == 0 || tuples.code(t, j) == tuples.code(tuple, j));
      records += agrees ? tuples.weights[t] : 0;
    }
    is_below[qi] = records < k;
  }
  return is_below;
}

bool is_minimal(const std::vector<bool>& is_below, Combination qi) {
  for (Combination subset = (qi - 1) & qi; subset != 0; subset = (subset - 1) & qi)
    if (is_below[subset]) return false;
  return is_below[qi];
}

RC_GTEST_PROP(RecordRisk, CountsFollowFromTheDefinition, ()) {
  const RiskCase c = random_risk_case();
  const std::size_t d = c.problem.lattice.num_axes();
  const RecordRisk risk = record_risk(c.problem, c.options, *self_communicator());
  RC_ASSERT(risk.max_size == (c.options.max_size == 0 ? d : std::min(c.options.max_size, d)));
  for (std::size_t t = 0; t < c.problem.tuples.size(); ++t) {
    const std::vector<bool> is_below = brute_force(c.problem, t, c.options.k);
    std::vector<std::uint64_t> below(d + 1, 0);
    std::vector<std::uint64_t> minimal(d + 1, 0);
    for (Combination qi = 1; qi < is_below.size(); ++qi) {
      below[static_cast<std::size_t>(std::popcount(qi))] += is_below[qi];
      minimal[static_cast<std::size_t>(std::popcount(qi))] += is_minimal(is_below, qi);
    }
    std::uint64_t all = 0;
    for (std::size_t size = 0; size <= risk.max_size; ++size) {
      RC_ASSERT(risk.below_of(t, size) == below[size]);
      RC_ASSERT(risk.minimal_of(t, size) == minimal[size]);
      all += below[size];
    }
    RC_ASSERT(risk.num_below(t) == all);
    if (all > 0) RC_ASSERT(below[risk.smallest_size(t)] > 0 && below[risk.smallest_size(t) - 1] == 0);
  }
}

RC_GTEST_PROP(RecordRisk, SumsToTheAuditsRecordsAtRisk, ()) {
  test::ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(8, 15);
  size.num_records = 300;
  size.max_leaves = 3;
  const Problem problem = test::random_problem(size, *rc::gen::arbitrary<std::uint64_t>());
  const RecordRisk risk = record_risk(problem, {}, *self_communicator());
  const AuditResult audited = audit(problem, {}, *self_communicator());
  for (const SizeSummary& summary : audited.by_size) {
    double records = 0;
    for (std::size_t t = 0; t < problem.tuples.size(); ++t)
      records += static_cast<double>(risk.below_of(t, summary.size)) * problem.tuples.weights[t];
    RC_ASSERT(records == std::round(summary.mean * static_cast<double>(summary.combinations)));
  }
}

RC_GTEST_PROP(RecordRisk, LimitedSizesEqualTheExhaustiveOnes, ()) {
  test::ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(9, 15);
  size.num_records = 200;
  size.max_leaves = 3;
  const Problem problem = test::random_problem(size, *rc::gen::arbitrary<std::uint64_t>());
  RecordRiskOptions options;
  options.k = 3;
  const RecordRisk all = record_risk(problem, options, *self_communicator());
  options.max_size = *rc::gen::inRange<std::size_t>(1, size.num_qi);
  const RecordRisk limited = record_risk(problem, options, *self_communicator());
  for (std::size_t t = 0; t < problem.tuples.size(); ++t)
    for (std::size_t s = 0; s <= options.max_size; ++s) {
      RC_ASSERT(limited.below_of(t, s) == all.below_of(t, s));
      RC_ASSERT(limited.minimal_of(t, s) == all.minimal_of(t, s));
    }
}

}  // namespace
}  // namespace throng
