// Suggests roles by simple rules that a user can check; it errs to the safe side.
//
// (Nearly) every value its own: an identifier. A name that says so (id, name, phone, ...): an identifier.
// Few or many repeated values: a quasi-identifier, since somebody may know them; numbers get intervals.
#include "suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace throng {

namespace {

constexpr double kMostlyUnique = 0.9;
constexpr std::size_t kFewNumbers = 12;

bool parse(const std::string& text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

struct Range {
  bool are_numbers = true, are_whole = true;
  double least = 0, most = 0;
};

Range range_of(const Column& column, const std::string& missing) {
  Range range;
  bool is_first = true;
  for (const std::string& text : column.dictionary) {
    double value = 0;
    if (text == missing) continue;
    if (!parse(text, value)) return {false, false, 0, 0};
    range.are_whole = range.are_whole && std::floor(value) == value;
    range.least = is_first ? value : std::min(range.least, value);
    range.most = is_first ? value : std::max(range.most, value);
    is_first = false;
  }
  range.are_numbers = !is_first;
  return range;
}

/// Widths 1, 2 or 5 times a power of ten: about 20, 10 and 2 intervals over the range.
std::string intervals(const Range& range) {
  const double span = std::max(range.most - range.least, 1e-9);
  const double unit = std::pow(10.0, std::floor(std::log10(span / 10)));
  const double factor = span / 10 / unit < 2 ? 1 : span / 10 / unit < 5 ? 2 : 5;
  const double width = unit * factor;
  return fmt::format("{{ kind = \"intervals\", widths = [{0}, {1}], origin = 0 }}", width, width * 4);
}

bool names_a_person(std::string name) {
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  constexpr std::string_view kWords[] = {"id", "name", "phone", "email", "address", "passport", "uuid"};
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return name == word || name.ends_with("_" + std::string(word)) ||
           (word.size() > 2 && name.find(word) != std::string::npos);
  });
}

void suggest(ColumnSketch& column, const Range& range, Count rows) {
  const double share = static_cast<double>(column.distinct) / static_cast<double>(rows);
  if (names_a_person(column.name) || (rows > 20 && share > kMostlyUnique && !range.are_numbers)) {
    column.role = Role::kIdentifier;
    column.why = "it seems to name single people";
    return;
  }
  if (column.distinct < 2) {
    column.why = "it tells nothing: one value";
    return;
  }
  column.role = Role::kQuasiIdentifier;
  column.why = "somebody may know it; if not, make it insensitive, and sensitive what must not be learned";
  if (range.are_numbers && column.distinct > kFewNumbers) column.hierarchy = intervals(range);
}

}  // namespace

std::vector<ColumnSketch> sketch(const Table& table, const std::string& missing) {
  std::vector<ColumnSketch> columns;
  for (const Column& column : table.columns) {
    const Range range = range_of(column, missing);
    ColumnSketch& made = columns.emplace_back();
    made.name = column.name;
    made.distinct = column.dictionary.size();
    made.type = made.distinct < 2   ? "constant"
                : range.are_whole   ? "whole numbers"
                : range.are_numbers ? "numbers"
                                    : "text";
    const auto found = std::ranges::find(column.dictionary, missing);
    if (found != column.dictionary.end())
      made.missing = static_cast<Count>(
          std::ranges::count(column.codes, static_cast<Code>(found - column.dictionary.begin())));
    suggest(made, range, table.num_rows);
  }
  return columns;
}

}  // namespace throng
