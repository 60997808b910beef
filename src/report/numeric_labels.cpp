// Reads labels as numbers, and writes estimates.
#include "numeric_labels.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "core/words.hpp"

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

std::string approximate(double records) {
  const auto whole = static_cast<Count>(std::llround(records));
  return (static_cast<double>(whole) == records ? "" : "about ") + grouped(whole);
}

}  // namespace throng
