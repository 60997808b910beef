// HDF5 tables of other programs: every type and layout that is read, and the order of columns.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <limits>

#include "hdf5_fixture.hpp"

namespace throng {
namespace {

using test::add_dataset;
using test::add_fixed_strings;
using test::add_ints;
using test::add_variable_strings;
using test::cells_of;
using test::Hdf5File;
using test::read_hdf5;
using test::TemporaryDirectory;
using test::Values;

/// The cells of the only column of a file that `fill` makes.
template <typename Fill>
Values cells_after(const Fill& fill) {
  const TemporaryDirectory directory;
  {
    const Hdf5File file(directory.path("x.h5"));
    fill(file.group());
  }
  return cells_of(read_hdf5(directory.path("x.h5")).columns.at(0));
}

Values names_of(const Table& table) {
  Values names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

TEST(ForeignHdf5, IntegersAreDecimalText) {
  const std::vector<std::int64_t> cells = {0, -1, std::numeric_limits<std::int64_t>::min(),
                                           std::numeric_limits<std::int64_t>::max()};
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_dataset(group, "a", {4}, H5T_STD_I64BE, H5T_NATIVE_INT64, cells.data());
            }),
            (Values{"0", "-1", "-9223372036854775808", "9223372036854775807"}));
  const std::vector<std::int64_t> small = {-128, 127};
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_dataset(group, "a", {2}, H5T_STD_I8LE, H5T_NATIVE_INT64, small.data());
            }),
            (Values{"-128", "127"}));
}

TEST(ForeignHdf5, UnsignedIntegersReachTheirLargest) {
  const std::vector<std::uint64_t> cells = {0, std::numeric_limits<std::uint64_t>::max()};
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_dataset(group, "a", {2}, H5T_STD_U64LE, H5T_NATIVE_UINT64, cells.data());
            }),
            (Values{"0", "18446744073709551615"}));
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_dataset(group, "a", {2}, H5T_STD_U16BE, H5T_NATIVE_UINT64, cells.data());
            }),
            (Values{"0", "65535"}));
}

TEST(ForeignHdf5, FloatsAreTheShortestTextAndNotANumberIsMissing) {
  const std::vector<double> cells = {0.1, -2.5, std::nan(""), 1e300, 3};
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_dataset(group, "a", {5}, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, cells.data());
            }),
            (Values{"0.1", "-2.5", "", "1e+300", "3"}));
  const std::vector<float> floats = {0.1F, std::nanf(""), 16777216.0F};
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_dataset(group, "a", {3}, H5T_IEEE_F32BE, H5T_NATIVE_FLOAT, floats.data());
            }),
            (Values{"0.1", "", "16777216"}));
}

TEST(ForeignHdf5, VariableStringsMayBeLongEmptyOrAbsent) {
  const std::string longest(100000, 'x');
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_variable_strings(group, "a", {"b,\"c\"", "", nullptr, "Łódź", longest.c_str()});
            }),
            (Values{"b,\"c\"", "", "", "Łódź", longest}));
}

TEST(ForeignHdf5, FixedStringsLoseTheirPaddingOnly) {
  const auto fixed = [](const std::string& bytes, H5T_str_t padding) {
    return cells_after([&](hid_t group) { add_fixed_strings(group, "a", 4, bytes, padding); });
  };
  EXPECT_EQ(fixed("ab   c      ", H5T_STR_SPACEPAD), (Values{"ab", " c", ""}));
  EXPECT_EQ(fixed(std::string("ab\0\0abcd\0\0\0\0", 12), H5T_STR_NULLPAD), (Values{"ab", "abcd", ""}));
  EXPECT_EQ(fixed(std::string("ab\0xabc\0\0xyz", 12), H5T_STR_NULLTERM), (Values{"ab", "abc", ""}));
  EXPECT_EQ(fixed(std::string("a  \0", 4), H5T_STR_NULLTERM), Values{"a  "});
}

TEST(ForeignHdf5, CompressedAndChunkedDataAreRead) {
  const std::vector<int> cells(50000, 7);
  const Hdf5Handle options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "create options");
  const hsize_t chunk = 999;
  H5Pset_chunk(options.get(), 1, &chunk);
  H5Pset_deflate(options.get(), 6);
  EXPECT_EQ(cells_after([&](hid_t group) {
              add_dataset(group, "a", {cells.size()}, H5T_STD_I32LE, H5T_NATIVE_INT, cells.data(),
                          options.get());
            }),
            Values(50000, "7"));
}

TEST(ForeignHdf5, ColumnsAreInCreationOrderWhereItWasKept) {
  const TemporaryDirectory directory;
  for (const bool is_tracked : {true, false}) {
    {
      const Hdf5File file(directory.path("x.h5"), "/table", is_tracked);
      for (const char* name : {"zeta", "alpha", "mid"}) add_ints(file.group(), name, {1, 2});
    }
    EXPECT_EQ(names_of(read_hdf5(directory.path("x.h5"))),
              is_tracked ? (Values{"zeta", "alpha", "mid"}) : (Values{"alpha", "mid", "zeta"}));
  }
}

TEST(ForeignHdf5, WithoutAGroupTheRootHoldsTheColumns) {
  const TemporaryDirectory directory;
  {
    const Hdf5File file(directory.path("x.h5"), "/");
    add_ints(file.group(), "b", {1, 2});
    add_ints(file.group(), "a", {3, 4});
  }
  EXPECT_EQ(names_of(read_hdf5(directory.path("x.h5"))), (Values{"a", "b"}));
}

TEST(ForeignHdf5, BesideTheTableOtherObjectsMayLie) {
  const TemporaryDirectory directory;
  {
    const Hdf5File file(directory.path("x.h5"));
    add_ints(file.group(), "a", {1});
    add_ints(file.file(), "other", {1, 2, 3});
  }
  EXPECT_EQ(names_of(read_hdf5(directory.path("x.h5"))), Values{"a"});
}

/// Exits with 0 when reading `path` takes less than `max_kibibytes` beside what the process begins with.
[[noreturn]] void read_in_little_memory(const std::string& path, long max_kibibytes) {
  rusage before{}, confined{};
  ::getrusage(RUSAGE_SELF, &before);
  InputSpec input;
  input.path = path;
  static_cast<void>(read_hdf5_table(input, 1));  // the threads of this process's parent are not here
  ::getrusage(RUSAGE_CHILDREN, &confined);       // there is but one child
  ::_exit(confined.ru_maxrss < before.ru_maxrss + max_kibibytes ? 0 : 1);
}

/// A column of wide cells that were never written takes memory for a block of rows, not for all of them.
TEST(ForeignHdf5Death, WideCellsAreReadInSmallBlocks) {
  const TemporaryDirectory directory;
  {
    const Hdf5File file(directory.path("x.h5"));
    const Hdf5Handle type = test::make_string_type(1 << 20, H5T_STR_NULLPAD);
    const Hdf5Handle options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "create options");
    const hsize_t chunk = 1;
    H5Pset_chunk(options.get(), 1, &chunk);
    add_dataset(file.group(), "a", {600}, type.get(), type.get(), nullptr, options.get());  // 600 MiB
    add_ints(file.group(), "b", std::vector<int>(600, 1));
  }
  EXPECT_EXIT(read_in_little_memory(directory.path("x.h5"), 400 << 10), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace throng
