// Reads labels as numbers, and writes estimates.
#include "numeric_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/words.hpp"
#include "html.hpp"

namespace throng {

namespace {

constexpr std::size_t kFewestForLine = 6;

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number =
      error == std::errc() && end == text.data() + text.size() && !text.empty() && std::isfinite(value);
  return is_number ? std::optional(value) : std::nullopt;
}

/// "with no year", "with unknown as year"
std::string with_value(const std::string& column, const std::string& label) {
  if (label.empty()) return "with no " + value_html(column);
  return "with " + value_html(label) + " as " + value_html(column);
}

}  // namespace

bool is_numeric(const std::vector<std::string>& labels) {
  const std::size_t numbers = numbers_of(labels).size();
  return numbers >= kFewestForLine && numbers + 1 >= labels.size();
}

std::vector<std::size_t> numbers_of(const std::vector<std::string>& labels) {
  std::vector<std::size_t> order;
  for (std::size_t v = 0; v < labels.size(); ++v)
    if (number_of(labels[v])) order.push_back(v);
  std::ranges::stable_sort(order, {}, [&](std::size_t v) { return *number_of(labels[v]); });
  return order;
}

std::string approximate(double records, bool is_estimate) {
  return (is_estimate ? "about " : "") + grouped(static_cast<Count>(std::llround(records)));
}

std::string outside_text(const LeafCounts& counts) {
  const std::vector<std::size_t> numbers = numbers_of(counts.labels);
  for (std::size_t v = 0; v < counts.labels.size(); ++v) {
    const bool is_number = std::ranges::find(numbers, v) != numbers.end();
    if (is_number || (counts.before[v] == 0 && counts.after[v] == 0)) continue;
    return fmt::format(
        "Not in the picture: {} {} before, {} after. ", counted(counts.before[v], "record", "records"),
        with_value(counts.name, counts.labels[v]), approximate(counts.after[v], counts.is_estimate[v]));
  }
  return "";
}

std::string outside_text(const std::string& column, const std::string& label, Count records) {
  if (records == 0) return "";
  return fmt::format("Not in the picture: {} {}. ", counted(records, "record", "records"),
                     with_value(column, label));
}

}  // namespace throng
