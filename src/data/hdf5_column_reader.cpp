// The text of a dataset's cells.
#include "hdf5_column_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>

#include "throng/core/types.hpp"
#include "throng/data/csv.hpp"

namespace throng {

namespace {

constexpr hsize_t kMaxCells = std::numeric_limits<Weight>::max();

/// Shortest decimal text that reads back as the same number; not a number = missing.
template <typename Float>
std::string float_text(Float value) {
  return std::isnan(value) ? "" : fmt::format("{}", value);
}

}  // namespace

Hdf5ColumnReader::Hdf5ColumnReader(hid_t group, const std::string& name)
    : name_(name),
      dataset_(H5Dopen2(group, name.c_str(), H5P_DEFAULT), H5Dclose, "open column `" + name + "`"),
      file_type_(H5Dget_type(dataset_.get()), H5Tclose, "get the type of column `" + name + "`"),
      space_(H5Dget_space(dataset_.get()), H5Sclose, "get the shape of column `" + name + "`"),
      kind_(find_kind()),
      memory_type_(memory_type(), H5Tclose, "convert column `" + name + "`"),
      cell_bytes_(H5Tget_size(memory_type_.get())),
      padding_(H5Tget_strpad(file_type_.get())) {
  if (H5Sget_simple_extent_ndims(space_.get()) != 1) refuse("is not one-dimensional");
  hdf5_call(H5Sget_simple_extent_dims(space_.get(), &num_rows_, nullptr), "get the shape");
  if (num_rows_ > kMaxCells) refuse("has more than 2^32 - 1 cells");
  require_own_storage();
}

void Hdf5ColumnReader::read(hsize_t begin, hsize_t count, std::vector<std::string>& cells) {
  buffer_.resize(count * cell_bytes_);
  const Hdf5Handle memory(H5Screate_simple(1, &count, nullptr), H5Sclose, "create a space");
  hdf5_call(H5Sselect_hyperslab(space_.get(), H5S_SELECT_SET, &begin, nullptr, &count, nullptr),
            "select rows");
  hdf5_call(
      H5Dread(dataset_.get(), memory_type_.get(), memory.get(), space_.get(), H5P_DEFAULT, buffer_.data()),
      "read column `" + name_ + "`");
  cells.resize(count);
  for (std::size_t i = 0; i < count; ++i) cells[i] = cell(i);
  if (kind_ == CellKind::kVariableString)
    hdf5_call(H5Dvlen_reclaim(memory_type_.get(), memory.get(), H5P_DEFAULT, buffer_.data()), "free cells");
}

void Hdf5ColumnReader::refuse(const std::string& what) const {
  throw Hdf5Failure("column `" + name_ + "` " + what);
}

Hdf5ColumnReader::CellKind Hdf5ColumnReader::find_kind() const {
  const std::size_t size = H5Tget_size(file_type_.get());
  switch (H5Tget_class(file_type_.get())) {
    case H5T_STRING:
      if (H5Tis_variable_str(file_type_.get()) > 0) return CellKind::kVariableString;
      if (size > CsvReader::kMaxFieldBytes) refuse("has cells above 1 MiB");
      return CellKind::kFixedString;
    case H5T_INTEGER:
      if (size > sizeof(std::int64_t)) refuse("has integers above 64 bits");
      return H5Tget_sign(file_type_.get()) == H5T_SGN_NONE ? CellKind::kUnsigned : CellKind::kSigned;
    case H5T_FLOAT:
      if (size > sizeof(double)) refuse("has floats above 64 bits");
      return size <= sizeof(float) ? CellKind::kFloat : CellKind::kDouble;
    default:
      refuse("holds neither strings nor numbers");
  }
}

hid_t Hdf5ColumnReader::memory_type() const {
  switch (kind_) {
    case CellKind::kSigned:
      return H5Tcopy(H5T_NATIVE_INT64);
    case CellKind::kUnsigned:
      return H5Tcopy(H5T_NATIVE_UINT64);
    case CellKind::kFloat:
      return H5Tcopy(H5T_NATIVE_FLOAT);
    case CellKind::kDouble:
      return H5Tcopy(H5T_NATIVE_DOUBLE);
    default:
      return H5Tcopy(file_type_.get());
  }
}

/// A dataset may name other files as its storage: those are not this table.
void Hdf5ColumnReader::require_own_storage() const {
  const Hdf5Handle options(H5Dget_create_plist(dataset_.get()), H5Pclose, "get the layout");
  if (H5Pget_external_count(options.get()) != 0 || H5Pget_layout(options.get()) == H5D_VIRTUAL)
    refuse("is stored in other files");
}

template <typename Number>
Number Hdf5ColumnReader::number(std::size_t i) const {
  Number value;
  std::memcpy(&value, buffer_.data() + i * sizeof value, sizeof value);
  return value;
}

std::string Hdf5ColumnReader::cell(std::size_t i) const {
  switch (kind_) {
    case CellKind::kSigned:
      return std::to_string(number<std::int64_t>(i));
    case CellKind::kUnsigned:
      return std::to_string(number<std::uint64_t>(i));
    case CellKind::kFloat:
      return float_text(number<float>(i));
    case CellKind::kDouble:
      return float_text(number<double>(i));
    case CellKind::kVariableString: {
      const char* text = number<const char*>(i);
      return text == nullptr ? "" : text;
    }
    case CellKind::kFixedString:
      break;
  }
  return fixed_string(i);
}

std::string Hdf5ColumnReader::fixed_string(std::size_t i) const {
  std::string_view text(buffer_.data() + i * cell_bytes_, cell_bytes_);
  if (padding_ == H5T_STR_NULLTERM) text = text.substr(0, text.find('\0'));
  text = text.substr(0, text.find_last_not_of(padding_ == H5T_STR_SPACEPAD ? ' ' : '\0') + 1);
  return std::string(text);
}

}  // namespace throng
