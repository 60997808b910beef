// Reads an HDF5 table as CSV text, made in a confined process and parsed by the strict reader.
//
// The HDF5 library is not made for hostile files, so it sees the file in a process of its own (see
// confined.hpp), which may follow no link out of the file and load no plug-in. Every check of cells and names
// is the CSV reader's, once for both formats. Cost: one copy of the table as text.
#include <fmt/format.h>

#include <algorithm>

#include "confined.hpp"
#include "hdf5_column_reader.hpp"
#include "hdf5_handle.hpp"
#include "throng/core/error.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hdf5.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

constexpr std::uint64_t kMinCpuSeconds = 10;
constexpr std::uint64_t kCpuSecondsPerMebibyte = 4;
constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
constexpr hsize_t kRowsPerRead = hsize_t{1} << 14;
constexpr hsize_t kBytesPerRead = hsize_t{1} << 26;  // a tiny file can hold cells of 1 MiB
constexpr hsize_t kMaxColumns = 1 << 16;

/// Group /table, or the root group.
Hdf5Handle open_group(hid_t file) {
  const bool has_table = H5Lexists(file, "table", H5P_DEFAULT) > 0;
  if (!has_table) return {H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "open the root group"};
  H5L_info_t link{};
  hdf5_call(H5Lget_info(file, "table", &link, H5P_DEFAULT), "look at /table");
  if (link.type != H5L_TYPE_HARD) throw Hdf5Failure("/table is a link, not a group");
  return {H5Gopen2(file, "/table", H5P_DEFAULT), H5Gclose, "open group /table"};
}

/// Names of the links of `group`, by creation where that was tracked, else by name.
std::vector<std::string> link_names(hid_t group) {
  const Hdf5Handle options(H5Gget_create_plist(group), H5Pclose, "look at the group");
  unsigned flags = 0;
  hdf5_call(H5Pget_link_creation_order(options.get(), &flags), "look at the order of columns");
  const H5_index_t order = (flags & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  H5G_info_t group_info{};
  hdf5_call(H5Gget_info(group, &group_info), "look at the group");
  if (group_info.nlinks > kMaxColumns) throw Hdf5Failure("there are more than 65,536 columns");
  std::vector<std::string> names;
  for (hsize_t i = 0; i < group_info.nlinks; ++i) {
    const ssize_t size = hdf5_call(
        H5Lget_name_by_idx(group, ".", order, H5_ITER_INC, i, nullptr, 0, H5P_DEFAULT), "read a name");
    std::string name(static_cast<std::size_t>(size) + 1, '\0');
    hdf5_call(H5Lget_name_by_idx(group, ".", order, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT),
              "read a name");
    name.pop_back();
    // HDF5 would take it for a path, which may lead through a link into another file.
    if (name.find('/') != std::string::npos || name == ".")
      throw Hdf5Failure("`" + name + "` cannot be the name of a column");
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<Hdf5ColumnReader> open_columns(hid_t group) {
  std::vector<Hdf5ColumnReader> columns;
  for (const std::string& name : link_names(group)) {
    H5L_info_t link{};
    hdf5_call(H5Lget_info(group, name.c_str(), &link, H5P_DEFAULT), "look at `" + name + "`");
    if (link.type != H5L_TYPE_HARD)
      throw Hdf5Failure("`" + name + "` is a link to another place, not a column");
    H5O_info_t object{};
    hdf5_call(H5Oget_info_by_name1(group, name.c_str(), &object, H5P_DEFAULT), "look at `" + name + "`");
    if (object.type != H5O_TYPE_DATASET) throw Hdf5Failure("`" + name + "` is not a dataset");
    columns.emplace_back(group, name);
    if (columns.back().num_rows() != columns[0].num_rows())
      throw Hdf5Failure(fmt::format("column `{}` has {} cells, `{}` has {}", name, columns.back().num_rows(),
                                    columns[0].name(), columns[0].num_rows()));
  }
  if (columns.empty()) throw Hdf5Failure("there are no datasets, neither in /table nor in the root group");
  return columns;
}

hsize_t rows_per_read(const std::vector<Hdf5ColumnReader>& columns) {
  hsize_t row_bytes = 0;
  for (const Hdf5ColumnReader& column : columns) row_bytes += column.cell_bytes();
  return std::clamp<hsize_t>(kBytesPerRead / row_bytes, 1, kRowsPerRead);
}

/// Runs in the confined process.
void write_as_csv(const std::string& path, const ConfinedWrite& write) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5PLset_loading_state(0);
  const Hdf5Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose,
                        "read it as an HDF5 file");
  const Hdf5Handle group = open_group(file.get());
  std::vector<Hdf5ColumnReader> columns = open_columns(group.get());
  std::string text;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    append_csv_field(text, columns[c].name(), ',');
    text += c + 1 == columns.size() ? '\n' : ',';
  }
  std::vector<std::vector<std::string>> cells(columns.size());
  const hsize_t block_rows = rows_per_read(columns);
  for (hsize_t row = 0; row < columns[0].num_rows(); row += block_rows) {
    const hsize_t count = std::min(block_rows, columns[0].num_rows() - row);
    for (std::size_t c = 0; c < columns.size(); ++c) columns[c].read(row, count, cells[c]);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t c = 0; c < columns.size(); ++c) {
        append_csv_field(text, cells[c][i], ',');
        text += c + 1 == columns.size() ? '\n' : ',';
      }
    write(text);
    text.clear();
  }
  write(text);
}

}  // namespace

Table read_hdf5_table(const InputSpec& input, int num_threads) {
  ConfinedLimits limits;
  // A damaged file can send the library round in circles; a good one, even well compressed, takes less than
  // this.
  limits.max_cpu_seconds =
      kMinCpuSeconds + kCpuSecondsPerMebibyte * (MappedFile(input.path).bytes().size() / kMebibyte);
  const ConfinedResult result =
      run_confined([&](const ConfinedWrite& write) { write_as_csv(input.path, write); }, limits);
  const Place place{input.path, 0, 0};
  if (result.end == ConfinedResult::End::kRefused)
    throw data_error(printable(result.output, 300),
                     "give one-dimensional datasets of equal length, in /table or at the root", place);
  if (result.end == ConfinedResult::End::kCrashed)
    throw data_error("the HDF5 library crashed on this file or exceeded its limits",
                     "check it with h5dump; write it again or give CSV", place);
  InputSpec as_csv = input;
  as_csv.delimiter = ',';
  return parse_csv_table(result.output, as_csv, num_threads);
}

}  // namespace throng
