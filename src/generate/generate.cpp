// Draws the records, column by column, and writes them as CSV.
#include "throng/generate/generate.hpp"

#include <algorithm>

#include "throng/core/hash.hpp"
#include "throng/data/csv.hpp"
#include "throng/data/file.hpp"
#include "throng/data/row_writer.hpp"

namespace throng {

namespace {

const DrawTable& find_table(const DrawTree& tree, const std::vector<Code>& record) {
  const DrawNode* node = tree.nodes.data();
  while (node->column != DrawNode::kLeaf)
    node = tree.nodes.data() + (record[node->column] == node->value ? node->yes : node->no);
  return tree.tables[node->yes];
}

Code draw(const DrawTable& table, std::uint64_t word) {
  const std::uint64_t at = scale_to(word, table.cumulative.back());
  const auto found = std::ranges::upper_bound(table.cumulative, at);
  return table.codes[static_cast<std::size_t>(found - table.cumulative.begin())];
}

void draw_record(const GeneratorModel& model, std::uint64_t seed, Count row, std::vector<Code>& record) {
  const std::uint64_t seed_of_row = hash_at(seed, row);
  for (const DrawTree& tree : model.trees)
    record[tree.column] = draw(find_table(tree, record), hash_at(seed_of_row, tree.column));
}

/// values[c][code] as it stands in the file, separator included.
std::vector<std::vector<std::string>> written_values(const GeneratorModel& model) {
  std::vector<std::vector<std::string>> written(model.columns.size());
  for (std::size_t c = 0; c < written.size(); ++c)
    for (const std::string& value : model.values[c]) {
      append_csv_field(written[c].emplace_back(), value, ',');
      written[c].back() += c + 1 == written.size() ? '\n' : ',';
    }
  return written;
}

}  // namespace

void generate_csv(const GeneratorModel& model, std::uint64_t rows, std::uint64_t seed, int num_threads,
                  const std::string& path) {
  AtomicFile file(path);
  std::string header;
  for (const std::string& name : model.columns) {
    if (!header.empty()) header += ',';
    append_csv_field(header, name, ',');
  }
  file.write(header + '\n');
  const auto written = written_values(model);
  write_rows(file, rows, num_threads, [&](Count begin, Count end, std::string& text) {
    std::vector<Code> record(model.columns.size());
    for (Count row = begin; row < end; ++row) {
      draw_record(model, seed, row, record);
      for (std::size_t c = 0; c < record.size(); ++c) text += written[c][record[c]];
    }
  });
  file.commit();
}

}  // namespace throng
