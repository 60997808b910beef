// Computes what the report tells: from the release alone for the external form, from everything for the
// private one.
#include <algorithm>

#include "content.hpp"
#include "fixes.hpp"
#include "neighbourhood.hpp"
#include "remedies.hpp"
#include "throng/report/policy_facts.hpp"

namespace throng {

namespace {

/// With more columns than this not every combination is enumerated, but those of up to kLargestOfMany.
constexpr std::size_t kManyColumns = 20;
constexpr std::size_t kLargestOfMany = 3;
constexpr std::size_t kMinimalShown = 100;
/// A what-if groups every tuple: so many combinations get their cheapest fix.
constexpr std::size_t kFixed = 40;
constexpr std::size_t kAllPairs = 4096;
/// Codes that are grouped to find changes of two columns.
constexpr std::size_t kMostTrialCodes = 60'000'000;
/// Nodes around the release: the most of them, of their levels on the page, and of the codes that are
/// grouped.
constexpr std::size_t kMostNearby = 200;
constexpr std::size_t kMostNearbyLevels = 2500;
constexpr std::size_t kMostNearbyCodes = 30'000'000;

/// The released rows as a problem of their own: every value is what it is, or `*`.
Problem problem_of(const Table& table) {
  InputSpec input;
  for (const Column& column : table.columns) input.columns.push_back({column.name, column.role, {}, 1.0, {}});
  std::vector<std::string> warnings;
  return make_problem(table, input, 1, warnings);
}

std::vector<Count> sorted_sizes(const DistinctTuples& tuples) {
  std::vector<Count> sizes(tuples.weights.begin(), tuples.weights.end());
  std::ranges::sort(sizes);
  return sizes;
}

AuditOptions audit_options(const ReportRequest& request, std::size_t num_rows) {
  AuditOptions options;
  options.k = request.search.model.k;
  options.thresholds.clear();
  // k stays: it is never above the number of records here.
  for (const Count threshold : request.thresholds)
    if (threshold <= num_rows) options.thresholds.push_back(threshold);
  const std::size_t d = request.problem.lattice.num_axes();
  options.max_size =
      request.max_size == 0 && d > kManyColumns ? kLargestOfMany : std::min(request.max_size, d);
  options.num_threads = request.search.num_threads;
  return options;
}

/// The rows of the release: as they were given, or recoded at the node that was found.
void add_rows(Content& content) {
  const ReportRequest& request = content.request;
  if (request.local) {
    content.released = request.local->rows;
    content.starred = request.local->starred;
    return;
  }
  RecodeOptions options;
  options.model = request.search.model;
  options.levels = content.best()->levels;
  options.suppressed = request.suppressed;
  options.num_threads = request.search.num_threads;
  const Release release = recode(request.table, request.problem, options);
  content.released = released_table(release);
  content.starred = release.starred;
}

void add_release(Content& content, Communicator& communicator) {
  add_rows(content);
  const ReportRequest& request = content.request;
  if (content.released->num_rows < content.k) return;
  const Problem problem = problem_of(*content.released);
  content.classes_after = sorted_sizes(problem.tuples);
  content.after = audit(problem, audit_options(request, content.released->num_rows), communicator);
  if (content.is_local()) content.patterns = patterns_of(*content.released, request.problem);
}

bool is_known(const std::vector<CombinationRow>& rows, Combination qi) {
  return std::ranges::find(rows, qi, &CombinationRow::qi) != rows.end();
}

void add_combinations(Content& content, const WhatIf& what_if) {
  const AuditResult& audited = *content.before;
  const std::size_t t = content.k_index();
  const auto is_minimal = [&](Combination qi) {
    return std::ranges::find(audited.minimal_unsafe, qi) != audited.minimal_unsafe.end();
  };
  const auto add = [&](const CombinationRisk& risk) {
    if (risk.at_risk[t] > 0 && !is_known(content.combinations, risk.qi))
      content.combinations.push_back({risk.qi, risk.classes, risk.at_risk[t], is_minimal(risk.qi), {}, 0});
  };
  for (const CombinationRisk& risk : audited.worst) add(risk);
  for (const SizeSummary& size : audited.by_size)
    for (std::size_t i = 0; i < std::min<std::size_t>(3, size.worst.size()); ++i) add(size.worst[i]);
  for (std::size_t i = 0; i < std::min(kMinimalShown, audited.minimal_unsafe.size()); ++i) {
    const Combination qi = audited.minimal_unsafe[i];
    if (is_known(content.combinations, qi)) continue;
    Node node = content.lattice().top();
    for (std::size_t j = 0; j < node.size(); ++j)
      if ((qi >> j & 1) != 0) node[j] = 0;
    const Solution figures = what_if.evaluate(node);
    content.combinations.push_back({qi, figures.classes, figures.suppressed, true, {}, 0});
  }
}

/// One column where that is enough, else two.
void add_fixes(Content& content, const WhatIf& what_if) {
  const std::size_t codes = content.lattice().num_axes() * content.request.problem.tuples.size();
  std::size_t trials = kMostTrialCodes / codes;
  for (std::size_t i = 0; i < std::min(kFixed, content.combinations.size()); ++i) {
    CombinationRow& row = content.combinations[i];
    row.num_columns_tried = 1;
    if (const auto fix = what_if.cheapest_fix(row.qi)) {
      row.fixes = {*fix};
    } else if (const auto pair = what_if.cheapest_pair(row.qi, trials)) {
      row.num_columns_tried = 2;
      row.fixes = *pair;
    }
  }
}

/// Around the release; where it is of many nodes, or there is none, around the best single node.
void add_nearby(Content& content, const WhatIf& what_if) {
  const bool is_released = content.best() && !content.is_local();
  const std::optional<Solution>& centre = is_released ? content.best() : content.one_node;
  if (!centre) return;
  const ReportRequest& request = content.request;
  const std::size_t d = content.lattice().num_axes();
  const std::size_t most =
      std::min({kMostNearby, kMostNearbyLevels / d, kMostNearbyCodes / (d * request.problem.tuples.size())});
  content.nearby =
      neighbourhood(what_if, content.lattice(), centre->levels, request.search.max_suppressed, most);
}

/// No release: what the job's own strategy finds without the limit, and what is best within it.
void add_ways_out(Content& content, Communicator& communicator) {
  const ReportRequest& request = content.request;
  SearchOptions unlimited = request.search;
  unlimited.max_suppressed = request.table.num_rows;
  unlimited.on_progress = {};
  if (!content.is_local()) content.unlimited = search(request.problem, unlimited, communicator).best;
  content.one_node = best_single_node(content, content.k, request.search.max_suppressed, communicator);
}

void add_original(Content& content, Communicator& communicator) {
  const ReportRequest& request = content.request;
  content.classes_before = sorted_sizes(request.problem.tuples);
  AuditOptions options = audit_options(request, request.table.num_rows);
  content.before = request.audited ? request.audited : audit(request.problem, options, communicator);
  options.max_size = std::min<std::size_t>(2, content.lattice().num_axes());
  options.num_worst = kAllPairs;
  for (const SizeSummary& size : audit(request.problem, options, communicator).by_size)
    content.singles_and_pairs.insert(content.singles_and_pairs.end(), size.worst.begin(), size.worst.end());
  const WhatIf what_if(request.problem, request.search);
  add_combinations(content, what_if);
  add_fixes(content, what_if);
  content.changes = what_if.single_changes();
  if (!content.best()) {
    add_ways_out(content, communicator);
    add_nearby(content, what_if);
    return;
  }
  if (content.is_local()) {
    content.redaction = what_if.evaluate(content.lattice().bottom());
    content.one_node = best_single_node(content, content.k, request.search.max_suppressed, communicator);
  }
  add_nearby(content, what_if);
  content.utility =
      compare(request.table, *content.released, request.problem, {content.k, request.search.num_threads});
  content.leaves = leaf_counts(request.table, *content.released, request.problem);
}

/// The policy on the release. Its words tell no figure; where an outcome would tell one, it is not checked.
void add_verdict(Content& content, Communicator& communicator) {
  if (!content.request.policy || !content.after) return;
  std::vector<std::string> names;
  for (const Axis& axis : content.lattice().axes) names.push_back(axis.name);
  PolicyFacts facts = policy_facts(*content.released, names, *content.after);
  facts.is_withheld = content.is_withheld();
  facts.rows_before = content.request.table.num_rows;
  if (content.tells_loss()) facts.loss = content.best()->loss;
  content.verdict = check_policy(*content.request.policy, facts);
  if (!content.is_external() && !content.verdict->passed(false))
    content.remedy = remedy_for(content, *content.request.policy, communicator);
}

}  // namespace

std::size_t Content::k_index() const {
  const auto found = std::ranges::find(request.thresholds, k);
  return static_cast<std::size_t>(found - request.thresholds.begin());
}

std::vector<std::string> Content::names_of(Combination qi) const {
  std::vector<std::string> names;
  for (std::size_t j = 0; j < lattice().num_axes(); ++j)
    if ((qi >> j & 1) != 0) names.push_back(qi_name(j));
  return names;
}

Content gather(const ReportRequest& request, ReportForm form, Communicator& communicator) {
  Content content{request, form, request.search.model.k};
  if (content.best()) add_release(content, communicator);
  if (form == ReportForm::kPrivate) add_original(content, communicator);
  if (!content.classes_after.empty()) content.two_way = two_way_of(content);
  add_verdict(content, communicator);
  return content;
}

}  // namespace throng
