// Escaping, tables, cards and charts: nothing from outside becomes markup.
#include "report/html.hpp"

#include <gtest/gtest.h>

#include "report/charts.hpp"
#include "report/style.hpp"
#include "report/world_map.hpp"

namespace throng {
namespace {

const std::string kEvil = "</td><script>alert('1')</script>\"&\x01";

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Html, EscapesWhatIsMarkup) {
  EXPECT_EQ(escaped_html("a<b>&\"'\x01z"), "a&lt;b&gt;&amp;&quot;&#39;\xEF\xBF\xBDz");
  EXPECT_EQ(escaped_html("\u00fc\u4e2d"), "\u00fc\u4e2d");
  EXPECT_EQ(value_html(""), "<em>(missing)</em>");
  EXPECT_EQ(value_html("x"), "<bdi>x</bdi>");
}

TEST(Html, PercentNeverReadsAsNone) {
  EXPECT_EQ(percent_text(0), "0.0 %");
  EXPECT_EQ(percent_text(0.0004), "under 0.1 %");
  EXPECT_EQ(percent_text(0.123), "12.3 %");
  EXPECT_EQ(percent_text(1), "100.0 %");
}

TEST(Html, ATableEscapesCellsKeysAndHeads) {
  HtmlTable table{"t", "caption", {kEvil, "n"}, {{text_cell(kEvil), count_cell(1234)}}, true};
  const std::string html = table_html(table);
  EXPECT_EQ(html.find("<script"), std::string::npos) << html;
  EXPECT_EQ(count(html, "</td>"), 2U) << html;
  EXPECT_NE(html.find("data-key=\"1234\">1,234<"), std::string::npos) << html;
  EXPECT_NE(html.find("<table id=\"t\" class=\"sortable\" aria-labelledby=\"t-caption\">"), std::string::npos)
      << html;
  EXPECT_LT(html.find("id=\"t-caption\">caption<"), html.find("<div class=\"wide\"")) << "it does not scroll";
}

TEST(Html, AKeyThatIsTheTextIsLeftOut) {
  HtmlTable table{"t", "", {"a", "b"}, {{text_cell("x<y"), number_cell("7", 7)}}, false};
  EXPECT_EQ(table_html(table).find("data-key"), std::string::npos);
  table.rows = {{{"seven", "7", true}, text_cell("")}};
  EXPECT_EQ(count(table_html(table), "data-key"), 1U) << "seven sorts as 7";
}

TEST(Html, LongTablesScrollBelowTheirHeads) {
  HtmlTable table{"t", "", {"a"}, {}, false};
  for (int i = 0; i < 25; ++i) table.rows.push_back({text_cell("x")});
  EXPECT_EQ(table_html(table).find("tall"), std::string::npos);
  table.rows.push_back({text_cell("x")});
  EXPECT_NE(table_html(table).find("class=\"wide tall\""), std::string::npos);
}

TEST(Html, NamesBreakAtTheirJoints) {
  EXPECT_EQ(breakable_html("yearOfBirth_x<"), "year<wbr>Of<wbr>Birth_<wbr>x&lt;");
  EXPECT_EQ(breakable_html("ABC \u00fc"), "ABC \u00fc");
}

TEST(Charts, TheHeatMapSaysWhatItsShadesAndItsPointMean) {
  const std::string heat = heat_map("t", {"a", "b"}, {{0.4}, {0.0001, std::nullopt}}, 0.4);
  for (const char* text : {">none<", ">up to 8 %<", ">up to 40 %<", "\u00b7 under 0.05 %, but not none"})
    EXPECT_NE(heat.find(text), std::string::npos) << text << "\n" << heat;
  EXPECT_NE(heat.find("<td class=\"s5\" title=\"a: 40.0 %\">40 %</td>"), std::string::npos) << heat;
  EXPECT_NE(heat.find("title=\"b + a: under 0.1 %\">\u00b7</td><td></td>"), std::string::npos) << heat;
  const std::string dense = heat_map("t", std::vector<std::string>(13, "n"),
                                     std::vector(13, std::vector<std::optional<double>>(13, 0.4)), 0.4);
  EXPECT_NE(dense.find("title=\"n: 40.0 %\"></td>"), std::string::npos) << "no room for numbers";
}

TEST(Charts, LabelsAreText) {
  const std::string bars = bar_chart(kEvil, {kEvil, "b"}, {{kEvil, {1, 2}, {"1", kEvil}}});
  const std::string heat = heat_map(kEvil, {kEvil}, {{0.5}}, 0.5);
  const std::string dots = scatter_chart(kEvil, kEvil, kEvil, {{0.1, 0.2, kEvil, "best"}});
  const std::string line = line_chart({kEvil, {kEvil, "2"}, {{kEvil, "worst", {0.0, 1.0}}}, 1, kEvil, kEvil});
  for (const std::string& svg : {bars, heat, dots, line}) {
    EXPECT_EQ(svg.find("<script"), std::string::npos) << svg;
    EXPECT_EQ(svg.find("style="), std::string::npos) << "inline styles are against the policy";
    const bool is_named =
        svg.find("<title>") != std::string::npos || svg.find("aria-label=") != std::string::npos;
    EXPECT_TRUE(is_named && svg.find("role=") != std::string::npos) << svg;
  }
}

TEST(Charts, ALongLabelIsCutBetweenCharacters) {
  std::string label;
  for (int i = 0; i < 70; ++i) label += "\u00e9";
  const std::string bars = bar_chart("t", {"a"}, {{label, {1}, {"1"}}});
  EXPECT_NE(bars.find("\u00e9\u2026<"), std::string::npos) << bars;
  EXPECT_NE(bars.find("title=\"" + label + "\""), std::string::npos) << bars;
  EXPECT_EQ(bar_chart("t", {"a"}, {{"short", {1}, {"1"}}}).find("title="), std::string::npos);
}

TEST(Charts, NothingToDrawIsDrawnAsNothing) {
  const std::string bars = bar_chart("t", {"a"}, {{"x", {0}, {"0"}}});
  EXPECT_NE(bars.find("width=\"0.0%\""), std::string::npos) << bars;
  EXPECT_EQ(shade_of(0), "s0");
  EXPECT_EQ(shade_of(1e-9), "s1");
  EXPECT_EQ(shade_of(1), "s5");
  EXPECT_EQ(shade_of(0.0 / 1e-300), "s0");
}

TEST(WorldMap, HasTheCountriesAndIsSmall) {
  std::size_t bytes = 0;
  bool has_nepal = false, has_singapore = false;
  for (const CountryShape& shape : country_shapes()) {
    bytes += shape.path.size();
    has_nepal = has_nepal || (shape.code == "NPL" && shape.name == "Nepal");
    has_singapore = has_singapore || shape.code == "SGP";
    EXPECT_EQ(shape.path.find_first_not_of("Mlza 0123456789-"), std::string_view::npos) << shape.name;
  }
  EXPECT_TRUE(has_nepal && has_singapore);
  EXPECT_LT(bytes, 120U * 1024U);
}

TEST(ReportScript, NeverWritesMarkup) {
  for (const char* word : {"innerHTML", "eval(", "document.write", "http", "fetch"})
    EXPECT_EQ(report_script().find(word), std::string_view::npos) << word;
  EXPECT_EQ(report_style().find("url("), std::string_view::npos);
}

}  // namespace
}  // namespace throng
