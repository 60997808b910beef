// Explicit and flat hierarchies: leaf order, levels, duplicates, missing values, the top.
#include "throng/data/hierarchy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "hierarchy_invariants.hpp"
#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

using test::broken_promise;
using Values = std::vector<std::string>;

Hierarchy parse(std::string_view text, Values* warnings = nullptr, const Values& missing = {""}) {
  Values ignored;
  Hierarchy hierarchy = parse_hierarchy(text, "h.csv", missing, warnings == nullptr ? ignored : *warnings);
  EXPECT_EQ(broken_promise(hierarchy), "");
  return hierarchy;
}

std::string refusal(const std::function<void()>& action, ExitCode code = ExitCode::kData) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code);
    return error.what();
  }
  ADD_FAILURE() << "was accepted";
  return "";
}

TEST(Hierarchy, NumbersLeavesDepthFirst) {
  const Hierarchy hierarchy = parse("DEU;Europe;*\nNPL;Asia;*\nFRA;Europe;*\nIND;Asia;*\n");
  EXPECT_EQ(hierarchy.height(), 2);
  EXPECT_EQ(hierarchy.num_leaves(), 4U);
  EXPECT_EQ(hierarchy.labels[0], (Values{"DEU", "FRA", "NPL", "IND"}));
  EXPECT_EQ(hierarchy.labels[1], (Values{"Europe", "Asia"}));
  EXPECT_EQ(hierarchy.first_leaf[1], (std::vector<Code>{0, 2, 4}));
  EXPECT_EQ(hierarchy.value_of_leaf[1], (std::vector<Code>{0, 0, 1, 1}));
  EXPECT_EQ(hierarchy.leaves_below(1, 1), 2U);
  EXPECT_EQ(hierarchy.leaves_below(2, 0), 4U);
}

TEST(Hierarchy, PutsATopWhereThereIsNone) {
  Values warnings;
  const Hierarchy hierarchy = parse("a;x\nb;y\n", &warnings);
  EXPECT_EQ(hierarchy.labels.back(), Values{"*"});
  EXPECT_EQ(hierarchy.height(), 2);
  EXPECT_TRUE(warnings.empty());
  EXPECT_EQ(parse("a\nb\nc\n").height(), 1);
  EXPECT_EQ(parse("a\n").height(), 1);
  EXPECT_EQ(parse("*\n").height(), 0);  // the one leaf is the top
}

TEST(Hierarchy, RenamesAConstantTopAndSaysSo) {
  Values warnings;
  EXPECT_EQ(parse("a;x;all\nb;y;all\n", &warnings).labels.back(), Values{"*"});
  EXPECT_EQ(warnings, Values{"h.csv: the top level is called `all`; it is written `*`"});
  warnings.clear();
  EXPECT_EQ(parse("a;x;*\nb;y;*\n", &warnings).height(), 2);
  EXPECT_TRUE(warnings.empty());
}

TEST(Hierarchy, ARowGivenTwiceCountsOnceAndIsTold) {
  Values warnings;
  EXPECT_EQ(parse("a;x;*\nb;x;*\na;x;*\n", &warnings).num_leaves(), 2U);
  EXPECT_EQ(warnings, Values{"h.csv:3:1: the row of `a` is also in line 1 and counts once"});
  warnings.clear();
  EXPECT_EQ(parse("a;*\na;*\na;*\n", &warnings).num_leaves(), 1U);
  EXPECT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("(2 rows of the file are such repetitions)"), std::string::npos);
}

TEST(Hierarchy, MissingValuesAreOneLeaf) {
  Values warnings;
  const Hierarchy hierarchy = parse("NA;unknown;*\n;unknown;*\na;known;*\n", &warnings, {"NA", ""});
  EXPECT_EQ(hierarchy.labels[0], (Values{"NA", "a"}));
  EXPECT_EQ(warnings.size(), 1U);
  EXPECT_EQ(parse(";unknown;*\na;known;*\n", nullptr, {}).labels[0], (Values{"", "a"}));
}

TEST(Hierarchy, UnderstandsCsv) {
  const Values expected = {"[0, 5)", "a\"b"};
  EXPECT_EQ(parse("\xEF\xBB\xBF[0, 5);*\r\n\"a\"\"b\";*\r\n").labels[0], expected);
  EXPECT_EQ(parse("\"[0, 5)\",*\n\"a\"\"b\",*\n").labels[0], expected);
  EXPECT_EQ(parse("0-5\t*\n\"a\"\"b\"\t*\n").labels[0], (Values{"0-5", "a\"b"}));
  EXPECT_EQ(parse("a, b, c, d;*\n").labels[0], Values{"a, b, c, d"});  // `;` wins where it is there at all
  EXPECT_EQ(parse("\"a;b\",x\n").labels[0], Values{"a;b"});
}

TEST(Hierarchy, OneLabelMayStandAtSeveralLevels) {
  const Hierarchy hierarchy = parse("a;a;*\nb;a;*\n*;other;*\n");
  EXPECT_EQ(hierarchy.labels[0], (Values{"a", "b", "*"}));
  EXPECT_EQ(hierarchy.labels[1], (Values{"a", "other"}));
}

TEST(Hierarchy, HoldsAsManyLevelsAsANodeCounts) {
  std::string row = "a";
  for (int l = 1; l < 254; ++l) row += ";x" + std::to_string(l);
  EXPECT_EQ(parse(row + "\n").height(), 253);
  std::string other = "b";
  for (int l = 1; l < 254; ++l) other += ";y" + std::to_string(l);
  EXPECT_EQ(parse(row + "\n" + other + "\n").height(), 254);
}

/// Random trees: whatever the order of the rows, the promises hold and every leaf keeps its ancestors.
TEST(Hierarchy, KeepsTheAncestorsOfEveryLeaf) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    std::vector<Values> rows;
    std::set<std::uint64_t> seen;
    for (std::uint64_t i = 0; i < 1 + mix(seed) % 30; ++i) {
      const std::uint64_t leaf = hash_at(seed, i) % 64;
      if (!seen.insert(leaf).second) continue;
      rows.push_back({std::to_string(leaf), "g" + std::to_string(leaf / 4), "G" + std::to_string(leaf / 16)});
    }
    std::string text;
    for (const Values& row : rows) text += row[0] + ';' + row[1] + ';' + row[2] + '\n';
    const Hierarchy hierarchy = parse(text);
    ASSERT_EQ(hierarchy.num_leaves(), rows.size());
    for (const Values& row : rows) {
      const auto leaf =
          static_cast<std::size_t>(std::find(hierarchy.labels[0].begin(), hierarchy.labels[0].end(), row[0]) -
                                   hierarchy.labels[0].begin());
      ASSERT_LT(leaf, rows.size());
      ASSERT_EQ(hierarchy.labels[1][hierarchy.value_of_leaf[1][leaf]], row[1]);
      const bool is_top = hierarchy.labels[2].size() == 1;
      ASSERT_EQ(hierarchy.labels[2][hierarchy.value_of_leaf[2][leaf]], is_top ? "*" : row[2]);
    }
  }
}

TEST(Hierarchy, IsReadFromAFile) {
  const test::TemporaryDirectory directory;
  Values warnings;
  const std::string path = directory.write("h.csv", "a;x;*\nb;y;*\n");
  EXPECT_EQ(read_hierarchy(path, {""}, warnings).num_leaves(), 2U);
  EXPECT_NE(
      refusal([&] { static_cast<void>(read_hierarchy(directory.path("no"), {""}, warnings)); }, ExitCode::kIo)
          .find(directory.path("no")),
      std::string::npos);
}

TEST(FlatHierarchy, IsTheValuesAndATop) {
  const Hierarchy hierarchy = flat_hierarchy({"", "a", "b"});
  EXPECT_EQ(broken_promise(hierarchy), "");
  EXPECT_EQ(hierarchy.height(), 1);
  EXPECT_EQ(hierarchy.labels[0], (Values{"", "a", "b"}));
  EXPECT_EQ(flat_hierarchy({"a"}).height(), 1);
  EXPECT_EQ(flat_hierarchy({"*"}).height(), 0);
  EXPECT_EQ(broken_promise(flat_hierarchy({"*"})), "");
  EXPECT_EQ(broken_promise(flat_hierarchy({"*", "a"})), "");
}

Column column_of(const Values& dictionary, std::vector<Code> codes) {
  return {"country", Role::kQuasiIdentifier, dictionary, std::move(codes)};
}

TEST(LeafOfCode, FindsEveryValue) {
  const Hierarchy hierarchy = parse("c;x;*\na;y;*\nb;x;*\n");
  EXPECT_EQ(leaf_of_code(column_of({"a", "b", "c"}, {0}), hierarchy, "h.csv"), (std::vector<Code>{2, 1, 0}));
  EXPECT_TRUE(leaf_of_code(column_of({}, {}), hierarchy, "h.csv").empty());
}

TEST(LeafOfCode, NamesTheValueThatIsMissingAndItsFirstRecord) {
  const Hierarchy hierarchy = parse("a;*\n");
  EXPECT_EQ(refusal([&] {
              static_cast<void>(leaf_of_code(column_of({"XK", "a"}, {1, 1, 0, 0}), hierarchy, "h.csv"));
            }),
            "column `country`: value `XK` (record 3) is not in h.csv; add a row for it");
  EXPECT_EQ(
      refusal([&] {
        static_cast<void>(leaf_of_code(column_of({"", "a", "b"}, {2, 0}), hierarchy, ""));
      }),
      "column `country`: value `b` (record 1) is not in its hierarchy, nor is another value of the column; "
      "add a row for each");
  EXPECT_NE(refusal([&] {
              static_cast<void>(leaf_of_code(column_of({""}, {0}), hierarchy, "h.csv"));
            }).find("the empty value (record 1)"),
            std::string::npos);
}

TEST(MakeHierarchy, GoesByTheKind) {
  const test::TemporaryDirectory directory;
  Values warnings;
  const Column column = column_of({"1", "7"}, {0, 1});
  HierarchySpec spec;
  EXPECT_EQ(make_hierarchy(column, spec, {""}, warnings).height(), 1);
  spec.kind = HierarchySpec::Kind::kIntervals;
  spec.widths = {5, 10};
  EXPECT_EQ(make_hierarchy(column, spec, {}, warnings).labels[1], (Values{"[0, 5)", "[5, 10)"}));
  spec.kind = HierarchySpec::Kind::kExplicit;
  spec.path = directory.write("h.csv", "1;odd;*\n7;odd;*\n9;odd;*\n");
  EXPECT_EQ(make_hierarchy(column, spec, {""}, warnings).num_leaves(), 3U);
}

}  // namespace
}  // namespace throng
