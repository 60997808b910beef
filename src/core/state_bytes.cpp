// Eight bytes per number, the lowest first.
#include "core/state_bytes.hpp"

namespace throng {

namespace {
constexpr std::size_t kNumberBytes = 8;
}

void StateWriter::number(std::uint64_t value) {
  char bytes[kNumberBytes];
  for (std::size_t i = 0; i < kNumberBytes; ++i) bytes[i] = static_cast<char>(value >> (8 * i) & 0xff);
  bytes_.append(bytes, kNumberBytes);
}

void StateWriter::bytes(std::string_view bytes) {
  number(bytes.size());
  bytes_ += bytes;
}

void StateWriter::numbers(const std::vector<std::uint64_t>& values) {
  number(values.size());
  bytes_.reserve(bytes_.size() + values.size() * kNumberBytes);
  for (const std::uint64_t value : values) number(value);
}

std::uint64_t StateReader::number() {
  if (rest_.size() < kNumberBytes) {
    is_good_ = false;
    rest_ = {};
    return 0;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i)
    value |= std::uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
  rest_.remove_prefix(kNumberBytes);
  return value;
}

std::size_t StateReader::count(std::size_t bytes_each) {
  const std::uint64_t count = number();
  if (count <= rest_.size() / bytes_each) return count;
  is_good_ = false;
  return 0;
}

std::string_view StateReader::bytes() {
  const std::string_view bytes = rest_.substr(0, count(1));
  rest_.remove_prefix(bytes.size());
  return bytes;
}

std::vector<std::uint64_t> StateReader::numbers() {
  std::vector<std::uint64_t> values(count(kNumberBytes));
  for (std::uint64_t& value : values) value = number();
  return values;
}

}  // namespace throng
