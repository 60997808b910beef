// Reads a table of either format, and looks up its columns.
#include "throng/data/table.hpp"

#include <algorithm>
#include <filesystem>

#include "column_names.hpp"
#include "table_format.hpp"
#include "throng/core/nearest.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/hdf5.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

/// A header of one name that holds another delimiter was cut at the wrong sign.
std::string fix_of_absent(const std::string& name, std::span<const std::string> names) {
  if (names.size() == 1)
    for (const auto& [sign, written] : {std::pair(',', ","), {';', ";"}, {'\t', "\\t"}, {'|', "|"}})
      if (names[0].find(sign) != std::string::npos)
        return std::string("its header is one name: write delimiter = \"") + written +
               "\" in [input], or leave delimiter out";
  const std::string nearest = nearest_name(name, names);
  return nearest.empty() ? "" : "did you mean `" + printable(nearest) + "`?";
}

}  // namespace

void require_described_columns(const InputSpec& input, std::span<const std::string> names) {
  for (const ColumnSpec& spec : input.columns) {
    if (std::ranges::find(names, spec.name) != names.end()) continue;
    if (spec.role == Role::kIdentifier && input.may_lack_identifiers) continue;
    throw usage_error("column `" + spec.name + "` is not in " + input.path, fix_of_absent(spec.name, names),
                      spec.place);
  }
}

std::optional<FoundRecord> first_record(const Column& column, const std::function<bool(Code)>& is_wanted) {
  for (Count i = 0; i < column.codes.size(); ++i)
    if (is_wanted(column.codes[i])) return FoundRecord{i, column.codes[i]};
  std::optional<FoundRecord> first;
  for (Code code = 0; code < column.first_records.size(); ++code)
    if (is_wanted(code) && (!first || column.first_records[code] < first->record))
      first = FoundRecord{column.first_records[code], code};
  return first;
}

std::size_t Table::index_of(std::string_view name) const {
  return static_cast<std::size_t>(std::ranges::find(columns, name, &Column::name) - columns.begin());
}

std::vector<std::size_t> Table::quasi_identifiers() const {
  std::vector<std::size_t> indices;
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].role == Role::kQuasiIdentifier) indices.push_back(c);
  return indices;
}

TableFormat format_of(const std::string& path) {
  std::string extension = std::filesystem::path(path).extension().string();
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (extension == ".csv" || extension == ".tsv" || extension == ".txt") return TableFormat::kCsv;
  if (extension == ".h5" || extension == ".hdf5") return TableFormat::kHdf5;
  for (const char* spreadsheet : {".xlsx", ".xls", ".ods"})
    if (extension == spreadsheet)
      throw usage_error("the input `" + path + "` is a spreadsheet, which throng does not read",
                        "save its sheet as CSV, encoded in UTF-8, and name that file");
  throw usage_error("the name of the input `" + path + "` does not tell its format",
                    "name it .csv (also .tsv, .txt) or .h5 (also .hdf5)");
}

Table read_table(const InputSpec& input, int num_threads) {
  return format_of(input.path) == TableFormat::kCsv ? read_csv_table(input, num_threads)
                                                    : read_hdf5_table(input, num_threads);
}

}  // namespace throng
