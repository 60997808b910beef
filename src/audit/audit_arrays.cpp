// The figures of an audit drawn again from those of every combination.
#include <algorithm>
#include <numeric>

#include "risk_reduction.hpp"
#include "safe_sets.hpp"
#include "throng/audit/audit.hpp"
#include "throng/core/check.hpp"

namespace throng {

AuditResult audit_of_arrays(const Problem& problem, const AuditOptions& options, const AuditArrays& arrays) {
  const std::size_t d = problem.lattice.num_axes();
  const std::size_t size = std::size_t{1} << d;
  THRONG_CHECK(arrays.classes.size() == size && arrays.at_risk.size() == options.thresholds.size());
  RiskReduction reduction(d, problem.num_records(), options);
  // Bit b of an index is QI b left out.
  std::vector<std::size_t> order(d);
  std::iota(order.rbegin(), order.rend(), std::size_t{0});
  SafeBits safe(order);
  safe.mark(size - 1);
  for (Combination qi = 1; qi < size; ++qi) {
    RiskCounts risk;
    risk.lanes[0] = arrays.classes[qi];
    for (std::size_t t = 0; t < arrays.at_risk.size(); ++t) risk.lanes[1 + t] = arrays.at_risk[t][qi];
    reduction.add(qi, risk);
    if (risk.at_risk(options.k_index()) == 0) safe.mark(size - 1 - qi);
  }
  AuditResult result;
  reduction.finish(result);
  MinimalUnsafe unsafe = safe.minimal_unsafe(options.max_minimal_unsafe, options.num_threads);
  result.num_minimal_unsafe = unsafe.count;
  result.minimal_unsafe = std::move(unsafe.first);
  result.classes = problem.tuples.size();
  result.smallest_class = *std::ranges::min_element(problem.tuples.weights);
  return result;
}

}  // namespace throng
