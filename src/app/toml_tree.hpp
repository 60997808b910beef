// A TOML document as plain values with their places, so that one file alone includes the TOML library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "throng/core/error.hpp"

namespace throng {

struct TomlValue;
struct TomlEntry;

struct TomlArray {
  std::vector<TomlValue> items;
};

/// Entries in the order of the file.
struct TomlTable {
  std::vector<TomlEntry> entries;
};

/// A value; monostate stands for dates and times, which no key takes.
struct TomlValue {
  Place place;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, TomlArray, TomlTable> value;
};

struct TomlEntry {
  std::string key;
  Place place;  ///< of the key
  TomlValue value;
};

/// Parses `text`; `path` is used in messages. Errors: usage_error with line and column.
TomlTable parse_toml(std::string_view text, const std::string& path);

/// "a string", "a table", ... for messages.
std::string type_name(const TomlValue& value);

}  // namespace throng
