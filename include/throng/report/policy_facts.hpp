// What an audited table tells the policy gate.
#pragma once

#include <string>
#include <vector>

#include "throng/audit/audit.hpp"
#include "throng/data/table.hpp"
#include "throng/policy/policy.hpp"

namespace throng {

/// Facts about `table`, whose quasi-identifiers `qi` (by name, in file order) were audited as `result` says.
PolicyFacts policy_facts(const Table& table, const std::vector<std::string>& qi, const AuditResult& result);

}  // namespace throng
