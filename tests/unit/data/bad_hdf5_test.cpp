// Every HDF5 file under tests/bad_input/hdf5 that is damaged, hostile or no table is refused, and stays
// harmless.
#include "bad_files.hpp"
#include "throng/data/hdf5.hpp"

namespace throng {
namespace {

using test::BadFile;

const std::vector<BadFile>& bad_hdf5_files() {
  static const std::vector<BadFile> kFiles = {
      {"a-trillion-rows", {"column `a` has more than 2^32 - 1 cells"}},
      {"cell-not-utf8", {":3:7: a byte that is not UTF-8"}},
      {"cell-with-a-nul", {":2:7: a NUL byte"}},
      {"cells-above-one-mebibyte", {"column `a` has cells above 1 MiB"}},
      {"columns-of-different-length", {"column `b` has 2 cells, `a` has 3"}},
      {"compound-type", {"column `a` holds neither strings nor numbers"}},
      {"empty-file", {"cannot read it as an HDF5 file"}},
      {"enumeration-type", {"column `a` holds neither strings nor numbers"}},
      {"external-link", {"`a` is a link to another place"}},
      {"external-storage", {"column `a` is stored in other files"}},
      {"filter-that-needs-a-plug-in", {"cannot read column `a`"}},
      {"group-among-columns", {"`inner` is not a dataset"}},
      {"group-without-columns", {"there are no datasets"}},
      // Whether the library notices this one or crashes on it depends on where its memory lies.
      {"heap-of-strings-damaged", {}},
      {"integers-of-128-bits", {"column `a` has integers above 64 bits"}},
      {"name-not-utf8", {":1:1: a byte that is not UTF-8"}},
      {"name-with-a-path", {"`/other/x` cannot be the name of a column"}},
      {"name-with-terminal-controls", {"column `?[2Ja` is not one-dimensional"}},
      {"object-header-of-another-version", {"cannot open group /table"}},
      {"object-references", {"column `a` holds neither strings nor numbers"}},
      {"random-bytes", {"cannot read it as an HDF5 file"}},
      {"random-bytes-behind-the-signature", {"cannot read it as an HDF5 file"}},
      {"scalar", {"column `a` is not one-dimensional"}},
      {"soft-link", {"`b` is a link to another place"}},
      {"soft-link-to-itself", {"`a` is a link to another place"}},
      {"table-is-a-column", {"cannot open group /table"}},
      {"table-is-a-soft-link", {"/table is a link, not a group"}},
      {"table-without-rows", {"there are no records"}},
      {"text", {"cannot read it as an HDF5 file"}},
      {"tree-of-links-damaged", {"cannot look at the group"}},
      {"truncated-by-half", {"cannot read it as an HDF5 file"}},
      {"truncated-by-one-byte", {"cannot read it as an HDF5 file"}},
      {"truncated-to-the-signature", {"cannot read it as an HDF5 file"}},
      {"two-dimensional", {"column `a` is not one-dimensional; give one-dimensional datasets"}},
      {"virtual-storage", {"column `a` is stored in other files"}},
  };
  return kFiles;
}

class BadHdf5Test : public testing::TestWithParam<BadFile> {};

TEST_P(BadHdf5Test, IsRefusedWithReasonAndFix) {
  InputSpec input;
  input.path = test::bad_directory("hdf5") + "/" + GetParam().defect + ".h5";
  const std::string message =
      test::message_about(input.path, [&] { static_cast<void>(read_table(input, 1)); });
  test::expect_fragments(message, GetParam().fragments);
  for (const char byte : message) EXPECT_GE(static_cast<unsigned char>(byte), 0x20U) << message;
}

INSTANTIATE_TEST_SUITE_P(All, BadHdf5Test, testing::ValuesIn(bad_hdf5_files()), test::test_name);

TEST(BadHdf5, EveryFileIsTested) { test::expect_complete("hdf5", ".h5", bad_hdf5_files()); }

}  // namespace
}  // namespace throng
