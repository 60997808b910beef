// Sorts the rows of a release by a hash of what they hold.
#include "row_order.hpp"

#include <algorithm>
#include <utility>

#include "throng/core/hash.hpp"
#include "throng/core/parallel.hpp"

namespace throng {

std::uint64_t hash_text(std::uint64_t seed, std::string_view text) {
  std::uint64_t hash = hash_at(seed, text.size());
  for (const char c : text) hash = mix(hash ^ static_cast<unsigned char>(c));
  return hash;
}

namespace {

constexpr std::size_t kChunk = 1 << 14;

/// hash(seed, text of the row) for every row.
std::vector<std::uint64_t> row_hashes(const std::vector<ReleasedColumn>& columns, std::size_t num_rows,
                                      const RecodeOptions& options) {
  std::vector<std::vector<std::uint64_t>> of_label(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c)
    for (const std::string& label : columns[c].labels) of_label[c].push_back(hash_text(options.seed, label));
  std::vector<std::uint64_t> hashes(num_rows, mix(options.seed));
  parallel_chunks(options.num_threads, num_rows, kChunk, [&](std::size_t begin, std::size_t end, int) {
    for (std::size_t c = 0; c < columns.size(); ++c)
      for (std::size_t i = begin; i < end; ++i) hashes[i] = mix(hashes[i] ^ of_label[c][columns[c].cells[i]]);
  });
  return hashes;
}

using Order = std::vector<std::pair<std::uint64_t, std::uint32_t>>;  ///< hash, row

void permute(std::vector<ReleasedColumn>& columns, const Order& order, int num_threads) {
  // A column's old cells become the next one's new cells: memory is touched for the first time once per
  // worker.
  std::vector<std::vector<Code>> scratch(static_cast<std::size_t>(std::max(1, num_threads)));
  parallel_for(num_threads, columns.size(), [&](std::size_t c, int worker) {
    std::vector<Code>& cells = scratch[static_cast<std::size_t>(worker)];
    cells.resize(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) cells[i] = columns[c].cells[order[i].second];
    std::swap(columns[c].cells, cells);
  });
}

/// True when two different rows, neighbours in `order`, have one hash.
bool has_collision(const std::vector<ReleasedColumn>& columns, const Order& order) {
  return std::ranges::any_of(columns, [&](const ReleasedColumn& column) {
    for (std::size_t i = 1; i < order.size(); ++i)
      if (order[i].first == order[i - 1].first && column.cells[i] != column.cells[i - 1]) return true;
    return false;
  });
}

}  // namespace

void shuffle_rows(std::vector<ReleasedColumn>& columns, std::size_t num_rows, const RecodeOptions& options) {
  const std::vector<std::uint64_t> hashes = row_hashes(columns, num_rows, options);
  Order order(num_rows);
  for (std::size_t i = 0; i < num_rows; ++i) order[i] = {hashes[i], static_cast<std::uint32_t>(i)};
  std::ranges::sort(order);
  permute(columns, order, options.num_threads);
  if (!has_collision(columns, order)) return;
  for (std::size_t i = 0; i < num_rows; ++i) order[i].second = static_cast<std::uint32_t>(i);
  std::ranges::sort(order, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    for (const ReleasedColumn& column : columns)
      if (column.cells[a.second] != column.cells[b.second])
        return column.cells[a.second] < column.cells[b.second];
    return false;
  });
  permute(columns, order, options.num_threads);
}

}  // namespace throng
