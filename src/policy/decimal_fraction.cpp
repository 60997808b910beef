// Decimal fractions as they were written, for decisions on integers.
#include <fmt/format.h>

#include <charconv>

#include "throng/core/check.hpp"
#include "throng/policy/policy.hpp"

namespace throng {

namespace {
constexpr std::size_t kMaxDigits = 6;
}

bool DecimalFraction::covers(Count part, Count whole) const {
  using Wide = unsigned __int128;
  return static_cast<Wide>(part) * denominator <= static_cast<Wide>(numerator) * whole;
}

std::optional<DecimalFraction> decimal_fraction(double value) {
  if (!(value >= 0 && value <= 1)) return std::nullopt;
  // The shortest text that reads as this double is what was written, up to 15 digits.
  const std::string text = fmt::format("{}", value);
  if (text.find('e') != std::string::npos) return std::nullopt;
  const std::size_t point = text.find('.');
  const std::string digits = point == std::string::npos ? "" : text.substr(point + 1);
  if (digits.size() > kMaxDigits) return std::nullopt;
  DecimalFraction fraction{0, 1, text};
  for (std::size_t i = 0; i < digits.size(); ++i) fraction.denominator *= 10;
  const std::string all = text.substr(0, point) + digits;
  std::from_chars(all.data(), all.data() + all.size(), fraction.numerator);
  return fraction;
}

Count k_of_risk(const DecimalFraction& risk) {
  THRONG_CHECK_LIGHT(risk.numerator > 0);
  return (risk.denominator + risk.numerator - 1) / risk.numerator;
}

}  // namespace throng
