// A 1-D dataset of strings or numbers, read block by block as text.
#pragma once

#include <hdf5.h>

#include <string>
#include <vector>

#include "hdf5_handle.hpp"

namespace throng {

/// Errors of every member: Hdf5Failure naming the column.
class Hdf5ColumnReader {
 public:
  /// Opens dataset `name` of `group`; refuses other shapes and types, and storage in other files.
  Hdf5ColumnReader(hid_t group, const std::string& name);

  [[nodiscard]] hsize_t num_rows() const { return num_rows_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  /// Memory for one cell as HDF5 gives it.
  [[nodiscard]] hsize_t cell_bytes() const { return cell_bytes_; }

  /// The text of cells [begin, begin + count) goes to `cells`.
  void read(hsize_t begin, hsize_t count, std::vector<std::string>& cells);

 private:
  enum class CellKind { kFixedString, kVariableString, kSigned, kUnsigned, kFloat, kDouble };

  [[noreturn]] void refuse(const std::string& what) const;
  [[nodiscard]] CellKind find_kind() const;
  [[nodiscard]] hid_t memory_type() const;
  void require_own_storage() const;
  [[nodiscard]] std::string cell(std::size_t i) const;
  [[nodiscard]] std::string fixed_string(std::size_t i) const;
  template <typename Number>
  [[nodiscard]] Number number(std::size_t i) const;

  std::string name_;
  Hdf5Handle dataset_, file_type_, space_;
  CellKind kind_;
  Hdf5Handle memory_type_;
  std::size_t cell_bytes_;
  H5T_str_t padding_;  ///< of strings
  hsize_t num_rows_ = 0;
  std::string buffer_;  ///< cells as HDF5 gives them
};

}  // namespace throng
