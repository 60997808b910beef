// The two ways to enumerate combinations; both give the same figures where both are possible.
#pragma once

#include "risk_reduction.hpp"
#include "safe_sets.hpp"
#include "throng/audit/audit.hpp"

namespace throng {

/// What one enumeration finds, complete on every rank.
struct Enumeration {
  RiskReduction reduction;
  MinimalUnsafe minimal_unsafe;
  std::optional<AuditArrays> arrays;
};

/// *Collective.* All 2^d - 1 combinations by the lattice transform.
Enumeration enumerate_all(const Problem& problem, const AuditOptions& options, Communicator& communicator);

/// *Collective.* The combinations of up to options.max_size quasi-identifiers, one by one.
Enumeration enumerate_up_to_size(const Problem& problem, const AuditOptions& options,
                                 Communicator& communicator);

}  // namespace throng
