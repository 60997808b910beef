// Datasets of different lengths, as the audit writes them, and files that hold none.
#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"
#include "throng/data/hdf5.hpp"

namespace throng {
namespace {

using test::TemporaryDirectory;

TEST(Hdf5Lists, AreReadAsTheyWereWritten) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("a.h5");
  const std::vector<std::string> labels = {"age", "town; \"x\""};
  const std::vector<Code> cells = {0, 1};
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t i = 0; i < 70000; ++i) numbers.push_back(i * 7);
  Hdf5Table table;
  table.group = "/audit";
  table.columns.push_back({"qi", labels, cells});
  table.arrays.push_back({"classes", numbers});
  write_hdf5_table(path, table);
  const std::vector<Hdf5List> lists = read_hdf5_lists(path, "audit");
  ASSERT_EQ(lists.size(), 2U);
  EXPECT_EQ(lists[0].name, "qi");
  EXPECT_EQ(lists[0].cells, labels);
  EXPECT_EQ(lists[1].name, "classes");
  ASSERT_EQ(lists[1].cells.size(), numbers.size());
  for (std::size_t i = 0; i < numbers.size(); i += 999)
    EXPECT_EQ(lists[1].cells[i], std::to_string(numbers[i]));
}

void expect_refused(const std::string& path, const std::string& group, const std::string& words) {
  try {
    static_cast<void>(read_hdf5_lists(path, group));
    ADD_FAILURE() << path << " was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData) << error.what();
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

TEST(Hdf5Lists, AreRefusedWhereThereAreNone) {
  const TemporaryDirectory directory;
  expect_refused(directory.write("text.h5", "no HDF5"), "audit", "cannot read it as an HDF5 file");
  const std::string path = directory.path("a.h5");
  const std::vector<std::string> labels = {"two\nlines"};
  const std::vector<Code> cells = {0};
  Hdf5Table table;
  table.group = "/audit";
  table.columns.push_back({"qi", labels, cells});
  write_hdf5_table(path, table);
  expect_refused(path, "table", "there is no group /table");
  expect_refused(path, "audit", "more than one line");
  EXPECT_THROW(static_cast<void>(read_hdf5_lists(directory.path("absent.h5"), "audit")), Error);
}

}  // namespace
}  // namespace throng
