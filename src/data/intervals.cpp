// Interval hierarchies: numbers cut by widths, coarser intervals made of whole finer ones.
//
// Idea: the index of a value's finest interval is computed once, in floating point; the indices of the
// coarser ones follow by integer division, so that levels are nested whatever the rounding.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string_view>

#include "hierarchy_tree.hpp"
#include "throng/core/error.hpp"
#include "throng/data/hierarchy.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

constexpr double kTolerance = 1e-9;  // 0.3 / 0.1 is meant to be 3
constexpr double kMaxIndex = 1e13;   // beyond, rounding decides on which side of a cut a number is
// 3 * 0.1 is meant to read 0.3; more digits are for numbers that would else look alike, such as times.
constexpr std::array<int, 3> kLabelDigits = {12, 15, 17};

/// A leaf: its text and its number; nothing for the missing value.
struct Leaf {
  std::string text;
  std::optional<double> number;
  std::int64_t index = 0;  ///< of its finest interval
};

/// The integer that `x` is meant to be, or the one below it.
double floor_tolerant(double x) {
  const double nearest = std::round(x);
  const double rounding = 4 * std::numeric_limits<double>::epsilon() * std::abs(x);
  return std::abs(x - nearest) <= std::max(kTolerance, rounding) ? nearest : std::floor(x);
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

/// Finest intervals per interval of each level. Errors: usage_error for widths that do not fit into one
/// another.
std::vector<std::int64_t> ratios_of(const std::string& column, const HierarchySpec& spec) {
  const auto refuse = [&](const std::string& what) {
    throw usage_error(
        "column `" + column + "`: " + what,
        "give positive widths in ascending order, each a multiple of the one before, as in [5, 10, 20]");
  };
  if (spec.widths.empty()) refuse("there are no interval widths");
  if (spec.widths.size() > 250) refuse("there are more than 250 interval widths");
  if (!std::isfinite(spec.origin)) refuse("the origin of the intervals is not a finite number");
  std::vector<std::int64_t> ratios = {1};
  for (std::size_t i = 0; i < spec.widths.size(); ++i) {
    const double width = spec.widths[i];
    if (!std::isfinite(width) || width <= 0) refuse("an interval width is not a positive number");
    if (std::abs(spec.origin / width) > kMaxIndex) refuse("the origin is too far from 0 for these widths");
    if (i == 0) continue;
    const double ratio = width / spec.widths[i - 1];
    const double whole = std::round(ratio);
    if (whole < 2 || std::abs(ratio - whole) > kTolerance * whole)
      refuse("an interval width is not a multiple of the one before");
    if (whole * static_cast<double>(ratios.back()) > kMaxIndex)
      refuse("the interval widths are too far apart");
    ratios.push_back(ratios.back() * static_cast<std::int64_t>(whole));
  }
  return ratios;
}

/// Number, from 1, of the first record that holds `text`.
Count record_of(const Column& column, std::string_view text) {
  const auto found = first_record(column, [&](Code code) { return column.dictionary[code] == text; });
  return found ? found->record + 1 : 0;
}

std::vector<Leaf> read_leaves(const Column& column, const HierarchySpec& spec, const std::string& missing) {
  std::vector<Leaf> leaves;
  for (const std::string& text : column.dictionary) {
    if (text == missing) {
      leaves.push_back({text, std::nullopt, 0});
      continue;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = error == std::errc() && end == text.data() + text.size() && std::isfinite(number);
    const double index = is_number ? floor_tolerant((number - spec.origin) / spec.widths[0]) : 0;
    if (!is_number || std::abs(index) > kMaxIndex)
      throw data_error("column `" + column.name + "`: value `" + printable(text) + "` (record " +
                           std::to_string(record_of(column, text)) + ") is " +
                           (is_number ? "too large to be put in an interval" : "not a number"),
                       "correct it, name it in input.missing, or describe the column by a hierarchy file");
    leaves.push_back({text, number, static_cast<std::int64_t>(index)});
  }
  // The missing value first (nothing is less than any number), then by number; equal numbers keep byte order.
  std::ranges::stable_sort(leaves, {}, &Leaf::number);
  return leaves;
}

/// `number` in as few digits as tell multiples of `width` apart.
std::string decimal(double number, double width) {
  for (const int digits : kLabelDigits) {
    char text[32];
    // The sum turns -0 into 0.
    const auto [end, error] =
        std::to_chars(text, text + sizeof text, number + 0.0, std::chars_format::general, digits);
    double again = 0;
    std::from_chars(text, end, again);
    const bool is_scientific = std::string_view(text, end).find("e+") != std::string_view::npos;
    const bool is_exact = std::abs(again - number) <= 1e-3 * width;
    if (digits == kLabelDigits.back() || (is_exact && !is_scientific)) return {text, end};
  }
  return {};
}

std::string label(double low, double high) {
  return "[" + decimal(low, high - low) + ", " + decimal(high, high - low) + ")";
}

RawLevel cut(const std::vector<Leaf>& leaves, double origin, double finest, std::int64_t ratio) {
  RawLevel level;
  std::map<std::optional<std::int64_t>, Code> known;
  for (const Leaf& leaf : leaves) {
    std::optional<std::int64_t> index;
    if (leaf.number) index = floor_divide(leaf.index, ratio);
    const auto [found, is_new] = known.try_emplace(index, static_cast<Code>(level.labels.size()));
    level.value_of_leaf.push_back(found->second);
    if (!is_new) continue;
    const double width = finest * static_cast<double>(ratio);
    const double low = origin + static_cast<double>(index.value_or(0)) * width;
    level.labels.push_back(index ? label(low, low + width) : leaf.text);
  }
  return level;
}

}  // namespace

Hierarchy interval_hierarchy(const Column& column, const HierarchySpec& spec, const std::string& missing) {
  const std::vector<std::int64_t> ratios = ratios_of(column.name, spec);
  const std::vector<Leaf> leaves = read_leaves(column, spec, missing);
  std::vector<RawLevel> levels(1);
  for (const Leaf& leaf : leaves) {
    levels[0].value_of_leaf.push_back(static_cast<Code>(levels[0].labels.size()));
    levels[0].labels.push_back(leaf.text);
  }
  for (const std::int64_t ratio : ratios) levels.push_back(cut(leaves, spec.origin, spec.widths[0], ratio));
  levels.push_back({{std::string(kSuppressed)}, std::vector<Code>(leaves.size(), 0)});
  return number_depth_first(levels);
}

}  // namespace throng
