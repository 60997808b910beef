// The figures of an audit drawn again from those of every combination.
#include <numeric>

#include "audit_state.hpp"
#include "throng/core/check.hpp"

namespace throng {

AuditResult audit_of_arrays(const Problem& problem, const AuditOptions& options, const AuditArrays& arrays) {
  const std::size_t d = problem.lattice.num_axes();
  const std::size_t size = std::size_t{1} << d;
  THRONG_CHECK(arrays.first == 0 && arrays.classes.size() == size &&
               arrays.at_risk.size() == options.thresholds.size());
  // Bit b of an index is QI b left out.
  std::vector<std::size_t> order(d);
  std::iota(order.rbegin(), order.rend(), std::size_t{0});
  AuditState found(facts_of(problem, order, 0), options);
  auto& safe = std::get<SafeBits>(found.safe);
  safe.mark(size - 1);
  for (Combination qi = 1; qi < size; ++qi) {
    RiskCounts risk;
    risk.lanes[0] = arrays.classes[qi];
    for (std::size_t t = 0; t < arrays.at_risk.size(); ++t) risk.lanes[1 + t] = arrays.at_risk[t][qi];
    found.reduction.add(qi, risk);
    if (risk.at_risk(options.k_index()) == 0) safe.mark(size - 1 - qi);
  }
  AuditResult result;
  found.finish(options, result);
  return result;
}

}  // namespace throng
