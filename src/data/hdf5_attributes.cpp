// Creates string types and attributes.
#include "hdf5_attributes.hpp"

#include <algorithm>

namespace throng {

Hdf5Handle string_type(std::size_t size) {
  Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "create a type");
  hdf5_call(H5Tset_size(type.get(), std::max<std::size_t>(size, 1)), "set the size of a type");
  hdf5_call(H5Tset_strpad(type.get(), H5T_STR_NULLPAD), "set the padding of a type");
  hdf5_call(H5Tset_cset(type.get(), H5T_CSET_UTF8), "set the character set of a type");
  return type;
}

void write_attribute(hid_t object, const std::string& name, const std::string& value) {
  const Hdf5Handle type = string_type(value.size());
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose, "create a space");
  const Hdf5Handle attribute(
      H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
      "create attribute " + name);
  const std::string bytes = value.empty() ? std::string(1, '\0') : value;
  hdf5_call(H5Awrite(attribute.get(), type.get(), bytes.data()), "write attribute " + name);
}

}  // namespace throng
