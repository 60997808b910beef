// HDF5 files that are no table, are damaged, or are made to harm: refused with the file, the column, the fix.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "hdf5_fixture.hpp"
#include "throng/core/hash.hpp"

namespace throng {
namespace {

using test::add_dataset;
using test::add_ints;
using test::hdf5_refusal;
using test::Hdf5File;
using test::read_text;
using test::TemporaryDirectory;
using test::Values;

/// The message with which a file is refused whose group /table `fill` has filled.
std::string refusal_of(const std::function<void(hid_t group)>& fill, const std::string& group = "/table") {
  const TemporaryDirectory directory;
  {
    const Hdf5File file(directory.path("x.h5"), group);
    fill(file.group());
  }
  const std::string message = hdf5_refusal(directory.path("x.h5"));
  EXPECT_NE(message.find("; "), std::string::npos) << "no hint: " << message;
  return message.substr(directory.path("x.h5").size());
}

void expect_part(const std::string& message, const std::string& part) {
  EXPECT_NE(message.find(part), std::string::npos) << part << " is not in: " << message;
}

TEST(RefusedHdf5, OtherShapes) {
  expect_part(refusal_of([](hid_t g) {
                add_dataset(g, "a", {2, 2}, H5T_STD_I32LE);
              }),
              "column `a` is not one-dimensional; give one-dimensional datasets of equal length");
  expect_part(refusal_of([](hid_t g) { add_dataset(g, "a", {}, H5T_STD_I32LE); }), "not one-dimensional");
  expect_part(refusal_of([](hid_t g) {
                const Hdf5Handle null(H5Screate(H5S_NULL), H5Sclose, "create a space");
                const Hdf5Handle dataset(
                    H5Dcreate2(g, "a", H5T_STD_I32LE, null.get(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                    H5Dclose, "create a");
              }),
              "not one-dimensional");
}

TEST(RefusedHdf5, ColumnsOfDifferentLength) {
  expect_part(refusal_of([](hid_t g) {
                add_ints(g, "a", {1, 2, 3});
                add_ints(g, "b", {1, 2});
              }),
              "column `b` has 2 cells, `a` has 3");
}

TEST(RefusedHdf5, MoreRowsThanATableMayHave) {
  const Hdf5Handle options(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "create options");
  const hsize_t chunk = 1024;
  H5Pset_chunk(options.get(), 1, &chunk);
  expect_part(refusal_of([&](hid_t g) {
                add_dataset(g, "a", {hsize_t{1} << 40}, H5T_STD_I8LE, H5T_NATIVE_INT, nullptr, options.get());
              }),
              "column `a` has more than 2^32 - 1 cells");
}

TEST(RefusedHdf5, TypesThatAreNeitherTextNorNumbers) {
  const Hdf5Handle compound(H5Tcreate(H5T_COMPOUND, 8), H5Tclose, "create a type");
  H5Tinsert(compound.get(), "x", 0, H5T_STD_I32LE);
  H5Tinsert(compound.get(), "y", 4, H5T_STD_I32LE);
  const Hdf5Handle opaque(H5Tcreate(H5T_OPAQUE, 8), H5Tclose, "create a type");
  const Hdf5Handle list(H5Tvlen_create(H5T_STD_I32LE), H5Tclose, "create a type");
  const Hdf5Handle choice(H5Tenum_create(H5T_STD_I8LE), H5Tclose, "create a type");
  const char no = 0;
  H5Tenum_insert(choice.get(), "no", &no);
  for (const hid_t type : {compound.get(), opaque.get(), list.get(), choice.get(), H5T_STD_REF_OBJ})
    expect_part(refusal_of([&](hid_t g) { add_dataset(g, "a", {2}, type); }),
                "column `a` holds neither strings nor numbers");
}

TEST(RefusedHdf5, NumbersAndCellsThatAreTooWide) {
  const Hdf5Handle wide(H5Tcopy(H5T_STD_I64LE), H5Tclose, "copy a type");
  H5Tset_size(wide.get(), 16);
  expect_part(refusal_of([&](hid_t g) { add_dataset(g, "a", {1}, wide.get()); }), "integers above 64 bits");
  expect_part(refusal_of([](hid_t g) { add_dataset(g, "a", {1}, H5T_NATIVE_LDOUBLE); }), "above 64 bits");
  const Hdf5Handle text = test::make_string_type((1 << 20) + 1);
  expect_part(refusal_of([&](hid_t g) { add_dataset(g, "a", {1}, text.get()); }), "cells above 1 MiB");
  const std::string longest((1 << 20) + 1, 'x');
  expect_part(refusal_of([&](hid_t g) { test::add_variable_strings(g, "a", {longest.c_str()}); }),
              "longer than 1 MiB");
}

TEST(RefusedHdf5, ObjectsThatAreNotColumns) {
  expect_part(refusal_of([](hid_t) {}), "there are no datasets");
  expect_part(refusal_of([](hid_t g) {
                const Hdf5Handle inner(H5Gcreate2(g, "inner", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT),
                                       H5Gclose, "create a group");
              }),
              "`inner` is not a dataset");
  expect_part(refusal_of([](hid_t g) { add_ints(g, "table", {1}); }, "/"), "cannot open group /table");
}

TEST(RefusedHdf5, Links) {
  const TemporaryDirectory other;
  {
    const Hdf5File file(other.path("other.h5"));
    add_ints(file.group(), "secret", {42});
  }
  expect_part(refusal_of([](hid_t g) { H5Lcreate_soft("/table", g, "a", H5P_DEFAULT, H5P_DEFAULT); }),
              "`a` is a link to another place");
  const auto link_out = [&](hid_t g) {
    H5Lcreate_external(other.path("other.h5").c_str(), "/table/secret", g, "a", H5P_DEFAULT, H5P_DEFAULT);
  };
  expect_part(refusal_of(link_out), "`a` is a link to another place");
  expect_part(refusal_of(
                  [&](hid_t g) {
                    H5Lcreate_external(other.path("other.h5").c_str(), "/table", g, "table", H5P_DEFAULT,
                                       H5P_DEFAULT);
                  },
                  "/"),
              "/table is a link");
}

TEST(RefusedHdf5, DataInOtherFiles) {
  const TemporaryDirectory other;
  const std::string secret = other.write("secret", "secret42");
  const Hdf5Handle external(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "create options");
  hdf5_call(H5Pset_external(external.get(), secret.c_str(), 0, 8), "name a file");
  expect_part(refusal_of([&](hid_t g) {
                add_dataset(g, "a", {2}, H5T_STD_I32LE, H5T_NATIVE_INT, nullptr, external.get());
              }),
              "column `a` is stored in other files");
  {
    const Hdf5File file(other.path("other.h5"));
    add_ints(file.group(), "secret", {42});
  }
  const Hdf5Handle mapped(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, "create options");
  const Hdf5Handle space = test::make_space({1});
  hdf5_call(
      H5Pset_virtual(mapped.get(), space.get(), other.path("other.h5").c_str(), "/table/secret", space.get()),
      "map a dataset");
  expect_part(refusal_of([&](hid_t g) {
                add_dataset(g, "a", {1}, H5T_STD_I32LE, H5T_NATIVE_INT, nullptr, mapped.get());
              }),
              "column `a` is stored in other files");
}

/// Replaces `from` by `to`, equally long, in the bytes of a file.
void patch(const std::string& path, const std::string& from, const std::string& to) {
  std::string bytes = read_text(path);
  const std::size_t at = bytes.find(from);
  ASSERT_NE(at, std::string::npos);
  std::ofstream(path, std::ios::binary) << bytes.replace(at, to.size(), to);
}

/// No program of good will can write such a name: the library takes its slashes for groups on the way.
TEST(RefusedHdf5, ANameThatLeadsOutOfTheTable) {
  const TemporaryDirectory directory;
  {
    const Hdf5File other(directory.path("other.h5"));
    add_ints(other.group(), "x", {42});
    const Hdf5File file(directory.path("x.h5"), "/table", false);
    add_ints(file.group(), "QwayQoutQtableQx", {1});
    const Hdf5Handle way(H5Gcreate2(file.file(), "way", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose,
                         "create a group");
    H5Lcreate_external("other.h5", "/", way.get(), "out", H5P_DEFAULT, H5P_DEFAULT);
  }
  patch(directory.path("x.h5"), "QwayQoutQtableQx", "/way/out/table/x");
  expect_part(hdf5_refusal(directory.path("x.h5")), "`/way/out/table/x` cannot be the name of a column");
}

TEST(RefusedHdf5, CellsThatCsvWouldRefuse) {
  expect_part(refusal_of([](hid_t g) {
                test::add_variable_strings(g, "a", {"ok", "\xFF"});
              }),
              ":3:1: a byte that is not UTF-8");
  expect_part(refusal_of([](hid_t g) {
                test::add_fixed_strings(g, "a", 3, std::string("a\0b", 3), H5T_STR_NULLPAD);
              }),
              ":2:2: a NUL byte");
}

TEST(RefusedHdf5, NamesAreFitForATerminal) {
  const std::string message = refusal_of([](hid_t g) { add_dataset(g, "\x1b[2Ja", {2, 2}, H5T_STD_I32LE); });
  expect_part(message, "column `?[2Ja`");
  EXPECT_EQ(message.find('\x1b'), std::string::npos);
}

std::string table_bytes() {
  const TemporaryDirectory directory;
  {
    const Hdf5File file(directory.path("x.h5"));
    add_ints(file.group(), "a", {1, 2, 3, 4, 5, 6, 7, 8});
    test::add_variable_strings(file.group(), "b", {"a", "b", "c", "d", "e", "f", "g", "h"});
  }
  return read_text(directory.path("x.h5"));
}

TEST(RefusedHdf5, TruncatedFiles) {
  const TemporaryDirectory directory;
  const std::string bytes = table_bytes();
  for (std::size_t size = 0; size < bytes.size(); size += bytes.size() / 20) {
    const std::string path = directory.write("x.h5", bytes.substr(0, size));
    expect_part(hdf5_refusal(path), "cannot read it as an HDF5 file");
  }
}

/// Whatever a flipped byte does to the library, the answer is a table or a message.
TEST(RefusedHdf5, DamagedFilesAreATableOrAMessage) {
  const TemporaryDirectory directory;
  const std::string bytes = table_bytes();
  std::size_t num_refused = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    std::string damaged = bytes;
    for (std::uint64_t i = 0; i < 1 + seed % 4; ++i)
      damaged[hash_at(seed, 2 * i) % bytes.size()] = static_cast<char>(hash_at(seed, 2 * i + 1) % 256);
    try {
      static_cast<void>(test::read_hdf5(directory.write("x.h5", damaged)));
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), ExitCode::kData) << error.what();
      ++num_refused;
    }
  }
  EXPECT_GT(num_refused, 10U);
}

TEST(RefusedHdf5, FilesThatAreNotHdf5) {
  const TemporaryDirectory directory;
  std::string random;
  for (std::uint64_t i = 0; i < 20000; ++i) random += static_cast<char>(mix(i) % 256);
  for (const std::string& text : {std::string(), std::string("a,b\n1,2\n"), random})
    expect_part(hdf5_refusal(directory.write("x.h5", text)), "cannot read it as an HDF5 file");
}

TEST(RefusedHdf5, FilesThatCannotBeOpenedAreIoErrors) {
  const TemporaryDirectory directory;
  expect_part(hdf5_refusal(directory.path("none.h5"), ExitCode::kIo), "No such file");
  expect_part(hdf5_refusal(directory.path(), ExitCode::kIo), "is a directory");
}

}  // namespace
}  // namespace throng
