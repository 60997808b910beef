// Reads explicit hierarchies, `value;level1;...;*`, and refuses those that are not nested.
#include <algorithm>
#include <limits>
#include <unordered_map>

#include "csv_defect.hpp"
#include "hierarchy_tree.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hierarchy.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

constexpr std::size_t kMaxLevels = std::numeric_limits<Level>::max();

/// A level while the file is being read.
struct OpenLevel {
  RawLevel raw;
  std::unordered_map<std::string, Code> code_of_label;
  std::vector<Code> parent;               ///< per value, the value one level higher
  std::vector<std::uint64_t> first_line;  ///< per value

  /// The code of `label`, new or known.
  Code find_or_add(const std::string& label, std::uint64_t line) {
    const auto [found, is_new] = code_of_label.try_emplace(label, static_cast<Code>(raw.labels.size()));
    if (is_new) {
      raw.labels.push_back(label);
      first_line.push_back(line);
    }
    return found->second;
  }
};

std::string label_text(const std::string& label) {
  return label.empty() ? "the empty value" : "`" + printable(label) + "`";
}

class HierarchyReader {
 public:
  HierarchyReader(std::string_view text, const std::string& name, char delimiter)
      : name_(name), reader_(text, name, delimiter) {}

  std::vector<OpenLevel> read(const std::vector<std::string>& missing, std::vector<std::string>& warnings) {
    std::vector<std::string_view> fields;
    while (reader_.next(fields)) {
      if (levels_.empty()) open(fields.size());
      reader_.require_width(levels_.size(), "the first row");
      row_.clear();
      for (const std::string_view field : fields) {
        const bool is_missing = std::ranges::find(missing, field) != missing.end();
        row_.emplace_back(is_missing ? missing.front() : std::string(field));
      }
      add_row();
    }
    if (num_repeated_ > 1)
      repeated_ += " (" + std::to_string(num_repeated_) + " rows of the file are such repetitions)";
    if (num_repeated_ > 0) warnings.push_back(repeated_);
    if (levels_.empty())
      throw data_error("the hierarchy is empty", "give each value a row `value;level1;...;*`", {name_, 0, 0});
    return std::move(levels_);
  }

 private:
  void open(std::size_t num_columns) {
    // One level may still be put on top.
    if (num_columns >= kMaxLevels)
      throw data_error("the hierarchy has " + std::to_string(num_columns) + " levels",
                       "at most " + std::to_string(kMaxLevels - 1) + " are supported",
                       reader_.place(kMaxLevels - 1));
    levels_.resize(num_columns);
  }

  void add_row() {
    const std::size_t num_leaves = levels_[0].raw.labels.size();
    std::vector<Code> codes;
    for (std::size_t l = 0; l < levels_.size(); ++l)
      codes.push_back(levels_[l].find_or_add(row_[l], reader_.line()));
    const bool is_new_leaf = levels_[0].raw.labels.size() > num_leaves;
    for (std::size_t l = 0; l + 1 < levels_.size(); ++l) {
      if (codes[l] == levels_[l].parent.size()) levels_[l].parent.push_back(codes[l + 1]);
      if (levels_[l].parent[codes[l]] != codes[l + 1]) refuse_parent(l, codes[l]);
    }
    if (!is_new_leaf) {
      if (num_repeated_++ == 0)
        repeated_ = to_string(reader_.place(0)) + ": the row of " + label_text(row_[0]) +
                    " is also in line " + std::to_string(levels_[0].first_line[codes[0]]) +
                    " and counts once";
      return;
    }
    for (std::size_t l = 0; l < levels_.size(); ++l) levels_[l].raw.value_of_leaf.push_back(codes[l]);
  }

  [[noreturn]] void refuse_parent(std::size_t l, Code code) const {
    const OpenLevel& level = levels_[l];
    const std::string level_name = l == 0 ? "" : "level " + std::to_string(l) + " ";
    const std::string what = level_name + (row_[l].empty() ? "" : "value ");
    const std::string before = levels_[l + 1].raw.labels[level.parent[code]];
    throw data_error(
        what + label_text(row_[l]) + " belongs to " + label_text(row_[l + 1]) + " here and to " +
            label_text(before) + " in line " + std::to_string(level.first_line[code]),
        l == 0 ? "give each value one row" : "levels must be nested: give both rows the same value here",
        reader_.place(l + 1));
  }

  const std::string& name_;
  CsvReader reader_;
  std::vector<OpenLevel> levels_;
  std::vector<std::string> row_;
  std::uint64_t num_repeated_ = 0;
  std::string repeated_;  ///< the warning about the first row that is there twice
};

/// The delimiter of the ARX form wins when it is there at all: labels such as `[0, 5[` are full of commas.
char hierarchy_delimiter(std::string_view text) {
  const std::string_view first_line = text.substr(0, text.find('\n'));
  bool is_inside = false;
  for (const char byte : first_line) {
    if (byte == '"') is_inside = !is_inside;
    if (byte == ';' && !is_inside) return ';';
  }
  return detect_delimiter(text);
}

/// Refuses a first row that alone does not end in `*`: a header would count as a value, and add a level.
void refuse_header(const RawLevel& last, const std::string& name) {
  if (last.labels.size() != 2 || last.labels[1] != kSuppressed) return;
  if (std::ranges::count(last.value_of_leaf, Code{0}) != 1 || last.value_of_leaf.size() < 3) return;
  throw data_error("the first row ends in " + label_text(last.labels[0]) + ", all others end in `*`",
                   "remove it if it is a header, which hierarchies have not; end it in `*` if it is a value",
                   {name, 1, 1});
}

/// Names a constant last level `*`, or puts such a level on top.
void close_top(std::vector<RawLevel>& levels, const std::string& name, std::vector<std::string>& warnings) {
  RawLevel& last = levels.back();
  const bool is_top = last.labels.size() == 1 && (levels.size() > 1 || last.labels[0] == kSuppressed);
  if (!is_top) {
    levels.push_back({{std::string(kSuppressed)}, std::vector<Code>(last.value_of_leaf.size(), 0)});
  } else if (last.labels[0] != kSuppressed) {
    warnings.push_back(name + ": the top level is called " + label_text(last.labels[0]) +
                       "; it is written `*`");
    last.labels[0] = kSuppressed;
  }
}

}  // namespace

Hierarchy parse_hierarchy(std::string_view text, const std::string& name,
                          const std::vector<std::string>& missing, std::vector<std::string>& warnings) {
  const char delimiter = hierarchy_delimiter(skip_byte_order_mark(text, name));
  std::vector<OpenLevel> open = HierarchyReader(text, name, delimiter).read(missing, warnings);
  std::vector<RawLevel> levels;
  for (OpenLevel& level : open) levels.push_back(std::move(level.raw));
  refuse_header(levels.back(), name);
  close_top(levels, name, warnings);
  return number_depth_first(levels);
}

Hierarchy read_hierarchy(const std::string& path, const std::vector<std::string>& missing,
                         std::vector<std::string>& warnings) {
  const MappedFile file(path);
  return parse_hierarchy(file.bytes(), path, missing, warnings);
}

}  // namespace throng
