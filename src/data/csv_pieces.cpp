// Counts quotes and line ends per piece in parallel, then settles which line ends are record ends.
#include "csv_pieces.hpp"

#include <bit>
#include <cstdint>
#include <cstring>

#include "csv_block.hpp"
#include "throng/core/parallel.hpp"
#include "utf8.hpp"

namespace throng {

namespace {

struct Tally {
  bool is_valid = false;  ///< no NUL, all UTF-8
  bool has_odd_quotes = false;
  Count line_ends[2] = {};  ///< outside quotes if the piece begins outside [0] or inside [1] quotes
};

/// Bit i of the result: an odd number of bits of `mask` up to and including i.
std::uint64_t prefix_parity(std::uint64_t mask) {
  for (unsigned shift = 1; shift < 64; shift *= 2) mask ^= mask << shift;
  return mask;
}

Tally count(std::string_view piece) {
  Tally tally;
  tally.is_valid = find_invalid_byte(piece) == piece.size();
  std::uint64_t carried = 0;  // all ones after an odd number of quotes
  for (std::size_t block = 0; block < piece.size(); block += kBlockBytes) {
    char padded[kBlockBytes] = {};
    const char* bytes = piece.data() + block;
    if (piece.size() - block < kBlockBytes) {
      std::memcpy(padded, bytes, piece.size() - block);
      bytes = padded;
    }
    const std::uint64_t quotes = equal_mask(bytes, '"');
    const std::uint64_t feeds = equal_mask(bytes, '\n');
    const std::uint64_t odd = (quotes == 0 ? 0 : prefix_parity(quotes)) ^ carried;
    tally.line_ends[0] += static_cast<Count>(std::popcount(feeds & ~odd));
    tally.line_ends[1] += static_cast<Count>(std::popcount(feeds & odd));
    carried = (odd >> 63) != 0 ? ~std::uint64_t{0} : 0;
  }
  tally.has_odd_quotes = carried != 0;
  return tally;
}

/// Cuts behind line feeds, whatever they end, which never splits a UTF-8 sequence.
std::vector<std::string_view> cut_lines(std::string_view text, std::size_t piece_bytes) {
  std::vector<std::string_view> pieces;
  while (text.size() > piece_bytes) {
    const std::size_t feed = text.find('\n', piece_bytes - 1);
    const std::size_t size = feed == std::string_view::npos ? text.size() : feed + 1;
    pieces.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  if (!text.empty()) pieces.push_back(text);
  return pieces;
}

}  // namespace

std::optional<std::vector<CsvPiece>> cut_records(std::string_view text, std::size_t piece_bytes,
                                                 int num_threads) {
  const std::vector<std::string_view> lines = cut_lines(text, piece_bytes);
  std::vector<Tally> tallies(lines.size());
  parallel_for(num_threads, lines.size(), [&](std::size_t i, int) { tallies[i] = count(lines[i]); });
  std::vector<CsvPiece> pieces;
  bool is_inside = false;
  Count row = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!tallies[i].is_valid) return std::nullopt;
    const auto begin = static_cast<std::size_t>(lines[i].data() - text.data());
    if (!is_inside) pieces.push_back({begin, begin, row, 0});
    const Count num_rows = tallies[i].line_ends[is_inside ? 1 : 0];
    pieces.back().end = begin + lines[i].size();
    pieces.back().num_rows += num_rows;
    row += num_rows;
    is_inside = is_inside != tallies[i].has_odd_quotes;
  }
  if (!pieces.empty() && text.back() != '\n') ++pieces.back().num_rows;
  return pieces;
}

}  // namespace throng
