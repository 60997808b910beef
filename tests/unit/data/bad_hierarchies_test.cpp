// Every bad hierarchy under tests/bad_input/hierarchy is refused with its place, its values and the fix.
#include "bad_files.hpp"
#include "throng/data/hierarchy.hpp"

namespace throng {
namespace {

using test::BadFile;

const std::vector<BadFile>& bad_hierarchies_files() {
  static const std::vector<BadFile> kFiles = {
      {"not-nested",
       {":2:5: level 1 value `x` belongs to `q` here and to `p` in line 1", "levels must be nested"}},
      {"not-nested-below-the-top",
       {":3:7: level 2 value `p` belongs to `Q` here and to `P` in line 1", "levels must be nested"}},
      {"not-nested-far-below", {":4:5: level 1 value `y` belongs to `p` here and to `q` in line 2"}},
      {"leaf-twice-with-other-parents",
       {":3:3: value `a` belongs to `y` here and to `x` in line 1", "give each value one row"}},
      {"leaf-twice-with-other-grandparents", {":3:5: level 1 value `x` belongs to `q` here and to `p`"}},
      {"missing-value-twice-with-other-parents",
       {":3:4: the empty value belongs to `y` here and to `x` in line 1"}},
      {"top-not-constant-and-not-nested", {":2:5: level 1 value `x` belongs to `all` here and to `*`"}},
      {"leaf-of-the-data-missing",
       {"column `country`: value `b` (record 3) is not in ", ".csv; add a row for it"}},
      {"leaves-of-the-data-missing",
       {"value `a` (record 1)", ", nor is another value of the column", "add a row for each"}},
      {"leaf-differs-by-a-space", {"value `b` (record 3) is not in "}},
      {"leaf-differs-by-case", {"value `b` (record 3) is not in "}},
      {"delimiter-not-found", {"value `a` (record 1) is not in "}},
      {"row-short", {":2:4: the record has 2 fields, the first row has 3", "the delimiter is `;`"}},
      {"row-long", {":2:7: the record has 4 fields, the first row has 3", "delete the surplus"}},
      {"row-of-the-leaf-only", {":2:2: the record has 1 field, the first row has 3"}},
      {"empty-file", {"the hierarchy is empty", "value;level1;...;*"}},
      {"byte-order-mark-only", {"the hierarchy is empty"}},
      {"header-row",
       {":1:1: the first row ends in `all`, all others end in `*`", "remove it if it is a header"}},
      {"byte-order-mark-twice", {":1:1: a second byte order mark"}},
      {"empty-line-between-rows", {":2:1: an empty line"}},
      {"empty-line-at-the-end", {":3:1: an empty line"}},
      {"levels-255", {":1:", "the hierarchy has 255 levels", "at most 254 are supported"}},
      {"levels-300", {":1:", "the hierarchy has 300 levels", "at most 254 are supported"}},
      {"quote-never-closed", {":2:1: the quote that opens here is never closed"}},
      {"text-after-closing-quote", {":1:4: text after a closing quote"}},
      {"quote-inside-unquoted-label", {":1:4: a quote inside an unquoted field"}},
      {"carriage-returns-only", {":1:6: a carriage return without a line feed"}},
      {"nul-in-a-label", {":1:4: a NUL byte"}},
      {"latin-1", {":1:3: a byte that is not UTF-8", "Latin-1"}},
      {"utf16", {":1:1: the text is UTF-16"}},
      {"utf8-overlong", {":1:3: a byte that is not UTF-8"}},
  };
  return kFiles;
}

class BadHierarchyTest : public testing::TestWithParam<BadFile> {};

TEST_P(BadHierarchyTest, IsRefusedWithPlaceAndFix) {
  const std::string path = test::bad_directory("hierarchy") + "/" + GetParam().defect + ".csv";
  const Column column{"country", Role::kQuasiIdentifier, {"a", "b"}, {0, 0, 1}};
  const std::string message = test::message_about(path, [&] {
    std::vector<std::string> warnings;
    static_cast<void>(leaf_of_code(column, read_hierarchy(path, {"", "NA"}, warnings), path));
  });
  test::expect_fragments(message, GetParam().fragments);
}

INSTANTIATE_TEST_SUITE_P(All, BadHierarchyTest, testing::ValuesIn(bad_hierarchies_files()), test::test_name);

TEST(BadHierarchies, EveryFileIsTested) {
  test::expect_complete("hierarchy", ".csv", bad_hierarchies_files());
}

}  // namespace
}  // namespace throng
