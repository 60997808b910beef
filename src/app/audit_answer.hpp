// The answer of an audit, for machines and for a release manager.
#pragma once

#include <string>
#include <vector>

#include "throng/audit/audit.hpp"

namespace throng {

struct AuditAnswer {
  Count rows = 0;
  Count distinct_tuples = 0;
  std::vector<std::string> qi;  ///< names, in file order
  AuditOptions options;
  AuditResult result;
  int ranks = 1;
};

/// One JSON object, with every count: for the private side only.
std::string audit_json(const AuditAnswer& answer);

/// The risk in about ten lines: how large, which columns make it, what to do.
std::string audit_text(const AuditAnswer& answer);

}  // namespace throng
