// Formats counts and shares.
#include "words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace throng {

namespace {
constexpr double kMostWrittenOut = 1e15;
}

std::string grouped(Count number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string counted(Count number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

std::string counted(Count number, std::string_view noun) {
  std::string text = grouped(number) + ' ' + std::string(noun);
  if (number != 1) text += noun.ends_with('s') ? "es" : "s";
  return text;
}

std::string counted_roughly(double number, std::string_view noun) {
  if (number < kMostWrittenOut) return counted(static_cast<Count>(std::llround(number)), noun);
  return fmt::format("{:.3g} {}{}", number, noun, noun.ends_with('s') ? "es" : "s");
}

std::string duration(double seconds) {
  constexpr double kDay = 24 * 3600.0;
  constexpr double kYear = 365.25 * kDay;
  if (seconds >= 2 * kYear) return counted_roughly(seconds / kYear, "year");
  if (seconds >= 2 * kDay) return counted_roughly(seconds / kDay, "day");
  const auto whole = static_cast<Count>(std::llround(std::max(0.0, seconds)));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole % 3600 / 60);
}

std::string share(Count part, Count whole) {
  return fmt::format("{} ({:.1f} %)", grouped(part),
                     100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace throng
