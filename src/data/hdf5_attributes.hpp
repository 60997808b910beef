// String types and attributes as h5dump and h5py read them.
#pragma once

#include <string>

#include "hdf5_handle.hpp"

namespace throng {

/// Fixed-length UTF-8 strings of `size` bytes (at least 1), padded with NUL.
Hdf5Handle string_type(std::size_t size);

/// A scalar string attribute of an open object.
void write_attribute(hid_t object, const std::string& name, const std::string& value);

}  // namespace throng
