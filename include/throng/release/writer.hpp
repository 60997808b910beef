// Writes the released rows as CSV and as HDF5.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "throng/release/recode.hpp"

namespace throng {

/// Released CSV is always comma-separated with LF line ends.
inline constexpr char kReleaseDelimiter = ',';

/// Writes header and rows, cells neutralized against formula injection. The bytes do not depend on
/// `num_threads`. Errors: io_error; nothing is then left under `path`.
void write_release_csv(const std::string& path, const Release& release, int num_threads);

/// Writes the columns and the given string attributes; cells are written as they are.
void write_release_hdf5(const std::string& path, const Release& release,
                        std::vector<std::pair<std::string, std::string>> attributes);

}  // namespace throng
