// A policy: what a release must satisfy before it may leave the house, and the gate that checks it.
//
// Every decision compares integers: a risk or a share is a decimal fraction, kept as one, and a largest risk
// is turned into the smallest class size that satisfies it once, when the policy is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// A decimal fraction in [0, 1], exactly: numerator / denominator, the denominator a power of ten.
struct DecimalFraction {
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;
  std::string text;  ///< as people write it: "0.09"

  /// part / whole <= this, decided on integers.
  [[nodiscard]] bool covers(Count part, Count whole) const;
};

/// `value` as the decimal fraction that was written for it; nothing outside [0, 1] or with more than six
/// digits behind the point.
std::optional<DecimalFraction> decimal_fraction(double value);

/// The smallest k with 1 / k <= risk: ceil(1 / risk). Risk 0.09 gives 12, because 1 / 11 = 0.0909... is more.
/// Requires risk > 0.
Count k_of_risk(const DecimalFraction& risk);

/// At most `max_share` of the records may be at risk, whichever up to `max_size` quasi-identifiers are known.
struct AtRiskRule {
  std::uint64_t max_size = 0;  ///< 0 = every size
  DecimalFraction max_share;
};

/// What one released column must keep or hide.
struct ColumnRule {
  std::string name;
  std::optional<Count> min_count;   ///< every value that occurs is held by at least so many records
  std::optional<Count> min_values;  ///< at least so many values other than `*` occur
};

struct Policy {
  std::string path, name, title, source;
  std::optional<Count> k;                           ///< smallest class
  std::optional<DecimalFraction> max_risk;          ///< where k comes from, when it was written as a risk
  std::optional<DecimalFraction> max_average_risk;  ///< classes / records
  std::vector<AtRiskRule> at_risk;
  std::optional<DecimalFraction> min_retained;  ///< share of the records read
  std::optional<DecimalFraction> max_loss;
  std::vector<ColumnRule> columns;
};

/// The largest number of records at risk for the policy's k among the combinations of one size.
struct SizeFact {
  std::size_t size = 0;
  Count max_at_risk = 0;
  std::string combination;  ///< names of the worst, "a + b"
};

struct ColumnFact {
  std::string name;
  Count smallest_count = 0;  ///< records of the rarest value that occurs; 0 without records
  Count num_values = 0;      ///< values other than `*` that occur
};

/// What is known about the table at the gate.
struct PolicyFacts {
  Count rows = 0;
  Count classes = 0;
  Count smallest_class = 0;
  std::size_t num_qi = 0;
  std::vector<SizeFact> by_size;     ///< sizes 1, 2, ...
  std::vector<ColumnFact> columns;   ///< every column
  std::optional<Count> rows_before;  ///< of the records the release was made from
  std::optional<double> loss;
  std::vector<std::string> violations;  ///< of the release's verification
  bool is_withheld = false;  ///< 1 to k - 1 records are suppressed: what would tell how many is not checked
  bool is_release = false;   ///< verified as one: the violations were looked for
};

enum class Outcome { kPassed, kFailed, kNotChecked };

/// One rule at the gate. No text holds a count of people or a value of a record.
struct RuleResult {
  std::string id;    ///< "k", "at-risk-up-to-2", "column-citizenship-min-values"
  std::string rule;  ///< "every class has at least 11 records"
  Outcome outcome = Outcome::kNotChecked;
  std::string found;  ///< what is so
  std::string fix;    ///< what to do; empty when it passed
};

struct PolicyResult {
  std::string policy, title, source;
  std::optional<Count> k;
  std::vector<RuleResult> rules;

  /// No rule failed. With `is_strict` none was left unchecked either.
  [[nodiscard]] bool passed(bool is_strict) const;
};

/// Checks every rule of `policy`, in its order. Rules about what was lost are kNotChecked when `facts` do not
/// tell it, and rules about combinations when their size was not audited.
PolicyResult check_policy(const Policy& policy, const PolicyFacts& facts);

}  // namespace throng
