// Cuts CSV text at record boundaries, so that pieces can be read side by side.
//
// Idea: a line end is a record's end when the number of quotes before it is even. Each piece counts its
// quotes and its line ends for both cases; a running sum over the pieces then tells which case holds. Pieces
// that would begin inside a quoted field are joined to the one before. Invariant: for well-formed text every
// piece is whole records, and num_rows of them. Text that breaks the grammar can be cut in the wrong places,
// but then some piece breaks the grammar, too: by induction from the first one, as long as a piece is
// well-formed the next one begins at a record. Cost: one pass over the text, O(bytes / threads). After
// Mühlbauer et al., "Instant Loading for Main Memory Databases", VLDB 2013, section 4.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"

namespace throng {

struct CsvPiece {
  std::size_t begin = 0;  ///< offset of the first byte
  std::size_t end = 0;    ///< offset behind the last byte
  Count first_row = 0;    ///< number of the first record
  Count num_rows = 0;
};

/// The pieces of `text` (records only, no header), about `piece_bytes` each; nothing when the text holds a
/// NUL or is not UTF-8.
std::optional<std::vector<CsvPiece>> cut_records(std::string_view text, std::size_t piece_bytes,
                                                 int num_threads);

}  // namespace throng
