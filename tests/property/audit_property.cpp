// Every figure of the audit equals its definition, computed by std::map, for any threads and ranks.
#include <gtest/gtest.h>
// The bridge needs gtest before it.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "support/random_problem.hpp"
#include "throng/audit/audit.hpp"

namespace throng {
namespace {

using test::ProblemSize;
using test::random_problem;

struct AuditCase {
  Problem problem;
  AuditOptions options;
};

AuditCase random_audit_case() {
  ProblemSize size;
  size.num_qi = *rc::gen::inRange<std::size_t>(1, 8);
  size.num_records = *rc::gen::inRange<std::size_t>(12, 150);
  size.max_leaves = *rc::gen::inRange<Code>(1, 5);
  AuditCase c{random_problem(size, *rc::gen::arbitrary<std::uint64_t>()), {}};
  c.options.num_threads = *rc::gen::inRange(1, 4);
  c.options.num_worst = *rc::gen::inRange<std::size_t>(0, 6);
  c.options.k = *rc::gen::element<Count>(2, 3, 5, 11);
  c.options.keeps_arrays = true;
  return c;
}

Node node_of(const Problem& problem, Combination qi) {
  Node node;
  for (std::size_t j = 0; j < problem.lattice.num_axes(); ++j)
    node.push_back((qi >> j & 1) != 0 ? Level{0} : problem.lattice.axes[j].hierarchy.height());
  return node;
}

CombinationRisk brute_force(const AuditCase& c, Combination qi) {
  CombinationRisk risk{qi, 0, std::vector<Count>(c.options.thresholds.size(), 0)};
  for (const auto& [tuple, count] : test::brute_force_classes(c.problem, node_of(c.problem, qi))) {
    ++risk.classes;
    for (std::size_t t = 0; t < risk.at_risk.size(); ++t)
      risk.at_risk[t] += count < c.options.thresholds[t] ? count : 0;
  }
  return risk;
}

std::vector<CombinationRisk> brute_force_all(const AuditCase& c) {
  std::vector<CombinationRisk> all;
  for (Combination qi = 0; qi < Combination{1} << c.problem.lattice.num_axes(); ++qi)
    all.push_back(brute_force(c, qi));
  return all;
}

AuditResult audit_alone(const AuditCase& c) { return audit(c.problem, c.options, *self_communicator()); }

bool is_same(const CombinationRisk& a, const CombinationRisk& b) {
  return a.qi == b.qi && a.classes == b.classes && a.at_risk == b.at_risk;
}

RC_GTEST_PROP(Audit, ArraysEqualBruteForce, ()) {
  const AuditCase c = random_audit_case();
  const AuditResult result = audit_alone(c);
  const auto expected = brute_force_all(c);
  for (Combination qi = 0; qi < expected.size(); ++qi) {
    RC_ASSERT(result.arrays->classes[qi] == expected[qi].classes);
    for (std::size_t t = 0; t < c.options.thresholds.size(); ++t)
      RC_ASSERT(result.arrays->at_risk[t][qi] == expected[qi].at_risk[t]);
  }
}

RC_GTEST_PROP(Audit, SummariesFollowFromAllCombinations, ()) {
  const AuditCase c = random_audit_case();
  const AuditResult result = audit_alone(c);
  auto all = brute_force_all(c);
  const std::size_t k = c.options.k_index();
  all.erase(all.begin());
  std::ranges::sort(all, [&](const auto& a, const auto& b) {
    return a.at_risk[k] != b.at_risk[k] ? a.at_risk[k] > b.at_risk[k] : a.qi < b.qi;
  });
  RC_ASSERT(result.combinations == all.size());
  for (const SizeSummary& summary : result.by_size) {
    std::vector<CombinationRisk> of_size;
    for (const auto& risk : all)
      if (static_cast<std::size_t>(std::popcount(risk.qi)) == summary.size) of_size.push_back(risk);
    RC_ASSERT(summary.combinations == of_size.size());
    RC_ASSERT(summary.max == of_size.front().at_risk[k] && summary.min == of_size.back().at_risk[k]);
    RC_ASSERT(summary.median == of_size[of_size.size() / 2].at_risk[k]);
    of_size.resize(std::min(of_size.size(), c.options.num_worst));
    RC_ASSERT(std::ranges::equal(summary.worst, of_size, is_same));
  }
  all.resize(std::min(all.size(), c.options.num_worst));
  RC_ASSERT(std::ranges::equal(result.worst, all, is_same));
}

RC_GTEST_PROP(Audit, MinimalUnsafeCombinationsFollowFromTheDefinition, ()) {
  AuditCase c = random_audit_case();
  c.options.max_minimal_unsafe = *rc::gen::inRange<std::size_t>(0, 40);
  const auto all = brute_force_all(c);
  const std::size_t k = c.options.k_index();
  std::vector<Combination> minimal;
  for (Combination qi = 1; qi < all.size(); ++qi) {
    bool is_minimal = all[qi].at_risk[k] > 0;
    for (Combination subset = (qi - 1) & qi; is_minimal && subset != 0; subset = (subset - 1) & qi)
      is_minimal = all[subset].at_risk[k] == 0;
    if (is_minimal) minimal.push_back(qi);
  }
  std::ranges::stable_sort(minimal, {}, [](Combination qi) { return std::popcount(qi); });
  const AuditResult result = audit_alone(c);
  RC_ASSERT(result.num_minimal_unsafe == minimal.size());
  minimal.resize(std::min(minimal.size(), c.options.max_minimal_unsafe));
  RC_ASSERT(result.minimal_unsafe == minimal);
}

double factorial(std::size_t n) { return n == 0 ? 1 : static_cast<double>(n) * factorial(n - 1); }

RC_GTEST_PROP(Audit, ShapleyValuesFollowFromTheDefinition, ()) {
  const AuditCase c = random_audit_case();
  const auto all = brute_force_all(c);
  const AuditResult result = audit_alone(c);
  const std::size_t d = c.problem.lattice.num_axes();
  const std::size_t k = c.options.k_index();
  for (std::size_t j = 0; j < d; ++j) {
    double expected = 0;
    for (Combination qi = 0; qi < all.size(); ++qi) {
      if ((qi >> j & 1) != 0) continue;
      const auto size = static_cast<std::size_t>(std::popcount(qi));
      const double gain = static_cast<double>(all[qi | Combination{1} << j].at_risk[k]) -
                          static_cast<double>(all[qi].at_risk[k]);
      expected += factorial(size) * factorial(d - size - 1) / factorial(d) * gain;
    }
    RC_ASSERT(std::abs(result.shapley[j] - expected / static_cast<double>(c.problem.num_records())) < 1e-9);
    RC_ASSERT(result.at_risk_without[j] == all[(all.size() - 1) ^ Combination{1} << j].at_risk[k]);
  }
}

RC_GTEST_PROP(Audit, LimitedSizesEqualTheExhaustiveOnes, ()) {
  AuditCase c = random_audit_case();
  c.options.keeps_arrays = false;
  AuditResult all = audit_alone(c);
  c.options.max_size = *rc::gen::inRange<std::size_t>(1, c.problem.lattice.num_axes() + 1);
  const AuditResult limited = audit_alone(c);
  for (std::size_t s = 0; s < c.options.max_size; ++s) {
    const SizeSummary& x = all.by_size[s];
    const SizeSummary& y = limited.by_size[s];
    RC_ASSERT(x.combinations == y.combinations && x.safe == y.safe && x.min == y.min && x.median == y.median);
    RC_ASSERT(x.max == y.max && x.mean == y.mean && std::ranges::equal(x.worst, y.worst, is_same));
  }
  std::erase_if(all.minimal_unsafe, [&](Combination qi) {
    return static_cast<std::size_t>(std::popcount(qi)) > c.options.max_size;
  });
  RC_ASSERT(limited.minimal_unsafe == all.minimal_unsafe);
  RC_ASSERT(limited.num_minimal_unsafe == all.minimal_unsafe.size());
}

}  // namespace
}  // namespace throng
