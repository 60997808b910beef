// Tables written as HDF5 read back as they were, and a failure leaves nothing.
#include "throng/data/hdf5.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "hdf5_fixture.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

namespace fs = std::filesystem;
using test::cells_of;
using test::hdf5_refusal;
using test::read_hdf5;
using test::TemporaryDirectory;
using test::Values;

/// Columns over labels of their own, as write_hdf5_table() takes them.
struct Columns {
  std::vector<std::string> names;
  std::vector<Values> labels;
  std::vector<std::vector<Code>> cells;

  [[nodiscard]] Hdf5Table table() const {
    Hdf5Table result;
    for (std::size_t c = 0; c < names.size(); ++c) result.columns.push_back({names[c], labels[c], cells[c]});
    return result;
  }
};

TEST(Hdf5, RoundTripsAnyText) {
  const TemporaryDirectory directory;
  const Columns columns = {{"zeta", "Łódź, \"a\"", "\xF0\x9F\x98\x80\n="},
                           {{"a", "b,c", "say \"yes\"", "two\nlines"}, {"", "Zürich"}, {" padded ", "*"}},
                           {{0, 1, 2, 3, 0}, {0, 0, 1, 1, 0}, {0, 1, 0, 1, 0}}};
  write_hdf5_table(directory.path("x.h5"), columns.table());
  const Table table = read_hdf5(directory.path("x.h5"));
  EXPECT_EQ(table.num_rows, 5U);
  EXPECT_EQ(table.source, directory.path("x.h5"));
  ASSERT_EQ(table.columns.size(), 3U);
  for (std::size_t c = 0; c < 3; ++c) {
    EXPECT_EQ(table.columns[c].name, columns.names[c]);  // in creation order
    for (std::size_t i = 0; i < 5; ++i)
      EXPECT_EQ(cells_of(table.columns[c])[i], columns.labels[c][columns.cells[c][i]]);
  }
}

TEST(Hdf5, TheSameTableIsTheSameBytesAtAnyTime) {
  const TemporaryDirectory directory;
  const Columns columns = {{"a"}, {{"x"}}, {{0, 0}}};
  Hdf5Table table = columns.table();
  const std::vector<std::uint32_t> numbers = {1, 2, 3};
  table.arrays.push_back({"numbers", numbers});
  write_hdf5_table(directory.path("now.h5"), table);
  ::sleep(1);  // HDF5 counts seconds
  write_hdf5_table(directory.path("later.h5"), table);
  EXPECT_EQ(test::read_text(directory.path("now.h5")), test::read_text(directory.path("later.h5")));
}

TEST(Hdf5, RoundTripsMoreRowsThanABlock) {
  const TemporaryDirectory directory;
  Columns columns = {{"a", "b"}, {{}, {"x", "yy", ""}}, {{}, {}}};
  for (int i = 0; i < 1000; ++i) columns.labels[0].push_back("label " + std::to_string(i));
  for (Count i = 0; i < 70001; ++i) {  // above 2^16 rows per write, several times 2^14 per read
    columns.cells[0].push_back(static_cast<Code>(mix(i) % 1000));
    columns.cells[1].push_back(static_cast<Code>(i % 3));
  }
  write_hdf5_table(directory.path("x.h5"), columns.table());
  const Table table = read_hdf5(directory.path("x.h5"));
  ASSERT_EQ(table.num_rows, 70001U);
  for (std::size_t c = 0; c < 2; ++c)
    for (std::size_t i = 0; i < table.num_rows; ++i)
      ASSERT_EQ(table.columns[c].dictionary[table.columns[c].codes[i]],
                columns.labels[c][columns.cells[c][i]]);
}

TEST(Hdf5, ReadsAsCsvOfTheSameTableDoes) {
  const TemporaryDirectory directory;
  const Columns columns = {{"name", "age"}, {{"Ann", "Bob"}, {"NA", "", "30"}}, {{0, 1, 1}, {0, 1, 2}}};
  write_hdf5_table(directory.path("x.h5"), columns.table());
  InputSpec input;
  input.path = directory.path("x.h5");
  input.delimiter = ';';  // is about CSV files
  input.missing = {"NA", ""};
  input.columns = {{"name", Role::kIdentifier, {}, 1.0, {}}, {"age", Role::kQuasiIdentifier, {}, 1.0, {}}};
  const Table table = read_table(input, 1);
  ASSERT_EQ(table.columns.size(), 1U);
  EXPECT_EQ(table.columns[0].role, Role::kQuasiIdentifier);
  EXPECT_EQ(cells_of(table.columns[0]), (Values{"NA", "NA", "30"}));
  input.columns[1].name = "aeg";
  EXPECT_THROW(static_cast<void>(read_table(input, 1)), Error);
}

/// A release may be empty; as an input a table without records is refused, as CSV is.
TEST(Hdf5, ZeroRowsAreWrittenAndRefusedAsInput) {
  const TemporaryDirectory directory;
  const Columns columns = {{"a"}, {{}}, {{}}};
  write_hdf5_table(directory.path("x.h5"), columns.table());
  const Hdf5Handle file(H5Fopen(directory.path("x.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose,
                        "open");
  const Hdf5Handle dataset(H5Dopen2(file.get(), "/table/a", H5P_DEFAULT), H5Dclose, "open");
  const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose, "get the space");
  EXPECT_EQ(H5Sget_simple_extent_npoints(space.get()), 0);
  EXPECT_NE(hdf5_refusal(directory.path("x.h5")).find("there are no records"), std::string::npos);
}

TEST(Hdf5, AttributesAreStringsOfTheRootGroup) {
  const TemporaryDirectory directory;
  const Columns columns = {{"a"}, {{"x"}}, {{0}}};
  Hdf5Table table = columns.table();
  table.attributes = {{"creator", "throng é"}, {"qi", ""}};
  write_hdf5_table(directory.path("x.h5"), table);
  const Hdf5Handle file(H5Fopen(directory.path("x.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose,
                        "open");
  const auto attribute = [&](const char* name) {
    const Hdf5Handle id(H5Aopen(file.get(), name, H5P_DEFAULT), H5Aclose, "open");
    const Hdf5Handle type(H5Aget_type(id.get()), H5Tclose, "get the type");
    EXPECT_EQ(H5Tget_cset(type.get()), H5T_CSET_UTF8);
    std::string text(H5Tget_size(type.get()), '?');
    hdf5_call(H5Aread(id.get(), type.get(), text.data()), "read");
    return text;
  };
  EXPECT_EQ(attribute("creator"), "throng é");
  EXPECT_EQ(attribute("qi"), std::string(1, '\0'));
}

TEST(Hdf5, ReplacesAFileAsAWholeForTheOwnerOnly) {
  const TemporaryDirectory directory;
  const std::string path = directory.write("x.h5", "not HDF5");
  write_hdf5_table(path, Columns{{"a"}, {{"x"}}, {{0}}}.table());
  EXPECT_EQ(cells_of(read_hdf5(path).columns[0]), Values{"x"});
  EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(directory.path()), {}), 1);
}

TEST(Hdf5, NamesThatHdf5CannotHoldAreRefused) {
  const TemporaryDirectory directory;
  for (const char* name : {"a/b", "/", "."}) {
    const Columns columns = {{name}, {{"x"}}, {{0}}};
    try {
      write_hdf5_table(directory.path("x.h5"), columns.table());
      FAIL() << name;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kData);
      EXPECT_NE(std::string(error.what()).find("`" + std::string(name) + "`"), std::string::npos);
    }
  }
  EXPECT_TRUE(fs::is_empty(directory.path()));
}

TEST(Hdf5, AnOutputThatCannotBeMadeIsAnIoError) {
  const TemporaryDirectory directory;
  const Columns columns = {{"a", "a"}, {{"x"}, {"y"}}, {{0}, {0}}};
  for (const std::string& path : {directory.path("x.h5"), directory.path("none/x.h5")}) {
    try {  // the first fails inside the library, since a name is there twice
      write_hdf5_table(path, columns.table());
      FAIL() << path;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ExitCode::kIo);
      EXPECT_EQ(std::string(error.what()).find(path + ": cannot create "), 0U) << error.what();
    }
  }
  EXPECT_TRUE(fs::is_empty(directory.path()));
}

[[noreturn]] void write_rows_to_full_disk(const std::string& path, Count num_rows) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limits{1 << 20, 1 << 20};
  ::setrlimit(RLIMIT_FSIZE, &limits);
  try {
    const Columns columns = {{"a"}, {{"twenty characters...."}}, {std::vector<Code>(num_rows)}};
    write_hdf5_table(path, columns.table());
  } catch (const Error& error) {
    ::_exit(std::string(error.what()).starts_with(path + ": ") ? static_cast<int>(error.code()) : 98);
  }
  ::_exit(0);
}

TEST(Hdf5Death, AFullDiskLeavesNothing) {
  const TemporaryDirectory directory;
  for (const Count num_rows : {Count{60000}, Count{500000}})
    EXPECT_EXIT(write_rows_to_full_disk(directory.path("x.h5"), num_rows), testing::ExitedWithCode(4), "");
  EXPECT_TRUE(fs::is_empty(directory.path()));
  EXPECT_EXIT(write_rows_to_full_disk(directory.path("x.h5"), 1000), testing::ExitedWithCode(0), "");
  EXPECT_EQ(read_hdf5(directory.path("x.h5")).num_rows, 1000U);
}

}  // namespace
}  // namespace throng
