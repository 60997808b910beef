// The policy gate: fractions as written, k of a risk, every rule passed, failed and not checked.
#include "throng/policy/policy.hpp"

#include <gtest/gtest.h>

namespace throng {
namespace {

DecimalFraction fraction(double value) { return decimal_fraction(value).value(); }

TEST(DecimalFraction, KeepsWhatWasWritten) {
  EXPECT_EQ(fraction(0.09).numerator, 9U);
  EXPECT_EQ(fraction(0.09).denominator, 100U);
  EXPECT_EQ(fraction(0.09).text, "0.09");
  EXPECT_EQ(fraction(0).numerator, 0U);
  EXPECT_EQ(fraction(1).numerator, 1U);
  EXPECT_EQ(fraction(0.125).denominator, 1000U);
  for (const double bad : {-0.1, 1.01, 0.00000001, 1e-7, 0.1234567})
    EXPECT_FALSE(decimal_fraction(bad).has_value()) << bad;
  EXPECT_FALSE(decimal_fraction(std::numeric_limits<double>::quiet_NaN()).has_value());
}

TEST(DecimalFraction, ComparesIntegers) {
  EXPECT_TRUE(fraction(0.1).covers(1, 10));
  EXPECT_FALSE(fraction(0.1).covers(2, 19));
  EXPECT_TRUE(fraction(0).covers(0, 10));
  EXPECT_FALSE(fraction(0).covers(1, 4000000000));
  EXPECT_TRUE(fraction(0.3).covers(3, 10));  // 0.1 + 0.2 would not
}

TEST(KOfRisk, IsTheSmallestClassThatSatisfiesIt) {
  EXPECT_EQ(k_of_risk(fraction(0.09)), 12U);  // 1/11 = 0.0909... is more than 0.09
  EXPECT_EQ(k_of_risk(fraction(0.05)), 20U);
  EXPECT_EQ(k_of_risk(fraction(0.03)), 34U);
  EXPECT_EQ(k_of_risk(fraction(0.1)), 10U);
  EXPECT_EQ(k_of_risk(fraction(0.2)), 5U);
  EXPECT_EQ(k_of_risk(fraction(0.33)), 4U);
  EXPECT_EQ(k_of_risk(fraction(0.5)), 2U);
  for (std::uint64_t k = 2; k < 1000; ++k) {
    const auto written = decimal_fraction(1.0 / static_cast<double>(k));
    if (written) {
      EXPECT_EQ(k_of_risk(*written), k);
    }
  }
}

/// Facts that satisfy everything below.
PolicyFacts good_facts() {
  PolicyFacts facts;
  facts.rows = 1000;
  facts.classes = 20;
  facts.smallest_class = 11;
  facts.num_qi = 2;
  facts.by_size = {{1, 0, "`a`"}, {2, 0, "`a` + `b`"}};
  facts.columns = {{"a", 100, 5}};
  facts.rows_before = 1200;
  facts.loss = 0.25;
  facts.is_release = true;
  return facts;
}

Policy full_policy() {
  Policy policy;
  policy.name = "test";
  policy.k = 11;
  policy.max_average_risk = fraction(0.02);
  policy.at_risk = {{1, fraction(0)}, {0, fraction(0.01)}};
  policy.min_retained = fraction(0.8);
  policy.max_loss = fraction(0.25);
  policy.columns = {{"a", 100, 5}};
  return policy;
}

Outcome outcome_of(const PolicyResult& result, const std::string& id) {
  for (const RuleResult& rule : result.rules)
    if (rule.id == id) return rule.outcome;
  ADD_FAILURE() << "no rule " << id;
  return Outcome::kNotChecked;
}

TEST(CheckPolicy, GoodFactsPassEveryRule) {
  const PolicyResult result = check_policy(full_policy(), good_facts());
  EXPECT_EQ(result.rules.size(), 9U);
  for (const RuleResult& rule : result.rules) EXPECT_EQ(rule.outcome, Outcome::kPassed) << rule.id;
  EXPECT_TRUE(result.passed(true));
}

TEST(CheckPolicy, EachRuleFailsByItself) {
  struct Case {
    const char* id;
    void (*spoil)(PolicyFacts&);
  };
  const Case cases[] = {
      {"verification",
       [](PolicyFacts& f) {
         f.violations = {"a row is missing", "and more"};
       }},
      {"k", [](PolicyFacts& f) { f.smallest_class = 10; }},
      {"average-risk", [](PolicyFacts& f) { f.classes = 21; }},
      {"at-risk-up-to-1", [](PolicyFacts& f) { f.by_size[0].max_at_risk = 1; }},
      {"at-risk", [](PolicyFacts& f) { f.by_size[1].max_at_risk = 11; }},
      {"retained", [](PolicyFacts& f) { f.rows_before = 1251; }},
      {"loss", [](PolicyFacts& f) { f.loss = 0.2500001; }},
      {"column-a-min-count", [](PolicyFacts& f) { f.columns[0].smallest_count = 99; }},
      {"column-a-min-values", [](PolicyFacts& f) { f.columns[0].num_values = 4; }},
      {"column-a-min-values", [](PolicyFacts& f) { f.columns.clear(); }},
  };
  for (const Case& one : cases) {
    PolicyFacts facts = good_facts();
    one.spoil(facts);
    const PolicyResult result = check_policy(full_policy(), facts);
    EXPECT_EQ(outcome_of(result, one.id), Outcome::kFailed) << one.id;
    EXPECT_FALSE(result.passed(false)) << one.id;
    for (const RuleResult& rule : result.rules)
      if (rule.outcome == Outcome::kFailed) {
        EXPECT_FALSE(rule.fix.empty()) << rule.id;
        EXPECT_FALSE(rule.found.empty()) << rule.id;
      }
  }
}

TEST(CheckPolicy, WhatIsNotKnownIsNotPassed) {
  PolicyFacts facts = good_facts();
  facts.rows_before.reset();
  facts.loss.reset();
  const PolicyResult result = check_policy(full_policy(), facts);
  EXPECT_EQ(outcome_of(result, "retained"), Outcome::kNotChecked);
  EXPECT_EQ(outcome_of(result, "loss"), Outcome::kNotChecked);
  EXPECT_TRUE(result.passed(false));
  EXPECT_FALSE(result.passed(true));
}

TEST(CheckPolicy, UnauditedSizesFollowFromKOnly) {
  PolicyFacts facts = good_facts();
  facts.by_size.pop_back();
  EXPECT_EQ(outcome_of(check_policy(full_policy(), facts), "at-risk"), Outcome::kPassed);
  facts.smallest_class = 1;
  EXPECT_EQ(outcome_of(check_policy(full_policy(), facts), "at-risk"), Outcome::kNotChecked);
  facts.by_size[0].max_at_risk = 500;
  EXPECT_EQ(outcome_of(check_policy(full_policy(), facts), "at-risk"), Outcome::kFailed);
}

TEST(CheckPolicy, AnEmptyTableFails) {
  PolicyFacts facts;
  Policy policy;
  policy.k = 11;
  EXPECT_FALSE(check_policy(policy, facts).passed(false));
}

TEST(CheckPolicy, WordsOfTheCombinationRules) {
  const PolicyResult result = check_policy(full_policy(), good_facts());
  EXPECT_EQ(result.rules[3].rule, "no record is at risk, whichever up to 1 column is known");
  EXPECT_EQ(result.rules[4].rule, "at most 0.01 of the records are at risk, whichever columns are known");
}

TEST(CheckPolicy, SaysHowARiskBecameK) {
  Policy policy;
  policy.max_risk = fraction(0.09);
  policy.k = k_of_risk(*policy.max_risk);
  const PolicyResult result = check_policy(policy, good_facts());
  ASSERT_EQ(result.rules.size(), 2U);
  EXPECT_EQ(result.rules[1].rule,
            "every class has at least 12 records (a risk of at most 0.09: 1/11 is more, 1/12 is not)");
  EXPECT_EQ(result.rules[1].outcome, Outcome::kFailed);
}

TEST(Gate, LeavesOpenWhatWouldTellHowFewAreSuppressed) {
  Policy policy;
  policy.min_retained = fraction(0.9);
  policy.max_loss = fraction(0.1);
  PolicyFacts facts = good_facts();
  facts.is_withheld = true;
  for (const Count rows_before : {Count{1001}, Count{1200}}) {
    facts.rows_before = rows_before;
    for (const RuleResult& rule : check_policy(policy, facts).rules) {
      if (rule.id == "verification") continue;
      EXPECT_EQ(rule.outcome, Outcome::kNotChecked) << rule.id;
      EXPECT_NE(rule.found.find("not told"), std::string::npos) << rule.found;
    }
  }
}

}  // namespace
}  // namespace throng
