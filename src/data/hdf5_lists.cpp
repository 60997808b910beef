// Reads the datasets of one group as lists of their own lengths, in a confined process like tables.
#include <algorithm>
#include <charconv>

#include "hdf5_datasets.hpp"
#include "throng/core/error.hpp"
#include "throng/data/hdf5.hpp"

namespace throng {

namespace {

constexpr hsize_t kCellsPerRead = hsize_t{1} << 16;
constexpr char kEndOfCell = '\n';

/// Runs in the confined process: for each dataset its name, its length and its cells, a line each.
void write_lists(const std::string& path, const std::string& group_name, bool is_needed,
                 const ConfinedWrite& write) {
  const Hdf5Handle file = open_for_reading(path);
  if (H5Lexists(file.get(), group_name.c_str(), H5P_DEFAULT) <= 0) {
    if (!is_needed) return;
    throw Hdf5Failure("there is no group /" + group_name);
  }
  H5L_info_t link{};
  hdf5_call(H5Lget_info(file.get(), group_name.c_str(), &link, H5P_DEFAULT), "look at the group");
  if (link.type != H5L_TYPE_HARD) throw Hdf5Failure("/" + group_name + " is a link, not a group");
  const Hdf5Handle group(H5Gopen2(file.get(), group_name.c_str(), H5P_DEFAULT), H5Gclose, "open the group");
  std::vector<std::string> cells;
  for (Hdf5ColumnReader& dataset : open_datasets(group.get())) {
    const hsize_t count = dataset.num_rows();
    std::string text = dataset.name() + kEndOfCell + std::to_string(count) + kEndOfCell;
    for (hsize_t begin = 0; begin < count; begin += kCellsPerRead) {
      dataset.read(begin, std::min(kCellsPerRead, count - begin), cells);
      for (const std::string& cell : cells) {
        if (cell.find(kEndOfCell) != std::string::npos) throw Hdf5Failure("a cell has more than one line");
        text += cell;
        text += kEndOfCell;
      }
      write(text);
      text.clear();
    }
    write(text);
  }
}

/// Takes lines off the front of a text.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  [[nodiscard]] bool is_empty() const { return rest_.empty(); }
  std::string next() {
    const std::size_t end = std::min(rest_.find(kEndOfCell), rest_.size());
    std::string line(rest_.substr(0, end));
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    return line;
  }

 private:
  std::string_view rest_;
};

std::vector<Hdf5List> read_lists(const std::string& path, const std::string& group, bool is_needed) {
  const std::string text = read_confined(
      path, [&](const ConfinedWrite& write) { write_lists(path, group, is_needed, write); },
      "give a file that throng wrote");
  std::vector<Hdf5List> lists;
  for (Lines lines(text); !lines.is_empty();) {
    Hdf5List& list = lists.emplace_back();
    list.name = lines.next();
    const std::string length = lines.next();
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), count);
    // More cells than bytes: what the process wrote is not what it should.
    if (error != std::errc() || end != length.data() + length.size() || count > text.size())
      throw data_error("its datasets cannot be told apart", "give a file that throng wrote", {path, 0, 0});
    list.cells.reserve(count);
    for (std::size_t i = 0; i < count; ++i) list.cells.push_back(lines.next());
  }
  return lists;
}

}  // namespace

std::vector<Hdf5List> read_hdf5_lists(const std::string& path, const std::string& group) {
  return read_lists(path, group, true);
}

std::vector<Hdf5List> read_hdf5_lists_if_any(const std::string& path, const std::string& group) {
  return read_lists(path, group, false);
}

}  // namespace throng
