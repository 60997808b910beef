// The report: one HTML file that a release manager decides from and an analyst reads on.
//
// The private form tells everything. The external form holds no count of 1 to k - 1 people: every figure of
// it is computed from the rows that are released, and the figures of the search are there only where they
// give away no such count (docs/report.md).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "throng/audit/audit.hpp"
#include "throng/core/communicator.hpp"
#include "throng/data/table.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/policy/policy.hpp"
#include "throng/release/recode.hpp"
#include "throng/search/search.hpp"

namespace throng {

enum class ReportForm { kPrivate, kExternal };

/// The rows of a local recoding and how far each column's cells were generalized.
struct LocalRows {
  Table rows;
  Count starred = 0;  ///< of these, suppressed records that stay with every quasi-identifier `*`
  std::vector<std::vector<Count>> records_at_level;  ///< per QI (file order) and level, without the starred
};

/// The released rows as a table: each dictionary sorted bytewise, of the values that occur. `lattice`: of its
/// quasi-identifiers alone; null: of all columns.
Table released_table(const Release& release, const Lattice* lattice = nullptr);

/// What the report is about. The references must outlive the call.
struct ReportRequest {
  const Table& table;
  const Problem& problem;
  const SearchOptions& search;  ///< that led to `result`
  const SearchResult& result;   ///< of a local recoding: a solution without levels
  std::string name;             ///< of the job
  SuppressedRecords suppressed = SuppressedRecords::kDrop;
  std::vector<Count> thresholds = {};  ///< of the audit, ascending, k among them
  std::size_t max_size = 0;  ///< of the audit's combinations; 0 = every size, while there are few columns
  std::vector<std::string> configuration = {};  ///< lines of the resolved job, fit for the form
  std::vector<std::pair<std::string, std::string>> provenance = {};  ///< name and value, fit for the form
  std::optional<Policy> policy = {};                                 ///< checked on the release
  std::optional<AuditResult> audited = {};  ///< of the original records at `thresholds`; nothing: it is made
  std::optional<LocalRows> local = {};      ///< when each record has its own node
};

/// A finished report.
struct ReportPage {
  std::string html;
  bool is_policy_met = true;  ///< no rule of the policy failed; true without one
};

/// *Collective.* The report as one HTML text, the same on every rank, for any number of ranks and threads.
/// Everything in it is inline: it loads nothing and runs one script, both allowed by hash alone.
ReportPage report_page(const ReportRequest& request, ReportForm form, Communicator& communicator);

}  // namespace throng
