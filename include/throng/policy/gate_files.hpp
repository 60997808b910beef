// The verdict of the gate as files for continuous integration. None holds a count of people or a value of a
// record; every text is escaped for its format.
#pragma once

#include <string>

#include "throng/policy/policy.hpp"

namespace throng {

/// What the verdict is about.
struct GateSubject {
  std::string checked;  ///< the file that was checked
  std::string policy;   ///< path of the policy
  bool is_strict = false;
};

/// JUnit XML (the schema of the Jenkins plug-in): one test case per rule, an unchecked rule is skipped.
std::string junit_xml(const PolicyResult& result, const GateSubject& subject);

/// SARIF 2.1.0 (OASIS 2020): one rule per rule, one result per rule that failed or could not be checked.
std::string sarif_json(const PolicyResult& result, const GateSubject& subject);

/// Markdown: verdict and table, for a job summary.
std::string summary_markdown(const PolicyResult& result, const GateSubject& subject);

}  // namespace throng
