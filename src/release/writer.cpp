// Writes the rows of a release, in either format.
#include "throng/release/writer.hpp"

#include <cstddef>
#include <string_view>

#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "throng/data/hdf5.hpp"
#include "throng/data/row_writer.hpp"

namespace throng {

namespace {

/// Every label as it stands in the file, separator included, so that a cell is one copy.
std::vector<std::vector<std::string>> written_labels(const Release& release) {
  std::vector<std::vector<std::string>> labels(release.columns.size());
  for (std::size_t c = 0; c < labels.size(); ++c) {
    const char separator = c + 1 == labels.size() ? '\n' : kReleaseDelimiter;
    for (const std::string& label : release.columns[c].labels) {
      std::string& text = labels[c].emplace_back();
      append_safe_csv_field(text, label, kReleaseDelimiter);
      // A lone empty cell must not look like an empty line.
      if (text.empty() && labels.size() == 1) text = "\"\"";
      text += separator;
    }
  }
  return labels;
}

std::string header(const Release& release) {
  std::string text;
  for (const ReleasedColumn& column : release.columns) {
    if (!text.empty()) text += kReleaseDelimiter;
    append_safe_csv_field(text, column.name, kReleaseDelimiter);
  }
  return text + '\n';
}

}  // namespace

void write_release_csv(const std::string& path, const Release& release, int num_threads) {
  const auto labels = written_labels(release);
  AtomicFile file(path);
  file.write(header(release));
  write_rows(file, release.num_rows, num_threads, [&](Count begin, Count end, std::string& text) {
    for (Count i = begin; i < end; ++i)
      for (std::size_t c = 0; c < labels.size(); ++c) text += labels[c][release.columns[c].cells[i]];
  });
  file.commit();
}

void write_release_hdf5(const std::string& path, const Release& release,
                        std::vector<std::pair<std::string, std::string>> attributes) {
  Hdf5Table table;
  table.attributes = std::move(attributes);
  for (const ReleasedColumn& column : release.columns)
    table.columns.push_back({column.name, column.labels, column.cells});
  write_hdf5_table(path, table);
}

}  // namespace throng
