// The answer of an audit, for machines and for a release manager.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "record_risk_answer.hpp"
#include "throng/app/config.hpp"
#include "throng/audit/audit.hpp"

namespace throng {

struct AuditAnswer {
  Count rows = 0;
  Count distinct_tuples = 0;
  std::vector<std::string> qi;  ///< names, in file order
  AuditOptions options;
  AuditResult result;
  std::optional<RecordRiskAnswer> records;  ///< when asked for
  int ranks = 1;
};

/// One JSON object. The internal form has every count, for the private side only. In the external form every
/// number of records is rounded down to a multiple of k, so that no count of 1 .. k - 1 is told or follows
/// from differences, and what cannot be rounded so is left out.
std::string audit_json(const AuditAnswer& answer, Audience audience);

/// The risk in about ten lines: how large, which columns make it, what to do.
std::string audit_text(const AuditAnswer& answer);

}  // namespace throng
