// Reads the figures of an audit, from one file or from the parts that an index names.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "audit_file.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

namespace fs = std::filesystem;

Error bad_index(const std::string& path, const std::string& what) {
  return data_error("its list of parts " + what, "audit again", {path, 0, 0});
}

class PartList {
 public:
  PartList(const std::vector<Hdf5List>& lists, std::string path) : lists_(lists), path_(std::move(path)) {
    for (const char* name : {"sha256", "bytes", "first_entry", "entries"})
      if (column(name).size() != column("name").size()) throw bad_index(path_, "is not whole");
  }

  [[nodiscard]] std::size_t size() const { return column("name").size(); }
  [[nodiscard]] std::uint64_t number(const char* name, std::size_t i) const {
    const std::string& text = column(name)[i];
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
      throw bad_index(path_, "holds something that is no number");
    return number;
  }
  /// The file of part i, after a look at its checksum.
  [[nodiscard]] std::string checked_file(std::size_t i) const {
    const std::string& name = column("name")[i];
    if (name.empty() || name.find('/') != std::string::npos || name == "." || name == "..")
      throw bad_index(path_, "names a file elsewhere");
    std::string file = (fs::path(path_).parent_path() / name).string();
    std::error_code error;
    if (!fs::exists(file, error))
      throw data_error(fmt::format("part {} of {} of the audit is missing", i + 1, size()),
                       "put it beside " + path_ + " again, or audit again", {file, 0, 0});
    const MappedFile bytes(file);
    if (bytes.bytes().size() != number("bytes", i) || sha256_hex(bytes.bytes()) != column("sha256")[i])
      throw data_error(fmt::format("is not the part {} of {} that {} names: damaged, or of another run: its "
                                   "checksum does not match",
                                   i + 1, size(), path_),
                       "copy it again, or audit again", {file, 0, 0});
    return file;
  }

 private:
  [[nodiscard]] const std::vector<std::string>& column(const char* name) const {
    const auto found = std::ranges::find(lists_, name, &Hdf5List::name);
    if (found == lists_.end()) throw bad_index(path_, fmt::format("has no `{}`", name));
    return found->cells;
  }

  const std::vector<Hdf5List>& lists_;
  std::string path_;
};

/// Appends the arrays of `part`, with `size` entries each, to those of `whole`.
bool append(std::vector<Hdf5List>& whole, std::vector<Hdf5List> part, std::uint64_t size) {
  if (part.size() != whole.size()) return false;
  for (std::size_t i = 0; i < part.size(); ++i) {
    std::vector<std::string>& cells = part[i].cells;
    if (part[i].name != whole[i].name) return false;
    if (part[i].name == "qi") {
      if (cells != whole[i].cells) return false;
      continue;
    }
    if (cells.size() != size) return false;
    std::ranges::move(cells, std::back_inserter(whole[i].cells));
  }
  return true;
}

}  // namespace

std::vector<Hdf5List> read_audit_file(const std::string& path) {
  const std::vector<Hdf5List> lists = read_hdf5_lists_if_any(path, "parts");
  if (lists.empty()) return read_hdf5_lists(path, "audit");
  const PartList parts(lists, path);
  std::vector<std::string> files;
  for (std::size_t i = 0; i < parts.size(); ++i) files.push_back(parts.checked_file(i));
  std::vector<Hdf5List> whole;
  std::uint64_t next = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::vector<Hdf5List> part = read_hdf5_lists(files[i], "audit");
    if (i == 0)
      for (const Hdf5List& list : part)
        whole.push_back({list.name, list.name == "qi" ? list.cells : std::vector<std::string>()});
    if (parts.number("first_entry", i) != next || !append(whole, std::move(part), parts.number("entries", i)))
      throw bad_index(path, "does not go with the parts");
    next += parts.number("entries", i);
  }
  return whole;
}

}  // namespace throng
