// Reads a table of either format, and looks up its columns.
#include "throng/data/table.hpp"

#include <algorithm>
#include <filesystem>

#include "column_names.hpp"
#include "throng/core/nearest.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/hdf5.hpp"
#include "utf8.hpp"

namespace throng {

void require_described_columns(const InputSpec& input, std::span<const std::string> names) {
  for (const ColumnSpec& spec : input.columns) {
    if (std::ranges::find(names, spec.name) != names.end()) continue;
    if (spec.role == Role::kIdentifier && input.may_lack_identifiers) continue;
    const std::string nearest = nearest_name(spec.name, names);
    throw usage_error("column `" + spec.name + "` is not in " + input.path,
                      nearest.empty() ? "" : "did you mean `" + printable(nearest) + "`?", spec.place);
  }
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

Table read_table(const InputSpec& input, int num_threads) {
  std::string extension = std::filesystem::path(input.path).extension().string();
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (extension == ".csv" || extension == ".tsv" || extension == ".txt")
    return read_csv_table(input, num_threads);
  if (extension == ".h5" || extension == ".hdf5") return read_hdf5_table(input, num_threads);
  throw usage_error("the name of the input `" + input.path + "` does not tell its format",
                    "name it .csv (also .tsv, .txt) or .h5 (also .hdf5)");
}

}  // namespace throng
