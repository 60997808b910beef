// Reads an HDF5 table as CSV text, made in a confined process and parsed by the strict reader.
//
// The HDF5 library is not made for hostile files, so it sees the file in a process of its own (see
// confined.hpp), which may follow no link out of the file and load no plug-in. Every check of cells and names
// is the CSV reader's, once for both formats. Cost: one copy of the table as text.
#include <fmt/format.h>

#include <algorithm>

#include "confined.hpp"
#include "hdf5_as_csv.hpp"
#include "hdf5_column_reader.hpp"
#include "hdf5_datasets.hpp"
#include "hdf5_handle.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/hdf5.hpp"

namespace throng {

namespace {

constexpr hsize_t kRowsPerRead = hsize_t{1} << 14;
constexpr hsize_t kBytesPerRead = hsize_t{1} << 26;  // a tiny file can hold cells of 1 MiB

/// Group /table, or the root group.
Hdf5Handle open_group(hid_t file) {
  const bool has_table = H5Lexists(file, "table", H5P_DEFAULT) > 0;
  if (!has_table) return {H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose, "open the root group"};
  H5L_info_t link{};
  hdf5_call(H5Lget_info(file, "table", &link, H5P_DEFAULT), "look at /table");
  if (link.type != H5L_TYPE_HARD) throw Hdf5Failure("/table is a link, not a group");
  return {H5Gopen2(file, "/table", H5P_DEFAULT), H5Gclose, "open group /table"};
}

/// Columns of a table, equally long.
std::vector<Hdf5ColumnReader> open_columns(hid_t group) {
  std::vector<Hdf5ColumnReader> columns = open_datasets(group);
  for (const Hdf5ColumnReader& column : columns)
    if (column.num_rows() != columns[0].num_rows())
      throw Hdf5Failure(fmt::format("column `{}` has {} cells, `{}` has {}", column.name(), column.num_rows(),
                                    columns[0].name(), columns[0].num_rows()));
  if (columns.empty()) throw Hdf5Failure("there are no datasets, neither in /table nor in the root group");
  return columns;
}

hsize_t rows_per_read(const std::vector<Hdf5ColumnReader>& columns) {
  hsize_t row_bytes = 0;
  for (const Hdf5ColumnReader& column : columns) row_bytes += column.cell_bytes();
  return std::clamp<hsize_t>(kBytesPerRead / row_bytes, 1, kRowsPerRead);
}

/// Runs in the confined process.
void write_as_csv(const std::string& path, Hdf5Share share, const ConfinedWrite& write) {
  const Hdf5Handle file = open_for_reading(path);
  const Hdf5Handle group = open_group(file.get());
  std::vector<Hdf5ColumnReader> columns = open_columns(group.get());
  std::string text;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    append_csv_field(text, columns[c].name(), ',');
    text += c + 1 == columns.size() ? '\n' : ',';
  }
  std::vector<std::vector<std::string>> cells(columns.size());
  const hsize_t block_rows = rows_per_read(columns);
  const hsize_t end = share.begin_of(share.part + 1, columns[0].num_rows());
  for (hsize_t row = share.begin_of(share.part, columns[0].num_rows()); row < end; row += block_rows) {
    const hsize_t count = std::min(block_rows, end - row);
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

std::string read_hdf5_as_csv(const InputSpec& input, Hdf5Share share) {
  return read_confined(
      input.path, [&](const ConfinedWrite& write) { write_as_csv(input.path, share, write); },
      "give one-dimensional datasets of equal length, in /table or at the root");
}

Table read_hdf5_table(const InputSpec& input, int num_threads) {
  InputSpec as_csv = input;
  as_csv.delimiter = ',';
  return parse_csv_table(read_hdf5_as_csv(input, {}), as_csv, num_threads);
}

}  // namespace throng
