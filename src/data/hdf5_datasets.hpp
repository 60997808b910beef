// What every reader of HDF5 files starts with: the file in a confined process, and the datasets of a group.
#pragma once

#include <string>
#include <vector>

#include "confined.hpp"
#include "hdf5_column_reader.hpp"
#include "hdf5_handle.hpp"

namespace throng {

/// Runs `work` on the file at `path` in a confined process and returns what it writes. Errors: data_error
/// with `fix` when it refuses, and when the library crashes or exceeds its limits; io_error when the file
/// cannot be opened.
std::string read_confined(const std::string& path,
                          const std::function<void(const ConfinedWrite& write)>& work,
                          const std::string& fix);

/// In the confined process: opens the file, which may load no plug-in. Errors: Hdf5Failure.
Hdf5Handle open_for_reading(const std::string& path);

/// Every dataset of `group`, by creation where that was tracked, else by name; anything else there is
/// refused. Errors: Hdf5Failure.
std::vector<Hdf5ColumnReader> open_datasets(hid_t group);

}  // namespace throng
