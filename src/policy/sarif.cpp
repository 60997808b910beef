// Writes the gate's verdict as SARIF 2.1.0.
#include <nlohmann/json.hpp>

#include "throng/policy/gate_files.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

/// A path as the URI reference SARIF asks for: RFC 3986 unreserved characters and slashes stay.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          kPlain.find(c) != std::string_view::npos;
    if (is_plain)
      uri += c;
    else
      uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return uri;
}

Json rule_json(const RuleResult& rule) {
  return {{"id", rule.id}, {"shortDescription", {{"text", rule.rule}}}};
}

Json result_json(const RuleResult& rule, std::size_t index, const GateSubject& subject) {
  const bool is_failure = rule.outcome == Outcome::kFailed || subject.is_strict;
  const std::string fix = rule.fix.empty() ? "" : " To do: " + rule.fix + ".";
  Json location{{"physicalLocation", {{"artifactLocation", {{"uri", uri_of(subject.checked)}}}}}};
  return {{"ruleId", rule.id},
          {"ruleIndex", index},
          {"level", is_failure ? "error" : "note"},
          {"message", {{"text", rule.rule + ": " + rule.found + "." + fix}}},
          {"locations", Json::array({location})}};
}

}  // namespace

std::string sarif_json(const PolicyResult& result, const GateSubject& subject) {
  Json rules = Json::array();
  Json results = Json::array();
  for (std::size_t i = 0; i < result.rules.size(); ++i) {
    rules.push_back(rule_json(result.rules[i]));
    if (result.rules[i].outcome != Outcome::kPassed)
      results.push_back(result_json(result.rules[i], i, subject));
  }
  const Json driver{{"name", "throng"}, {"semanticVersion", THRONG_VERSION}, {"rules", rules}};
  const Json run{{"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace throng
