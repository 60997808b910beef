// What the page shows of alternatives and trends, and how it says it.
#include <gtest/gtest.h>

#include "report_text.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::count;
using test::kToy;
using test::report_of;
using test::TemporaryDirectory;

TEST(ReportPage, TheNodesAroundTheReleaseHaveTheirLevels) {
  const TemporaryDirectory directory;
  const std::string html = report_of(directory, {kToy});
  const std::size_t at = html.find("<table id=\"nodes\"");
  ASSERT_NE(at, std::string::npos);
  const std::string table = html.substr(at, html.find("</table>", at) - at);
  for (const char* head :
       {"age (0\u00a0to\u00a03)", "gender (0\u00a0to\u00a01)", "None suppressed", "Allowed", "Suppressed"})
    EXPECT_NE(table.find(head), std::string::npos) << head << "\n" << table.substr(0, 1200);
  EXPECT_EQ(count(table, ">the release<"), 1U);
  EXPECT_GE(count(table, ">1 step<"), 2U);
  EXPECT_GE(count(table, ">2 steps<"), 1U);
  for (const std::string& step : {std::string("lattice"), std::string("nodes"), std::string("walk")})
    EXPECT_EQ(report_of(directory, {kToy, "--external"}).find("id=\"" + step + "\""), std::string::npos);
}

TEST(ReportPage, TrendsOfOtherColumnsStayPrivate) {
  const TemporaryDirectory directory;
  const std::string pair = "<bdi>age</bdi> and <bdi>exploitation</bdi>";
  EXPECT_EQ(count(report_of(directory, {kToy}), pair), 1U);
  const std::string external = report_of(directory, {kToy, "--external"});
  EXPECT_EQ(count(external, "and <bdi>exploitation</bdi>"), 0U)
      << "few of a class may hold one of its values";
  EXPECT_GE(count(external, "</bdi> and <bdi>"), 1U);
}

TEST(ReportPage, OneIsNoPlural) {
  const TemporaryDirectory directory;
  for (const std::string& html : {report_of(directory, {kToy}), report_of(directory, {kToy, "--external"})})
    for (const char* words : {" 1 classes", " 1 records", ">1 classes", ">1 records"})
      EXPECT_EQ(html.find(words), std::string::npos) << words;
}

}  // namespace
}  // namespace throng
