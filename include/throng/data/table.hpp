// The microdata in memory: one dictionary-encoded column per kept column of the input.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/schema.hpp"

namespace throng {

/// A dictionary-encoded column: cell i holds dictionary[codes[i]].
struct Column {
  std::string name;
  Role role = Role::kInsensitive;
  std::vector<std::string> dictionary;  ///< distinct values, sorted bytewise
  std::vector<Code> codes;              ///< one per record
  /// Without codes, the number of the first record, from 0, per value of the dictionary.
  std::vector<Count> first_records = {};
};

/// A record, numbered from 0, and the code of its value in a column.
struct FoundRecord {
  Count record = 0;
  Code code = 0;
};

/// The first record whose value in `column` is wanted, if there is one.
std::optional<FoundRecord> first_record(const Column& column, const std::function<bool(Code)>& is_wanted);

/// Records x columns, without identifier columns.
struct Table {
  std::string source;  ///< path it was read from, for messages
  std::vector<Column> columns;
  Count num_rows = 0;

  /// Index of the column `name`, or columns.size().
  [[nodiscard]] std::size_t index_of(std::string_view name) const;
  /// Indices of the quasi-identifiers, in file order.
  [[nodiscard]] std::vector<std::size_t> quasi_identifiers() const;
};

/// Reads `input.path` (.csv, or .h5/.hdf5), encodes every column but identifiers, and checks that every
/// described column exists. `num_threads` may be used for encoding; the table does not depend on it.
/// Errors: data_error with file, line, column for malformed input; usage_error (with the nearest name) for
/// a described column the file does not have; io_error when it cannot be read.
Table read_table(const InputSpec& input, int num_threads);

}  // namespace throng
