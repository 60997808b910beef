// Writes the gate's verdict as Markdown.
#include <fmt/format.h>

#include <algorithm>

#include "throng/policy/gate_files.hpp"

namespace throng {

namespace {

/// Text in a table cell: nothing in it is markup or becomes a link, and nothing ends the cell.
std::string escaped_markdown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else if (c == '\n' || c == '\r')
      result += ' ';
    else if (std::string_view("\\`*_{}[]()#+-!|~>:").find(c) != std::string_view::npos ||
             (c == '.' && result.ends_with("www")))
      result += {'\\', c};
    else
      result += c;
  }
  return result;
}

/// `text` with its addresses as links, which escaping would break.
std::string linked(std::string_view text) {
  constexpr std::string_view kScheme = "https://";
  constexpr std::string_view kInAddress =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:?#&=%+@";
  const std::size_t begin = text.find(kScheme);
  if (begin == std::string_view::npos) return escaped_markdown(text);
  std::size_t end = std::min(text.find_first_not_of(kInAddress, begin), text.size());
  while (text[end - 1] == '.' || text[end - 1] == ':' || text[end - 1] == '?') --end;
  return escaped_markdown(text.substr(0, begin)) + '<' + std::string(text.substr(begin, end - begin)) + '>' +
         linked(text.substr(end));
}

const char* word(Outcome outcome) {
  if (outcome == Outcome::kPassed) return "passed";
  return outcome == Outcome::kFailed ? "**failed**" : "not checked";
}

}  // namespace

std::string summary_markdown(const PolicyResult& result, const GateSubject& subject) {
  std::string text =
      fmt::format("## {}: policy {}\n\n", result.passed(subject.is_strict) ? "Passed" : "Failed",
                  escaped_markdown(result.policy));
  if (!result.title.empty()) text += escaped_markdown(result.title) + "  \n";
  text += "Checked: " + escaped_markdown(subject.checked);
  if (!result.source.empty()) text += "  \nSource: " + linked(result.source);
  text += "\n\n";
  text += "| rule | outcome | found | to do |\n| --- | --- | --- | --- |\n";
  for (const RuleResult& rule : result.rules)
    text += fmt::format("| {} | {} | {} | {} |\n", escaped_markdown(rule.rule), word(rule.outcome),
                        escaped_markdown(rule.found), escaped_markdown(rule.fix));
  return text;
}

}  // namespace throng
