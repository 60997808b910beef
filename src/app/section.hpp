// One table of the job file: checks its keys and types, and remembers where each value came from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "throng/app/job.hpp"
#include "toml_tree.hpp"

namespace throng {

/// Reads the keys of one table. Every getter leaves `out` as it is when the key is absent, notes the origin
/// when it is there, and throws usage_error, with place and hint, when it has another type.
class Section {
 public:
  /// `keys` are the valid ones. Errors: usage_error for any other, with the nearest valid key.
  Section(const TomlTable& table, std::string name, std::vector<std::string> keys, Origins& origins);

  [[nodiscard]] const TomlEntry* find(std::string_view key);
  const TomlEntry* read(std::string_view key, std::string& out);
  /// `example`: of a value, for who wrote another type.
  const TomlEntry* read(std::string_view key, double& out, const char* example = "1.0");
  /// Whole numbers from 0.
  const TomlEntry* read(std::string_view key, std::uint64_t& out);
  const TomlEntry* read(std::string_view key, std::vector<std::string>& out);
  const TomlEntry* read(std::string_view key, std::vector<double>& out);
  const TomlEntry* read(std::string_view key, std::vector<std::uint64_t>& out);

 private:
  const TomlTable& table_;
  std::string name_;
  Origins& origins_;
};

/// The value as a table, which is written below `header`, by default the key. Errors: usage_error.
const TomlTable& as_table(const TomlEntry& entry, const std::string& header = "");

/// Throws usage_error: `name` = `text` at `place` is none of `valid`; names the nearest.
[[noreturn]] void throw_not_one_of(const std::string& name, const std::string& text,
                                   const std::vector<std::string>& valid, const Place& place);

}  // namespace throng
