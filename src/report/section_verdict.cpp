// The verdict: is the release safe, what does it keep, and what to do if there is none.
#include <fmt/format.h>

#include "core/words.hpp"
#include "html.hpp"
#include "sections.hpp"

namespace throng {

namespace {

std::string not_told(const Content& content) {
  return fmt::format("not told: fewer than {} records are suppressed", content.k);
}

std::string no_solution(const Content& content) {
  std::string html =
      element("p", fmt::format("<strong>No release: no {} satisfies the limit on suppression.</strong>",
                               content.is_local() ? "recoding" : "node"));
  if (content.is_external()) return element("div", "verdict failed", html);
  if (content.one_node)
    html += element("p", fmt::format("Cheapest fix: --strategy optimal keeps the limit; its loss is {:.4f}.",
                                     content.one_node->loss));
  if (content.unlimited)
    html += element(
        "p",
        fmt::format("Or set max_suppressed to {}: without a limit strategy {} suppresses so many records; "
                    "its loss is {:.4f}.",
                    share(content.unlimited->suppressed, content.request.table.num_rows),
                    to_string(content.request.search.strategy), content.unlimited->loss));
  return element("div", "verdict failed", html);
}

std::string proof_text(const Content& content) {
  const SearchResult& result = content.request.result;
  if (result.proved_optimal)
    return content.is_local() ? "No other choice of levels record by record has a smaller loss within the "
                                "limit: that is proved."
                              : "No other choice of one level per column has a smaller loss within the "
                                "limit: that is proved.";
  if (content.request.search.strategy == StrategyKind::kRedact)
    return "Nothing was searched: the small classes were dropped and no value generalized.";
  // A bound comes from the original records.
  if (content.is_external()) return "Whether a better release exists is not proved.";
  return fmt::format("Whether a better one exists is not proved: none has a loss below {:.4f}.",
                     result.lower_bound);
}

/// What would satisfy the policy: found by a search, not guessed.
std::string remedy_html(const Content& content) {
  if (!content.remedy) return "";
  const Remedy& remedy = *content.remedy;
  const Count rows = content.request.table.num_rows;
  if (!remedy.best)
    return element("p", fmt::format("No node of this job's hierarchies has k = {} with at most {} records "
                                    "suppressed: give the hierarchies coarser levels, or change the policy.",
                                    remedy.k, grouped(remedy.max_suppressed)));
  std::string text = fmt::format(
      "Cheapest fix: <code>throng anonymize JOB.toml --strategy optimal --k {} --max-suppressed {}</code> "
      "releases {} of the records; its loss is {:.4f} (this release: {:.4f}), and no single node that "
      "satisfies the policy's k and share of records has a smaller one.",
      remedy.k, remedy.max_suppressed, share(rows - remedy.best->suppressed, rows), remedy.best->loss,
      content.best()->loss);
  if (!remedy.keeps_loss) text += " That is more than the policy allows: no single node satisfies it.";
  return element("p", text);
}

std::string reached(const Content& content) {
  std::string html =
      element("p", fmt::format("<strong>k = {0} is reached.</strong> Every question about the released "
                               "quasi-identifiers selects no record or at least {0} (never 1 to {1}).",
                               content.k, content.k - 1));
  html += element("p", proof_text(content));
  if (content.meets_policy()) return element("div", "verdict", html);
  const std::string headline = element(
      "p", fmt::format("<strong>Policy {} is not met.</strong>", value_html(content.verdict->policy)));
  return element("div", "verdict failed", headline + remedy_html(content) + html);
}

std::string records_text(const Content& content) {
  const Count kept = content.released->num_rows;
  const Count rows = content.request.table.num_rows;
  if (kept == rows) return fmt::format("All {} records are released.", grouped(rows));
  return fmt::format(
      "{} of {} records are released; the others were {}.", grouped(kept), grouped(rows),
      content.is_local() ? std::string("suppressed") : fmt::format("in classes below {}", content.k));
}

Figure records_figure(const Content& content) {
  const Count kept = content.released->num_rows;
  if (content.is_withheld())
    return {grouped(kept), "Records released",
            "Rows of the release; how many were read is " + not_told(content) + "."};
  const auto rows = static_cast<double>(content.request.table.num_rows);
  return {percent_text(static_cast<double>(kept) / rows), "Records retained", records_text(content)};
}

Figure loss_figure(const Content& content) {
  const std::string definition =
      "Information loss: 0 = the original values, 1 = everything suppressed; mean over the "
      "quasi-identifiers.";
  if (content.is_withheld()) return {"\u2013", "Loss", "This figure is " + not_told(content) + "."};
  if (!content.tells_loss())
    return {"\u2013", "Loss",
            content.request.search.metric == "loss"
                ? "This figure is not told: it depends on how many original values each interval covers."
                : fmt::format("This figure is not told: by the metric {} it depends on the original values.",
                              content.request.search.metric)};
  return {fmt::format("{:.4f}", content.best()->loss), "Loss", definition};
}

std::string worst_names(const Content& content) {
  const Combination worst = content.before->worst.front().qi;
  const bool is_all = content.names_of(worst).size() == content.lattice().num_axes();
  return is_all ? "all of them" : names_html(content, worst);
}

std::vector<Figure> figures(const Content& content) {
  std::vector<Figure> list;
  if (!content.classes_after.empty())
    list.push_back({grouped(content.classes_after.front()), "Smallest class",
                    fmt::format("Records that agree on every quasi-identifier are a class; the smallest must "
                                "have at least k = {}.",
                                content.k)});
  list.push_back(records_figure(content));
  if (content.utility)
    list.push_back({percent_text(content.utility->cells_retained), "Cells retained",
                    "Cells of the quasi-identifiers that still say one original value."});
  list.push_back(loss_figure(content));
  if (content.after)
    list.push_back({percent_text(static_cast<double>(content.after->classes) /
                                 static_cast<double>(content.released->num_rows)),
                    "Average risk",
                    "Chance to pick the right record for a random person who knows everything: classes / "
                    "records of the release."});
  if (content.before && !content.before->worst.empty())
    list.push_back(
        {percent_text(static_cast<double>(content.before->worst.front().at_risk[content.k_index()]) /
                      static_cast<double>(content.request.table.num_rows)),
         "At risk before",
         fmt::format("Original records in classes below {} for the worst combination of columns, {}.",
                     content.k, worst_names(content))});
  return list;
}

std::string policy_html(const Content& content) {
  if (!content.verdict) return "";
  const PolicyResult& policy = *content.verdict;
  HtmlTable table{"policy",
                  fmt::format("Policy {}: {}. Source: {}.", value_html(policy.policy),
                              value_html(policy.title), value_html(policy.source)),
                  {"Rule", "Outcome", "Found", "To do"},
                  {},
                  false};
  for (const RuleResult& rule : policy.rules) {
    const bool is_good = rule.outcome == Outcome::kPassed;
    const char* word = is_good ? "passed" : rule.outcome == Outcome::kFailed ? "failed" : "not checked";
    table.rows.push_back(
        {{escaped_html(rule.rule), rule.rule, false},
         {fmt::format("<span class=\"{}\">{}</span>", is_good ? "passed" : "failed-word", word), word, false},
         {escaped_html(rule.found), rule.found, false},
         {escaped_html(rule.fix), rule.fix, false}});
  }
  return table_html(table);
}

}  // namespace

std::string verdict_section(const Content& content) {
  if (!content.best()) return section_html("verdict", "Verdict", no_solution(content) + policy_html(content));
  return section_html("verdict", "Verdict",
                      reached(content) + figures_html(figures(content)) + policy_html(content));
}

}  // namespace throng
