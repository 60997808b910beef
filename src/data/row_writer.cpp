// Chunks of fixed size, formatted a batch at a time.
#include "throng/data/row_writer.hpp"

#include <algorithm>
#include <vector>

#include "throng/core/parallel.hpp"

namespace throng {

namespace {

constexpr Count kRowsPerChunk = 1 << 12;
constexpr Count kChunksPerBatch = 64;  // bounds the memory that waits to be written

}  // namespace

void write_rows(AtomicFile& file, Count num_rows, int num_threads,
                const std::function<void(Count, Count, std::string&)>& append_rows) {
  const Count num_chunks = (num_rows + kRowsPerChunk - 1) / kRowsPerChunk;
  std::vector<std::string> texts(std::min(num_chunks, kChunksPerBatch));
  for (Count first = 0; first < num_chunks; first += kChunksPerBatch) {
    const Count count = std::min(kChunksPerBatch, num_chunks - first);
    parallel_for(num_threads, count, [&](std::size_t chunk, int) {
      const Count begin = (first + chunk) * kRowsPerChunk;
      texts[chunk].clear();
      append_rows(begin, std::min(begin + kRowsPerChunk, num_rows), texts[chunk]);
    });
    for (Count chunk = 0; chunk < count; ++chunk) file.write(texts[chunk]);
  }
}

}  // namespace throng
