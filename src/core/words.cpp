// Formats counts and shares.
#include "words.hpp"

#include <fmt/format.h>

namespace throng {

std::string grouped(Count number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string counted(Count number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", grouped(number), number == 1 ? one : many);
}

std::string share(Count part, Count whole) {
  return fmt::format("{} ({:.1f} %)", grouped(part),
                     100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

}  // namespace throng
