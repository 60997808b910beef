// A rank's share of CSV records: about equally many bytes, cut where a record ends.
//
// Idea: cut at line ends near equal shares; each rank counts the quotes of its share and looks for the first
// record's end in case the share begins inside a quoted field. The parities of all ranks tell which case
// holds; a share that begins inside leaves its beginning to the ranks before. Invariant: for well-formed text
// the shares are whole records and, together, all of them; text that breaks the grammar makes the readers of
// some share refuse it (as in csv_pieces.hpp). Cost: O(bytes / ranks). After Mühlbauer et al., "Instant
// Loading for Main Memory Databases", VLDB 2013, section 4.
#pragma once

#include <string_view>

#include "throng/core/communicator.hpp"

namespace throng {

/// *Collective.* This rank's part of `records`, the same text on all ranks; it may be empty.
std::string_view share_of_records(std::string_view records, Communicator& communicator);

}  // namespace throng
