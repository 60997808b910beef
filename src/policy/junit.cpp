// Writes the gate's verdict as JUnit XML.
#include <fmt/format.h>

#include <algorithm>

#include "throng/policy/gate_files.hpp"

namespace throng {

namespace {

/// XML 1.0 text: the five special characters as entities, characters it does not allow as `?`.
std::string escaped_xml(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&apos;";
        break;
      default:
        result += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' ? '?' : c;
    }
  }
  return result;
}

std::string test_case(const RuleResult& rule, const PolicyResult& result) {
  std::string text = fmt::format("    <testcase classname=\"policy.{}\" name=\"{}\">\n",
                                 escaped_xml(result.policy), escaped_xml(rule.id + ": " + rule.rule));
  if (rule.outcome == Outcome::kFailed)
    text += fmt::format("      <failure message=\"{}\" type=\"policy\">{}</failure>\n",
                        escaped_xml(rule.found), escaped_xml(rule.fix));
  if (rule.outcome == Outcome::kNotChecked)
    text += fmt::format("      <skipped>{}</skipped>\n", escaped_xml(rule.found));
  return text + "    </testcase>\n";
}

}  // namespace

std::string junit_xml(const PolicyResult& result, const GateSubject& subject) {
  const auto num = [&](Outcome outcome) {
    return std::ranges::count(result.rules, outcome, &RuleResult::outcome);
  };
  const std::string counts =
      fmt::format("tests=\"{}\" failures=\"{}\" errors=\"0\"", result.rules.size(), num(Outcome::kFailed));
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  text += fmt::format("<testsuites name=\"throng\" {}>\n", counts);
  text += fmt::format("  <testsuite name=\"{} {}\" {} skipped=\"{}\">\n", escaped_xml(result.policy),
                      escaped_xml(subject.checked), counts, num(Outcome::kNotChecked));
  for (const RuleResult& rule : result.rules) text += test_case(rule, result);
  return text + "  </testsuite>\n</testsuites>\n";
}

}  // namespace throng
