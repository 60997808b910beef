// Tables in HDF5: one plain 1-D dataset per column, readable by h5dump and h5py.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/table.hpp"

namespace throng {

/// Reads the datasets of group /table (or of the root group when there is no /table) as columns, in the order
/// they were created when the file kept it, else by name: strings, or integers and floats as decimal text
/// (NaN: an empty cell); all 1-D and equally long. The cells then pass the checks of read_csv_table().
/// The file is not trusted: see docs/file-formats.md for how a crafted one is kept from harming the process.
/// Errors: data_error naming the column; io_error when the file cannot be opened.
Table read_hdf5_table(const InputSpec& input, int num_threads);

/// A dataset of its own length, its cells as text.
struct Hdf5List {
  std::string name;
  std::vector<std::string> cells;
};

/// Reads every dataset of the group `group` (a name, not a path) of the file at `path`, each 1-D of strings
/// or numbers. The file is trusted no more than a table. Errors: as read_hdf5_table(); data_error for a cell
/// of more than one line.
std::vector<Hdf5List> read_hdf5_lists(const std::string& path, const std::string& group);

/// The same, but nothing when the file has no such group.
std::vector<Hdf5List> read_hdf5_lists_if_any(const std::string& path, const std::string& group);

/// A column to be written: cell i holds labels[cells[i]].
struct Hdf5Column {
  std::string name;
  std::span<const std::string> labels;
  std::span<const Code> cells;
};

/// Numbers to be written, as 32-bit unsigned integers.
struct Hdf5Array {
  std::string name;
  std::span<const std::uint32_t> values;
};

/// Numbers to be written, as 64-bit unsigned integers or floats.
template <typename T>
struct Hdf5Numbers {
  std::string name;
  std::vector<T> values;
};

/// An array of 32-bit numbers whose entries lie in other files, for readers to see as one (a virtual
/// dataset).
struct Hdf5Joined {
  struct Part {
    std::string file;        ///< in the directory of the file that is written
    std::uint64_t size = 0;  ///< entries, in a dataset of the same group and name
  };
  std::string name;
  std::vector<Part> parts;
};

/// Datasets and attributes of a table to be written.
struct Hdf5Table {
  std::string group = "/table";  ///< of all datasets
  std::vector<Hdf5Column> columns;
  std::vector<Hdf5Array> arrays;
  std::vector<Hdf5Joined> joined;
  std::vector<Hdf5Numbers<std::uint64_t>> whole_numbers;
  std::vector<Hdf5Numbers<double>> real_numbers;
  std::vector<std::pair<std::string, std::string>> attributes;  ///< string attributes of the root group
};

/// To be called before MPI is initialized: otherwise the library would end itself in MPI_Finalize, and crash
/// there on a file that a full disk left unfinished.
void start_hdf5_before_mpi();

/// Writes `table` to `path` atomically: group /table with one fixed-length UTF-8 string dataset per column,
/// in creation order, and the attributes. Errors: io_error for every failed call, and nothing is left under
/// `path`; data_error for a column name that cannot be a name in HDF5.
void write_hdf5_table(const std::string& path, const Hdf5Table& table);

/// The same for several groups of one file.
void write_hdf5_tables(const std::string& path, const std::vector<Hdf5Table>& tables);

}  // namespace throng
