// The gate's files: structure, and nothing in a name ends up as markup.
#include "throng/policy/gate_files.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace throng {
namespace {

using nlohmann::json;

const std::string kEvil = "a<script>alert(1)</script>|\"'&\n\x01[x](javascript:1)";

PolicyResult evil_result() {
  PolicyResult result{"p<b>", "title | `x`", "source", 11, {}};
  result.rules.push_back({"k", "rule " + kEvil, Outcome::kPassed, "", ""});
  result.rules.push_back({"column-" + kEvil, "rule", Outcome::kFailed, kEvil, kEvil});
  result.rules.push_back({"loss", "rule", Outcome::kNotChecked, kEvil, ""});
  return result;
}

TEST(Junit, CountsAndEscapes) {
  const std::string xml = junit_xml(evil_result(), {"dir/" + kEvil, "p.toml", true});
  EXPECT_NE(xml.find("tests=\"3\" failures=\"1\" errors=\"0\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("skipped=\"1\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("<skipped>a&lt;script"), std::string::npos)
      << "without an attribute, as Jenkins wants it: " << xml;
  EXPECT_EQ(xml.find("<script"), std::string::npos) << xml;
  EXPECT_EQ(xml.find('\x01'), std::string::npos) << xml;
  EXPECT_NE(xml.find("&lt;script&gt;alert(1)&lt;/script&gt;|&quot;&apos;&amp;"), std::string::npos) << xml;
}

TEST(Sarif, HasOneResultPerRuleThatDidNotPass) {
  const json log = json::parse(sarif_json(evil_result(), {"a b/<x>.csv", "p.toml", false}));
  EXPECT_EQ(log.at("version"), "2.1.0");
  const json& run = log.at("runs").at(0);
  EXPECT_EQ(run.at("tool").at("driver").at("rules").size(), 3U);
  ASSERT_EQ(run.at("results").size(), 2U);
  EXPECT_EQ(run.at("results").at(0).at("level"), "error");
  EXPECT_EQ(run.at("results").at(0).at("ruleIndex"), 1);
  EXPECT_EQ(run.at("results").at(1).at("level"), "note");
  EXPECT_EQ(
      run.at("results").at(0).at("locations").at(0).at("physicalLocation").at("artifactLocation").at("uri"),
      "a%20b/%3Cx%3E.csv");
  const json strict = json::parse(sarif_json(evil_result(), {"x", "p.toml", true}));
  EXPECT_EQ(strict.at("runs").at(0).at("results").at(1).at("level"), "error");
}

TEST(Summary, ACellIsOneCell) {
  const std::string text = summary_markdown(evil_result(), {kEvil, "p.toml", false});
  EXPECT_NE(text.find("## Failed: policy p&lt;b\\>"), std::string::npos) << text;
  EXPECT_EQ(text.find("<script"), std::string::npos) << text;
  EXPECT_EQ(text.find("[x]("), std::string::npos) << text;
  std::size_t rows = 0;
  for (std::size_t at = text.find("\n| "); at != std::string::npos; at = text.find("\n| ", at + 1)) ++rows;
  EXPECT_EQ(rows, 5U) << text;
}

TEST(Summary, LinksTheAddressesOfItsSource) {
  PolicyResult result{"p", "t", "A-b <i>, see https://a.org/x-y_z. Also (https://b.org/?q=1#f)", 11, {}};
  const std::string text = summary_markdown(result, {"f", "p.toml", true});
  EXPECT_NE(
      text.find("Source: A\\-b &lt;i\\>, see <https://a.org/x-y_z>. Also \\(<https://b.org/?q=1#f>\\)\n"),
      std::string::npos)
      << text;
}

TEST(Summary, LinksNothingElse) {
  PolicyResult result{"p", "", "", 11, {{"k", "see http://x.org or www.x.org", Outcome::kPassed, "", ""}}};
  const std::string text = summary_markdown(result, {"f", "p.toml", true});
  EXPECT_NE(text.find("see http\\://x.org or www\\.x.org"), std::string::npos) << text;
  EXPECT_EQ(text.find("Source"), std::string::npos) << text;
  EXPECT_EQ(text.find("\n\n\n"), std::string::npos) << "an empty title leaves no empty line: " << text;
}

TEST(Summary, SaysPassed) {
  PolicyResult result{"p", "t", "s", 11, {{"k", "rule", Outcome::kPassed, "it is so", ""}}};
  EXPECT_EQ(summary_markdown(result, {"f", "p.toml", true}).find("## Passed"), 0U);
}

}  // namespace
}  // namespace throng
