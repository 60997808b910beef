// Numbers and bytes in a row, little-endian on every machine: what saved states are made of.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace throng {

class StateWriter {
 public:
  void number(std::uint64_t value);
  void real(double value) { number(std::bit_cast<std::uint64_t>(value)); }
  /// The number of bytes, then the bytes.
  void bytes(std::string_view bytes);
  void numbers(const std::vector<std::uint64_t>& values);

  [[nodiscard]] std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

/// Reads what StateWriter wrote. What is missing reads as 0 and is seen in is_whole().
class StateReader {
 public:
  explicit StateReader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number();
  double real() { return std::bit_cast<double>(number()); }
  std::string_view bytes();
  std::vector<std::uint64_t> numbers();
  /// A number of things that take at least `bytes_each` bytes: 0, and not whole, when so many cannot follow.
  std::size_t count(std::size_t bytes_each);

  /// Nothing was missing so far.
  [[nodiscard]] bool is_good() const { return is_good_; }
  /// Nothing was missing and nothing is left.
  [[nodiscard]] bool is_whole() const { return is_good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool is_good_ = true;
};

}  // namespace throng
