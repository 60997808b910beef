// Finds the datasets of a group; links are not followed.
#include "hdf5_datasets.hpp"

#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

constexpr std::uint64_t kMinCpuSeconds = 10;
constexpr std::uint64_t kCpuSecondsPerMebibyte = 4;
constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
constexpr hsize_t kMaxColumns = 1 << 16;

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

}  // namespace

std::string read_confined(const std::string& path, const std::function<void(const ConfinedWrite&)>& work,
                          const std::string& fix) {
  ConfinedLimits limits;
  // A damaged file can send the library round in circles; a good one, even well compressed, takes less than
  // this.
  limits.max_cpu_seconds =
      kMinCpuSeconds + kCpuSecondsPerMebibyte * (MappedFile(path).bytes().size() / kMebibyte);
  ConfinedResult result = run_confined(work, limits);
  const Place place{path, 0, 0};
  if (result.end == ConfinedResult::End::kRefused)
    throw data_error(printable(result.output, 300), fix, place);
  if (result.end == ConfinedResult::End::kCrashed)
    throw data_error("the HDF5 library crashed on this file or exceeded its limits",
                     "check it with h5dump; write it again or give CSV", place);
  return std::move(result.output);
}

Hdf5Handle open_for_reading(const std::string& path) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5PLset_loading_state(0);
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "read it as an HDF5 file"};
}

std::vector<Hdf5ColumnReader> open_datasets(hid_t group) {
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
  }
  return columns;
}

}  // namespace throng
