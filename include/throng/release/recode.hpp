// Recoding: the records as they leave the house, at the levels of one node, the small classes suppressed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/table.hpp"
#include "throng/lattice/problem.hpp"
#include "throng/local/local.hpp"
#include "throng/privacy/k_anonymity.hpp"

namespace throng {

/// What becomes of the records in classes below k.
enum class SuppressedRecords {
  kDrop,  ///< they are left out
  kStar,  ///< they stay with every quasi-identifier `*`: one more class, which must itself have k records
};

/// "drop", "star".
const char* to_string(SuppressedRecords treatment);
std::optional<SuppressedRecords> parse_suppressed_records(std::string_view text);

/// A column of the release: row i holds labels[cells[i]]. `labels` may name values no row holds, which belong
/// to suppressed records: only cells may be written, never the labels as a list.
struct ReleasedColumn {
  std::string name;
  Role role = Role::kInsensitive;
  std::optional<Level> level;  ///< of a quasi-identifier that has one
  std::vector<Level> levels;   ///< of a locally recoded quasi-identifier: those that occur, ascending
  std::vector<std::string> labels;
  std::vector<Code> cells;
};

/// The released rows, in an order that depends on the seed and on what the rows hold, on nothing else.
struct Release {
  std::vector<ReleasedColumn> columns;  ///< file order, without identifiers
  Count num_records = 0;                ///< records read
  Count num_rows = 0;                   ///< rows released
  Count suppressed = 0;                 ///< records in classes below k
  Count starred = 0;                    ///< of these, rows kept with every quasi-identifier `*`
  Count classes = 0;                    ///< classes of at least k records (the starred one not counted)

  /// True when records were left out (kStar leaves them out too when they are fewer than k: `*` would not
  /// hide them).
  [[nodiscard]] bool has_dropped() const { return num_rows < num_records; }
};

struct RecodeOptions {
  KAnonymity model;
  Node levels;
  SuppressedRecords suppressed = SuppressedRecords::kDrop;
  std::uint64_t seed = 0;
  int num_threads = 1;
};

/// Recodes `table` as `recoding` says (`options.levels` is not read). Which of a tuple's records go where
/// follows from the seed and from what the other columns hold, not from the order of the records.
Release recode(const Table& table, const Problem& problem, const LocalRecoding& recoding,
               const RecodeOptions& options);

/// Recodes `table` at the node `options.levels` of `problem`. Who is kept is decided by this function's own
/// grouping, on integers, from the table and the hierarchies alone.
Release recode(const Table& table, const Problem& problem, const RecodeOptions& options);

}  // namespace throng
