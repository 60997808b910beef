// An HDF5 table, or a rank's share of it, as CSV text.
#pragma once

#include <cstdint>
#include <string>

#include "throng/data/schema.hpp"

namespace throng {

/// One of `parts` shares of the rows, equal but for one row.
struct Hdf5Share {
  std::uint64_t part = 0;
  std::uint64_t parts = 1;

  /// First row of share `which` of num_rows rows.
  [[nodiscard]] std::uint64_t begin_of(std::uint64_t which, std::uint64_t num_rows) const {
    return static_cast<std::uint64_t>(static_cast<unsigned __int128>(num_rows) * which / parts);
  }
};

/// The header and the rows of `share`, with commas. Errors: as read_hdf5_table().
std::string read_hdf5_as_csv(const InputSpec& input, Hdf5Share share);

}  // namespace throng
