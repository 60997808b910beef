// Makes HDF5 files as other programs do, with the C API, and reads them as tables.
#pragma once

#include <gtest/gtest.h>
#include <hdf5.h>

#include <string>
#include <vector>

#include "data/hdf5_handle.hpp"
#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"
#include "throng/data/hdf5.hpp"

namespace throng::test {

using Values = std::vector<std::string>;

/// A new file with an open group; closed with it.
class Hdf5File {
 public:
  /// `group` is "/table" or "/"; links are tracked in creation order or not.
  explicit Hdf5File(const std::string& path, const std::string& group = "/table", bool is_tracked = true)
      : options_(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "create options"),
        file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT), H5Fclose, "create " + path),
        group_(open(group, is_tracked), H5Gclose, "create a group") {}

  [[nodiscard]] hid_t file() const { return file_.get(); }
  [[nodiscard]] hid_t group() const { return group_.get(); }

 private:
  hid_t open(const std::string& group, bool is_tracked) {
    if (group == "/") return H5Gopen2(file_.get(), "/", H5P_DEFAULT);
    if (is_tracked) H5Pset_link_creation_order(options_.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED);
    return H5Gcreate2(file_.get(), group.c_str(), H5P_DEFAULT, options_.get(), H5P_DEFAULT);
  }
  Hdf5Handle options_, file_, group_;
};

inline Hdf5Handle make_space(const std::vector<hsize_t>& shape) {
  return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
          "create a space"};
}

/// A string type of `size` bytes (H5T_VARIABLE: any) with the given padding.
inline Hdf5Handle make_string_type(std::size_t size, H5T_str_t padding = H5T_STR_NULLTERM) {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "create a type");
  hdf5_call(H5Tset_size(type.get(), size), "set the size");
  if (size != H5T_VARIABLE) hdf5_call(H5Tset_strpad(type.get(), padding), "set the padding");
  return type;
}

/// Adds dataset `name` of the given shape and type in the file; `cells` (may be null) are of `memory_type`.
inline void add_dataset(hid_t group, const std::string& name, const std::vector<hsize_t>& shape,
                        hid_t file_type, hid_t memory_type = H5T_NATIVE_INT, const void* cells = nullptr,
                        hid_t options = H5P_DEFAULT) {
  const Hdf5Handle space = make_space(shape);
  const Hdf5Handle dataset(
      H5Dcreate2(group, name.c_str(), file_type, space.get(), H5P_DEFAULT, options, H5P_DEFAULT), H5Dclose,
      "create " + name);
  if (cells != nullptr)
    hdf5_call(H5Dwrite(dataset.get(), memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, cells), "write " + name);
}

inline void add_ints(hid_t group, const std::string& name, const std::vector<int>& cells) {
  add_dataset(group, name, {cells.size()}, H5T_STD_I32LE, H5T_NATIVE_INT, cells.data());
}

/// Cells of `size` bytes each, one after the other, exactly as given.
inline void add_fixed_strings(hid_t group, const std::string& name, std::size_t size,
                              const std::string& bytes, H5T_str_t padding) {
  const Hdf5Handle type = make_string_type(size, padding);
  add_dataset(group, name, {bytes.size() / size}, type.get(), type.get(), bytes.data());
}

/// A null pointer is a cell that was never written.
inline void add_variable_strings(hid_t group, const std::string& name,
                                 const std::vector<const char*>& cells) {
  const Hdf5Handle type = make_string_type(H5T_VARIABLE);
  add_dataset(group, name, {cells.size()}, type.get(), type.get(), cells.data());
}

inline Table read_hdf5(const std::string& path) {
  InputSpec input;
  input.path = path;
  return read_hdf5_table(input, 2);
}

inline Values cells_of(const Column& column) {
  Values values;
  for (const Code code : column.codes) values.push_back(column.dictionary[code]);
  return values;
}

/// The message with which `path` is refused as bad data.
inline std::string hdf5_refusal(const std::string& path, ExitCode code = ExitCode::kData) {
  try {
    static_cast<void>(read_hdf5(path));
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), code) << error.what();
    EXPECT_EQ(std::string(error.what()).find(path), 0U) << error.what();
    return error.what();
  }
  ADD_FAILURE() << path << " was accepted";
  return "";
}

}  // namespace throng::test
