// Writes a table as one fixed-length string dataset per column.
#include <algorithm>
#include <cstring>
#include <limits>
#include <mutex>

#include "hdf5_attributes.hpp"
#include "hdf5_handle.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hdf5.hpp"

namespace throng {

namespace {

constexpr std::size_t kRowsPerWrite = std::size_t{1} << 16;  // bounds the memory beside the table

/// Of the labels that occur: the length of one that does not would tell about a suppressed record.
std::size_t longest_cell(const Hdf5Column& column) {
  std::vector<char> occurs(column.labels.size(), 0);
  for (const Code cell : column.cells) occurs[cell] = 1;
  std::size_t size = 1;
  for (std::size_t i = 0; i < occurs.size(); ++i)
    if (occurs[i] != 0) size = std::max(size, column.labels[i].size());
  return size;
}

/// Writes cells [begin, begin + count) of `column`, each padded to `size` bytes.
void write_rows(hid_t dataset, hid_t type, const Hdf5Column& column, hsize_t begin, hsize_t count) {
  const std::size_t size = H5Tget_size(type);
  std::string bytes(count * size, '\0');
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& label = column.labels[column.cells[begin + i]];
    std::memcpy(bytes.data() + i * size, label.data(), label.size());
  }
  const Hdf5Handle file_space(H5Dget_space(dataset), H5Sclose, "get a space");
  const Hdf5Handle memory_space(H5Screate_simple(1, &count, nullptr), H5Sclose, "create a space");
  hdf5_call(H5Sselect_hyperslab(file_space.get(), H5S_SELECT_SET, &begin, nullptr, &count, nullptr),
            "select rows");
  hdf5_call(H5Dwrite(dataset, type, memory_space.get(), file_space.get(), H5P_DEFAULT, bytes.data()),
            "write column " + column.name);
}

/// Options for objects that do not hold the time: the same table is the same bytes.
Hdf5Handle timeless(hid_t kind) {
  Hdf5Handle options(H5Pcreate(kind), H5Pclose, "create options");
  hdf5_call(H5Pset_obj_track_times(options.get(), false), "leave out times");
  return options;
}

void write_column(hid_t group, const Hdf5Column& column) {
  const hsize_t num_rows = column.cells.size();
  const Hdf5Handle type = string_type(longest_cell(column));
  const Hdf5Handle space(H5Screate_simple(1, &num_rows, nullptr), H5Sclose, "create a space");
  const Hdf5Handle options = timeless(H5P_DATASET_CREATE);
  Hdf5Handle dataset(H5Dcreate2(group, column.name.c_str(), type.get(), space.get(), H5P_DEFAULT,
                                options.get(), H5P_DEFAULT),
                     H5Dclose, "create column " + column.name);
  for (hsize_t row = 0; row < num_rows; row += kRowsPerWrite)
    write_rows(dataset.get(), type.get(), column, row, std::min<hsize_t>(kRowsPerWrite, num_rows - row));
  dataset.close("finish column " + column.name);
}

/// How numbers are stored, and how they are held.
struct NumberType {
  hid_t in_file;
  hid_t in_memory;
};

void write_numbers(hid_t group, const std::string& name, NumberType type, const void* values, hsize_t size) {
  const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, "create a space");
  const Hdf5Handle options = timeless(H5P_DATASET_CREATE);
  Hdf5Handle dataset(
      H5Dcreate2(group, name.c_str(), type.in_file, space.get(), H5P_DEFAULT, options.get(), H5P_DEFAULT),
      H5Dclose, "create array " + name);
  hdf5_call(H5Dwrite(dataset.get(), type.in_memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, values),
            "write array " + name);
  dataset.close("finish array " + name);
}

/// What a reader sees where a part is missing: no number of records, so that it cannot be taken for one.
constexpr std::uint32_t kMissing = std::numeric_limits<std::uint32_t>::max();

void write_joined(hid_t group, const std::string& group_name, const Hdf5Joined& array) {
  hsize_t size = 0;
  for (const Hdf5Joined::Part& part : array.parts) size += part.size;
  const Hdf5Handle space(H5Screate_simple(1, &size, nullptr), H5Sclose, "create a space");
  const Hdf5Handle options = timeless(H5P_DATASET_CREATE);
  hdf5_call(H5Pset_fill_value(options.get(), H5T_NATIVE_UINT32, &kMissing),
            "set the value of what is missing");
  const std::string dataset_name = group_name + "/" + array.name;
  hsize_t begin = 0;
  for (const Hdf5Joined::Part& part : array.parts) {
    const hsize_t count = part.size;
    hdf5_call(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, &begin, nullptr, &count, nullptr),
              "select a part");
    const Hdf5Handle source(H5Screate_simple(1, &count, nullptr), H5Sclose, "create a space");
    hdf5_call(
        H5Pset_virtual(options.get(), space.get(), part.file.c_str(), dataset_name.c_str(), source.get()),
        "join the parts of " + array.name);
    begin += count;
  }
  Hdf5Handle dataset(H5Dcreate2(group, array.name.c_str(), H5T_STD_U32LE, space.get(), H5P_DEFAULT,
                                options.get(), H5P_DEFAULT),
                     H5Dclose, "create array " + array.name);
  dataset.close("finish array " + array.name);
}

void write_datasets(hid_t group, const Hdf5Table& table) {
  for (const Hdf5Column& column : table.columns) write_column(group, column);
  for (const Hdf5Array& array : table.arrays)
    write_numbers(group, array.name, {H5T_STD_U32LE, H5T_NATIVE_UINT32}, array.values.data(),
                  array.values.size());
  for (const Hdf5Joined& array : table.joined) write_joined(group, table.group, array);
  for (const auto& [name, values] : table.whole_numbers)
    write_numbers(group, name, {H5T_STD_U64LE, H5T_NATIVE_UINT64}, values.data(), values.size());
  for (const auto& [name, values] : table.real_numbers)
    write_numbers(group, name, {H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE}, values.data(), values.size());
}

void write_group(hid_t file, const Hdf5Table& table) {
  for (const auto& [name, value] : table.attributes) write_attribute(file, name, value);
  const Hdf5Handle options = timeless(H5P_GROUP_CREATE);
  hdf5_call(H5Pset_link_creation_order(options.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED),
            "track the order of columns");
  const Hdf5Handle group(H5Gcreate2(file, table.group.c_str(), H5P_DEFAULT, options.get(), H5P_DEFAULT),
                         H5Gclose, "create group " + table.group);
  write_datasets(group.get(), table);
}

/// At a path that AtomicFile made: where a signal has removed it meanwhile, it does not come back.
hid_t create_file(const std::string& path, hid_t access) {
  const RemovalPause pause;
  return H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
}

void write_all(const std::string& path, const std::vector<Hdf5Table>& tables) {
  // Without a buffer of small writes: the library says nothing when it cannot empty that on closing a
  // dataset.
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "create options");
  hdf5_call(H5Pset_sieve_buf_size(access.get(), 0), "write without a buffer");
  Hdf5Handle file(create_file(path, access.get()), H5Fclose, "create an HDF5 file");
  for (const Hdf5Table& table : tables) write_group(file.get(), table);
  file.close("finish the HDF5 file");
}

}  // namespace

void start_hdf5_before_mpi() {
  H5dont_atexit();
  static_cast<void>(H5open());  // whoever needs it later sees that it failed
}

void write_hdf5_table(const std::string& path, const Hdf5Table& table) { write_hdf5_tables(path, {table}); }

void write_hdf5_tables(const std::string& path, const std::vector<Hdf5Table>& tables) {
  for (const Hdf5Table& table : tables)
    for (const Hdf5Column& column : table.columns)
      if (column.name.find('/') != std::string::npos || column.name == ".")
        throw data_error("column `" + column.name + "` cannot be a dataset of " + path,
                         "HDF5 takes no `/` in a name: rename the column, or write CSV only");
  // Ranks that are threads of one process share the library, which is not made for that.
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  // The library's own clean-up at exit would try again to flush a file whose disk is full.
  H5dont_atexit();
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  AtomicFile file(path);
  try {
    write_all(file.temporary_path(), tables);
  } catch (const Hdf5Failure& failure) {
    throw io_error(path, failure.what());
  }
  file.commit();
}

}  // namespace throng
