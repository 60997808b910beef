// The quasi-identifiers of an input, read by all ranks together and without a table in memory.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "throng/core/communicator.hpp"
#include "throng/core/types.hpp"
#include "throng/data/distinct.hpp"
#include "throng/data/schema.hpp"
#include "throng/data/table.hpp"

namespace throng {

/// Distinct tuples of codes that some records gave, and what the codes mean.
struct CodedTuples {
  DistinctTuples tuples;                      ///< of codes; without tuple_of_record
  std::vector<std::vector<Code>> dictionary;  ///< dictionary[j][code]: code in TupleShare::columns[j]
};

/// What one rank has read of the input.
struct TupleShare {
  std::vector<Column> columns;        ///< quasi-identifiers; without codes, the same on all ranks
  std::vector<std::size_t> in_table;  ///< index of each among the columns that read_table() keeps
  Count num_rows = 0;                 ///< of all ranks
  std::vector<CodedTuples> own;       ///< of the records this rank has read
};

/// *Collective.* Each rank reads and encodes its share of the records of `input` in blocks and keeps distinct
/// tuples only: memory shrinks with the ranks, down to the dictionaries and the distinct tuples. The columns
/// are those that read_table() gives, whatever the number of ranks and threads. Errors: as read_table(), the
/// same on every rank; io_error when the ranks see different files.
TupleShare read_tuple_share(const InputSpec& input, int num_threads, Communicator& communicator);

/// How a column's codes become leaves.
struct LeafMap {
  std::vector<Code> leaf_of_code;
  Code num_leaves = 0;
};

/// What a rank sends at a time, so that no message is too long for MPI.
inline constexpr std::size_t kGatherRoundBytes = std::size_t{1} << 26;

/// *Collective.* The distinct tuples of leaves of all ranks' records, on every rank: shuffled by hash so that
/// each rank deduplicates its part, then gathered. In order of their hash, so the same for every number of
/// ranks and threads. Without tuple_of_record.
DistinctTuples gather_tuples(TupleShare share, std::span<const LeafMap> leaves, Communicator& communicator,
                             std::size_t round_bytes = kGatherRoundBytes);

}  // namespace throng
