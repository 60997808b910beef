// Typed access to TOML tables with errors that name place and fix.
#include "section.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "throng/core/nearest.hpp"

namespace throng {

namespace {

[[noreturn]] void throw_wrong_type(std::string_view key, const TomlValue& value, const char* wanted,
                                   const char* example) {
  throw usage_error(fmt::format("`{}` is {}, not {}", key, type_name(value), wanted),
                    fmt::format("write for example {} = {}", key, example), value.place);
}

void convert(std::string_view key, const TomlValue& value, std::string& out) {
  const auto* text = std::get_if<std::string>(&value.value);
  if (text == nullptr) throw_wrong_type(key, value, "a string", "\"text\"");
  out = *text;
}

void convert(std::string_view key, const TomlValue& value, double& out, const char* example = "1.0") {
  if (const auto* whole = std::get_if<std::int64_t>(&value.value)) {
    out = static_cast<double>(*whole);
    return;
  }
  const auto* number = std::get_if<double>(&value.value);
  if (number == nullptr) throw_wrong_type(key, value, "a number", example);
  out = *number;
}

void convert(std::string_view key, const TomlValue& value, std::uint64_t& out) {
  const auto* whole = std::get_if<std::int64_t>(&value.value);
  if (whole == nullptr) throw_wrong_type(key, value, "a whole number", "11");
  if (*whole < 0)
    throw usage_error(fmt::format("`{}` is {}, below 0", key, *whole), "write a whole number from 0 on",
                      value.place);
  out = static_cast<std::uint64_t>(*whole);
}

template <typename T>
void convert(std::string_view key, const TomlValue& value, std::vector<T>& out) {
  const auto* array = std::get_if<TomlArray>(&value.value);
  if (array == nullptr) throw_wrong_type(key, value, "an array", "[...]");
  out.clear();
  for (const TomlValue& item : array->items) convert(key, item, out.emplace_back());
}

template <typename T>
const TomlEntry* read_into(const TomlEntry* entry, T& out) {
  if (entry != nullptr) convert(entry->key, entry->value, out);
  return entry;
}

}  // namespace

Section::Section(const TomlTable& table, std::string name, std::vector<std::string> keys, Origins& origins)
    : table_(table), name_(std::move(name)), origins_(origins) {
  for (const TomlEntry& entry : table.entries) {
    if (std::find(keys.begin(), keys.end(), entry.key) != keys.end()) continue;
    const std::string where = name_.empty() ? "of the file" : "of [" + name_ + "]";
    throw usage_error(fmt::format("unknown key `{}` {}", entry.key, where),
                      did_you_mean(entry.key, keys, fmt::format("Valid keys: {}", fmt::join(keys, ", "))),
                      entry.place);
  }
}

const TomlEntry* Section::find(std::string_view key) {
  const auto found = std::find_if(table_.entries.begin(), table_.entries.end(),
                                  [&](const TomlEntry& entry) { return entry.key == key; });
  if (found == table_.entries.end()) return nullptr;
  const std::string full = name_.empty() ? found->key : name_ + "." + found->key;
  origins_[full] = fmt::format("{}:{}", found->place.file, found->place.line);
  return &*found;
}

const TomlEntry* Section::read(std::string_view key, std::string& out) { return read_into(find(key), out); }
const TomlEntry* Section::read(std::string_view key, double& out, const char* example) {
  const TomlEntry* entry = find(key);
  if (entry != nullptr) convert(entry->key, entry->value, out, example);
  return entry;
}
const TomlEntry* Section::read(std::string_view key, std::uint64_t& out) { return read_into(find(key), out); }
const TomlEntry* Section::read(std::string_view key, std::vector<std::string>& out) {
  return read_into(find(key), out);
}
const TomlEntry* Section::read(std::string_view key, std::vector<double>& out) {
  return read_into(find(key), out);
}
const TomlEntry* Section::read(std::string_view key, std::vector<std::uint64_t>& out) {
  return read_into(find(key), out);
}

const TomlTable& as_table(const TomlEntry& entry, const std::string& header) {
  const auto* table = std::get_if<TomlTable>(&entry.value.value);
  if (table == nullptr)
    throw usage_error(fmt::format("`{}` is {}, not a table", entry.key, type_name(entry.value)),
                      fmt::format("write [{}] and its keys below", header.empty() ? entry.key : header),
                      entry.place);
  return *table;
}

void throw_not_one_of(const std::string& name, const std::string& text, const std::vector<std::string>& valid,
                      const Place& place) {
  throw usage_error(fmt::format("{} = \"{}\" is none of its values", name, text),
                    did_you_mean(text, valid, fmt::format("Valid: {}", fmt::join(valid, ", ")), '"'), place);
}

}  // namespace throng
