// Open addressing with linear probing; the table doubles when half full.
#include "value_dictionary.hpp"

#include <algorithm>
#include <cstring>

#include "throng/core/hash.hpp"

namespace throng {

namespace {

constexpr std::size_t kFirstSlots = 16;
constexpr std::size_t kOwnKeyBytes = 8;  // values up to this size are told apart by key and size alone

template <class Word>
std::uint64_t load(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

std::uint64_t hash_long(std::string_view value) {
  const std::size_t last = value.size() - 8;
  std::uint64_t hash = mix(load<std::uint64_t>(value.data() + last));
  for (std::size_t i = 0; i < last; i += 8) hash = mix(hash ^ load<std::uint64_t>(value.data() + i));
  return hash;
}

/// For up to 8 bytes, different values of one size have different keys: overlapping loads cover every byte.
inline std::uint64_t key_of(std::string_view value) {
  const char* p = value.data();
  const std::size_t n = value.size();
  if (n > kOwnKeyBytes) return hash_long(value);
  if (n >= 4) return load<std::uint32_t>(p) << 32 | load<std::uint32_t>(p + n - 4);
  if (n == 0) return 0;
  return load<std::uint8_t>(p) << 16 | load<std::uint8_t>(p + n / 2) << 8 | load<std::uint8_t>(p + n - 1);
}

struct Origin {
  std::string_view value;
  std::uint32_t part;
  Code code;
};

}  // namespace

ValueDictionary::ValueDictionary() : slots_(kFirstSlots) {}

inline bool ValueDictionary::is_entry(const Entry& entry, std::uint64_t key, std::string_view value) const {
  if (entry.key != key || entry.size != value.size() || entry.code == kNoCode) return false;
  return value.size() <= kOwnKeyBytes || values_[entry.code] == value;
}

Code ValueDictionary::find_or_add(std::string_view value, bool is_copied) {
  const std::uint64_t key = key_of(value);
  if (is_entry(last_, key, value)) return last_.code;
  std::size_t slot = mix(key + value.size()) & (slots_.size() - 1);
  while (slots_[slot].code != kNoCode && !is_entry(slots_[slot], key, value))
    slot = (slot + 1) & (slots_.size() - 1);
  if (slots_[slot].code == kNoCode) {
    slots_[slot] = {key, static_cast<std::uint32_t>(value.size()), static_cast<Code>(values_.size())};
    values_.push_back(is_copied ? std::string_view(copies_.emplace_back(value)) : value);
    last_ = slots_[slot];
    if (2 * values_.size() > slots_.size()) grow();
    return last_.code;
  }
  last_ = slots_[slot];
  return last_.code;
}

void ValueDictionary::grow() {
  std::vector<Entry> old(2 * slots_.size());
  old.swap(slots_);
  for (const Entry& entry : old) {
    if (entry.code == kNoCode) continue;
    std::size_t slot = mix(entry.key + entry.size) & (slots_.size() - 1);
    while (slots_[slot].code != kNoCode) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = entry;
  }
}

MergedDictionary merge(std::span<const ValueDictionary* const> parts,
                       const std::vector<std::string>& missing) {
  MergedDictionary result;
  std::vector<Origin> origins;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto& values = parts[part]->values();
    result.merged.emplace_back(values.size());
    for (std::size_t code = 0; code < values.size(); ++code) {
      const bool is_missing = std::ranges::find(missing, values[code]) != missing.end();
      origins.push_back({is_missing ? std::string_view(missing.front()) : values[code],
                         static_cast<std::uint32_t>(part), static_cast<Code>(code)});
    }
  }
  std::ranges::sort(origins, {}, &Origin::value);
  for (const Origin& origin : origins) {
    if (result.values.empty() || result.values.back() != origin.value)
      result.values.emplace_back(origin.value);
    result.merged[origin.part][origin.code] = static_cast<Code>(result.values.size() - 1);
  }
  return result;
}

}  // namespace throng
