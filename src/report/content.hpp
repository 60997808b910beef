// What the report tells, computed: the sections only write it down.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "throng/audit/audit.hpp"
#include "throng/loss/loss_metric.hpp"
#include "throng/report/report.hpp"
#include "throng/utility/compare.hpp"
#include "throng/utility/distribution.hpp"

namespace throng {

/// One column at one level: a part of the cheapest way, by the columns' own losses, to make a combination
/// safe.
struct Fix {
  std::size_t qi = 0;
  Level level = 0;
  double loss = 0;  ///< of the column at that level, nothing suppressed
};

/// A combination of the original records that puts somebody at risk.
struct CombinationRow {
  Combination qi = 0;
  Count classes = 0;
  Count at_risk = 0;
  bool is_minimal = false;
  std::vector<Fix> fixes;             ///< one column or two; none: so many columns do not make it safe
  std::size_t num_columns_tried = 0;  ///< for `fixes`: 0, 1 or 2
};

/// All records, one column changed: who remains at risk when all columns are known.
struct SingleChange {
  Fix change;
  Count at_risk = 0;
};

/// A node of the lattice, so many steps of one level from another.
struct NearbyNode {
  Solution solution;
  unsigned steps = 0;
};

/// The release of least loss that satisfies a policy's k and share of records; `best` is nothing when no node
/// does.
struct Remedy {
  Count k = 0;
  Count max_suppressed = 0;
  std::optional<Solution> best;
  bool keeps_loss = true;  ///< the policy's limit on the loss, too
};

/// What became of a cell of the release.
enum class CellState : std::uint8_t { kOriginal, kGeneralized, kStar };

/// Released rows whose cells met the same fate, column by column.
struct Pattern {
  std::vector<CellState> cells;  ///< per quasi-identifier
  Count records = 0;
};

/// Of rows that are recoded locally, most records first. Rows of one class have one pattern, so that every
/// number of records is 0 or at least k.
std::vector<Pattern> patterns_of(const Table& released, const Problem& problem);

/// Records by the values of two columns together. Entry x * second_labels.size() + y is value x of the first
/// and y of the second; only values that occur.
struct TwoWay {
  std::string first, second;
  std::vector<std::string> first_labels, second_labels;
  std::vector<double> before;     ///< empty in the external form
  std::vector<double> after;      ///< in the external form released rows
  std::vector<bool> is_estimate;  ///< of `after`; empty in the external form, which has none
  std::optional<double> error;    ///< mean relative error of the counts of at least k
};

struct Content {
  const ReportRequest& request;
  ReportForm form;
  Count k = 0;

  // Of the release; nothing when there is no solution.
  std::optional<Table> released = {};
  std::vector<Count> classes_after = {};  ///< sizes, ascending
  std::optional<AuditResult> after = {};
  Count starred = 0;
  std::vector<Pattern> patterns = {};        ///< of a local recoding
  std::optional<PolicyResult> verdict = {};  ///< of the policy
  std::vector<TwoWay> two_way = {};

  // Of the original records: private form only.
  std::vector<Count> classes_before = {};
  std::optional<AuditResult> before = {};
  std::vector<CombinationRisk> singles_and_pairs = {};
  std::vector<CombinationRow> combinations = {};
  std::vector<SingleChange> changes = {};  ///< most helpful first
  std::vector<NearbyNode> nearby = {};     ///< around the release, or beside a local recoding the best node
  std::optional<Utility> utility = {};
  std::vector<LeafCounts> leaves = {};
  std::optional<Remedy> remedy = {};       ///< when the policy is not satisfied
  std::optional<Solution> one_node = {};   ///< beside a local recoding, or where there is none: the best node
  std::optional<Solution> redaction = {};  ///< beside a local recoding: small classes dropped, no more
  std::optional<Solution> unlimited = {};  ///< when the limit on suppression leaves no solution: without it

  [[nodiscard]] bool is_external() const { return form == ReportForm::kExternal; }
  [[nodiscard]] bool is_local() const { return !is_of_one_node(request.search.strategy); }
  [[nodiscard]] const Lattice& lattice() const { return request.problem.lattice; }
  [[nodiscard]] const std::string& qi_name(std::size_t j) const { return lattice().axes[j].name; }
  [[nodiscard]] const std::optional<Solution>& best() const { return request.result.best; }
  /// True when 1 to k - 1 records are suppressed and the form must not tell how many.
  [[nodiscard]] bool is_withheld() const {
    return is_external() && best() && best()->suppressed > 0 && best()->suppressed < k;
  }
  /// No rule of the policy failed; true without one.
  [[nodiscard]] bool meets_policy() const { return !verdict || verdict->passed(false); }
  /// True when the form may tell the loss of the release.
  [[nodiscard]] bool tells_loss() const {
    return !is_external() || (!is_withheld() && best() &&
                              follows_from_release(request.search.metric, lattice(), best()->levels));
  }
  /// Place of k among the audit's thresholds.
  [[nodiscard]] std::size_t k_index() const;
  [[nodiscard]] std::vector<std::string> names_of(Combination qi) const;
};

/// The pairs of columns that make trends: one over the numbers of a quasi-identifier, such as years, and
/// pairs of other quasi-identifiers, those that depend on each other most first. Original values beside
/// released ones in the private form, with some columns that are no quasi-identifiers; released values of the
/// quasi-identifiers alone in the external one.
std::vector<TwoWay> two_way_of(const Content& content);

/// Where the second column has more values than can be told apart, the largest remain, and the others become
/// one. Sums of whole classes remain such sums.
void fold(TwoWay& pair);

/// *Collective.* Recodes, audits, compares: everything `form` tells.
Content gather(const ReportRequest& request, ReportForm form, Communicator& communicator);

}  // namespace throng
