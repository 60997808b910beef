// Gives the values of a column codes in order of first appearance, and merges several such numberings into
// one sorted dictionary.
#pragma once

#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

/// A hash table from values to codes 0, 1, ... A value of up to 8 bytes is its own key, so it is found
/// without touching its text; and a cell often holds what the cell above holds, so that is asked first.
class ValueDictionary {
 public:
  ValueDictionary();

  /// The code of `value`, whose bytes must outlive the dictionary.
  Code encode(std::string_view value) { return find_or_add(value, false); }
  /// The code of `value`, copied when it is new.
  Code encode_copy(std::string_view value) { return find_or_add(value, true); }

  /// values()[code]: the value with that code.
  [[nodiscard]] const std::vector<std::string_view>& values() const { return values_; }

 private:
  static constexpr Code kNoCode = std::numeric_limits<Code>::max();
  struct Entry {
    std::uint64_t key = 0;
    std::uint32_t size = 0;
    Code code = kNoCode;
  };

  Code find_or_add(std::string_view value, bool is_copied);
  [[nodiscard]] bool is_entry(const Entry& entry, std::uint64_t key, std::string_view value) const;
  void grow();

  std::vector<Entry> slots_;
  Entry last_;
  std::vector<std::string_view> values_;
  std::deque<std::string> copies_;
};

/// Several dictionaries as one.
struct MergedDictionary {
  std::vector<std::string> values;        ///< distinct, sorted bytewise
  std::vector<std::vector<Code>> merged;  ///< merged[i][code]: the code of value `code` of dictionary i
};

/// Values equal to one of `missing` become missing[0]. The result's values do not depend on how the values
/// were spread over the parts.
MergedDictionary merge(std::span<const ValueDictionary* const> parts,
                       const std::vector<std::string>& missing);

}  // namespace throng
