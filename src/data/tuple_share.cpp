// Reads a rank's share of the records and agrees with the others on dictionaries.
//
// Idea: the workers of all ranks encode records with dictionaries of their own and keep each tuple of codes
// once; then the dictionaries of all workers, and after that of all ranks, are merged, sorted bytewise.
// Invariant: columns depend on the text alone. When any share is refused, rank 0 reads the whole in order to
// name the first defect. Cost: O(bytes / (ranks x threads)) and the dictionaries of all ranks.
#include "throng/data/tuple_share.hpp"

#include <algorithm>
#include <limits>

#include "record_source.hpp"
#include "share_reader.hpp"
#include "shared_dictionary.hpp"
#include "throng/core/check.hpp"
#include "throng/core/error.hpp"
#include "throng/core/gather.hpp"

namespace throng {

namespace {

constexpr Count kMaxTuples = std::numeric_limits<Weight>::max();

/// *Collective.* The number of records of all ranks, and of those before this one.
struct RowCount {
  Count all = 0;
  Count before = 0;
};

RowCount count_rows(Count own, Communicator& communicator) {
  RowCount rows;
  const auto counts = gather(communicator, std::vector<Count>{own});
  for (std::size_t r = 0; r < counts.size(); ++r) {
    if (r < static_cast<std::size_t>(communicator.rank())) rows.before += counts[r][0];
    rows.all += counts[r][0];
  }
  return rows;
}

/// *Collective.* Errors: the input's first defect when any rank has found one.
void refuse_together(const RecordSource& source, bool is_refused, Communicator& communicator) {
  bool is_any_refused = false;
  for (const auto& flags : gather(communicator, std::vector<char>{static_cast<char>(is_refused)}))
    is_any_refused = is_any_refused || flags[0] != 0;
  if (!is_any_refused) return;
  fail_together(communicator, [&] {
    if (communicator.is_root()) source.refuse();
  });
  detail::check_failed("a share was refused, the whole was not", __FILE__, __LINE__);
}

}  // namespace

TupleShare read_tuple_share(const InputSpec& input, int num_threads, Communicator& communicator) {
  const RecordSource source(input, num_threads, communicator);
  TupleShare share;
  std::vector<std::size_t> in_file;
  const std::vector<std::size_t> kept = keep_columns(source.text(), input, share.columns);
  for (std::size_t c = 0; c < share.columns.size(); ++c) {
    if (share.columns[c].role != Role::kQuasiIdentifier) continue;
    share.in_table.push_back(c);
    in_file.push_back(kept[c]);
  }
  std::erase_if(share.columns, [](const Column& column) { return column.role != Role::kQuasiIdentifier; });
  ShareReader reader(source.text(), in_file, num_threads);
  refuse_together(source, !reader.read(source.own_records(), num_threads), communicator);
  const RowCount rows = count_rows(reader.num_rows(), communicator);
  // No records at all are a defect of the whole, too.
  refuse_together(source, rows.all == 0, communicator);
  if (rows.all > kMaxTuples)
    throw data_error("the table has more than 2^32 - 1 records", "split the table", {input.path, 0, 0});
  share.num_rows = rows.all;
  share.own.resize(reader.workers().size());
  for (std::size_t j = 0; j < share.columns.size(); ++j)
    merge_column(reader.workers(), j, {input.missing, rows.before}, share, communicator);
  for (std::size_t w = 0; w < share.own.size(); ++w) share.own[w].tuples = reader.workers()[w].tuples.take();
  return share;
}

}  // namespace throng
