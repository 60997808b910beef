// The gate: each rule of a policy against the facts, in words that tell no count of people.
#include <fmt/format.h>

#include <algorithm>

#include "core/words.hpp"
#include "throng/policy/policy.hpp"

namespace throng {

namespace {

RuleResult decide(std::string id, std::string rule, bool is_satisfied, const std::string& failure,
                  const std::string& fix) {
  RuleResult result{std::move(id), std::move(rule), Outcome::kPassed, "", ""};
  if (is_satisfied) return result;
  result.outcome = Outcome::kFailed;
  result.found = failure;
  result.fix = fix;
  return result;
}

RuleResult not_checked(std::string id, std::string rule, const std::string& why, const std::string& fix) {
  return {std::move(id), std::move(rule), Outcome::kNotChecked, why, fix};
}

/// A rule about what was lost that cannot be decided here.
RuleResult not_told(std::string id, std::string rule, const PolicyFacts& facts) {
  if (facts.is_withheld)
    return not_checked(std::move(id), std::move(rule),
                       "not told: the outcome would narrow down how few records are suppressed",
                       "throng report JOB.toml --policy POLICY.toml, the private form");
  return not_checked(std::move(id), std::move(rule), "only the release and its original together tell it",
                     "throng verify RELEASE --job JOB.toml --policy POLICY.toml");
}

RuleResult check_k(const Policy& policy, const PolicyFacts& facts) {
  const Count k = *policy.k;
  std::string rule = fmt::format("every class has at least {} records", k);
  if (policy.max_risk)
    rule +=
        fmt::format(" (a risk of at most {}: 1/{} is more, 1/{} is not)", policy.max_risk->text, k - 1, k);
  return decide("k", rule, facts.smallest_class >= k,
                facts.rows == 0 ? "there are no records" : fmt::format("a class is smaller than {}", k),
                fmt::format("release it again: throng anonymize JOB.toml --k {}", k));
}

RuleResult check_average_risk(const Policy& policy, const PolicyFacts& facts) {
  const DecimalFraction& most = *policy.max_average_risk;
  return decide("average-risk", fmt::format("the average risk (classes / records) is at most {}", most.text),
                facts.rows > 0 && most.covers(facts.classes, facts.rows), "the average risk is higher",
                "generalize further: a larger k makes fewer classes");
}

/// The worst of the sizes the rule is about that breaks it; null when none does.
const SizeFact* broken_size(const AtRiskRule& rule, const PolicyFacts& facts) {
  for (const SizeFact& fact : facts.by_size)
    if ((rule.max_size == 0 || fact.size <= rule.max_size) &&
        !rule.max_share.covers(fact.max_at_risk, facts.rows))
      return &fact;
  return nullptr;
}

/// Classes of the whole set are unions of nothing smaller: when they have k records, every subset's have.
bool follows_from_k(const Policy& policy, const PolicyFacts& facts) {
  return policy.k && facts.rows > 0 && facts.smallest_class >= *policy.k;
}

RuleResult check_at_risk(const AtRiskRule& rule, const Policy& policy, const PolicyFacts& facts) {
  const std::size_t size =
      rule.max_size == 0 ? facts.num_qi : std::min<std::size_t>(rule.max_size, facts.num_qi);
  const std::string id = rule.max_size == 0 ? "at-risk" : fmt::format("at-risk-up-to-{}", rule.max_size);
  const std::string most = rule.max_share.numerator == 0
                               ? "no record is at risk"
                               : fmt::format("at most {} of the records are at risk", rule.max_share.text);
  const std::string known = rule.max_size == 0 ? "columns are"
                                               : fmt::format("up to {} {}", counted(rule.max_size, "column"),
                                                             rule.max_size == 1 ? "is" : "are");
  const std::string text = fmt::format("{}, whichever {} known", most, known);
  const SizeFact* broken = broken_size(rule, facts);
  if (broken == nullptr && facts.by_size.size() < size && !follows_from_k(policy, facts))
    return not_checked(id, text,
                       fmt::format("only combinations of up to {} were audited", facts.by_size.size()),
                       "audit without --max-size");
  return decide(id, text, broken == nullptr,
                broken == nullptr ? "" : "more are at risk by " + broken->combination,
                broken == nullptr ? "" : "generalize or leave out one of " + broken->combination);
}

RuleResult check_retained(const Policy& policy, const PolicyFacts& facts) {
  const DecimalFraction& least = *policy.min_retained;
  const std::string rule = fmt::format("at least {} of the records are released", least.text);
  if (facts.is_withheld || !facts.rows_before) return not_told("retained", rule, facts);
  const Count gone = *facts.rows_before - std::min(facts.rows, *facts.rows_before);
  const DecimalFraction most_gone{least.denominator - least.numerator, least.denominator, ""};
  return decide("retained", rule, most_gone.covers(gone, *facts.rows_before), "fewer are released",
                "lower max_suppressed in [privacy], so that values are generalized instead");
}

RuleResult check_loss(const Policy& policy, const PolicyFacts& facts) {
  const std::string rule = fmt::format("the loss is at most {}", policy.max_loss->text);
  if (facts.is_withheld || !facts.loss) return not_told("loss", rule, facts);
  const double most =
      static_cast<double>(policy.max_loss->numerator) / static_cast<double>(policy.max_loss->denominator);
  return decide("loss", rule, *facts.loss <= most, "the loss is higher",
                "give the hierarchies finer levels, or release fewer quasi-identifiers");
}

void check_column(const ColumnRule& rule, const PolicyFacts& facts, std::vector<RuleResult>& results) {
  const auto found = std::ranges::find(facts.columns, rule.name, &ColumnFact::name);
  const bool is_there = found != facts.columns.end();
  const std::string absent = fmt::format("there is no column `{}`", rule.name);
  if (rule.min_count)
    results.push_back(
        decide(fmt::format("column-{}-min-count", rule.name),
               fmt::format("every value of `{}` is held by at least {}", rule.name,
                           counted(*rule.min_count, "record")),
               is_there && found->smallest_count >= *rule.min_count, is_there ? "a value is rarer" : absent,
               is_there ? fmt::format("generalize `{}` to a higher level", rule.name) : "release it"));
  if (rule.min_values)
    results.push_back(
        decide(fmt::format("column-{}-min-values", rule.name),
               fmt::format("`{}` keeps at least {}", rule.name, counted(*rule.min_values, "value")),
               is_there && found->num_values >= *rule.min_values, is_there ? "it keeps fewer" : absent,
               is_there ? fmt::format("give `{}` a larger weight in the job, or a finer hierarchy", rule.name)
                        : "release it"));
}

RuleResult check_release(const PolicyFacts& facts) {
  std::string found = facts.violations.empty() ? "" : facts.violations.front();
  if (facts.violations.size() > 1) found += fmt::format(" (and {} more)", facts.violations.size() - 1);
  return decide("verification", "the release is whole and at the stated levels", facts.violations.empty(),
                found, "release it again, and change no file of it");
}

}  // namespace

bool PolicyResult::passed(bool is_strict) const {
  return std::ranges::none_of(rules, [&](const RuleResult& rule) {
    return rule.outcome == Outcome::kFailed || (is_strict && rule.outcome == Outcome::kNotChecked);
  });
}

PolicyResult check_policy(const Policy& policy, const PolicyFacts& facts) {
  PolicyResult result{policy.name, policy.title, policy.source, policy.k, {}};
  if (facts.is_release) result.rules.push_back(check_release(facts));
  if (policy.k) result.rules.push_back(check_k(policy, facts));
  if (policy.max_average_risk) result.rules.push_back(check_average_risk(policy, facts));
  for (const AtRiskRule& rule : policy.at_risk) result.rules.push_back(check_at_risk(rule, policy, facts));
  if (policy.min_retained) result.rules.push_back(check_retained(policy, facts));
  if (policy.max_loss) result.rules.push_back(check_loss(policy, facts));
  for (const ColumnRule& rule : policy.columns) check_column(rule, facts, result.rules);
  return result;
}

}  // namespace throng
