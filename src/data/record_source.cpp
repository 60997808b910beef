// Opens CSV by mapping it, HDF5 by converting a slice.
#include "record_source.hpp"

#include "column_names.hpp"
#include "csv_share.hpp"
#include "table_format.hpp"
#include "throng/core/error.hpp"
#include "throng/data/hdf5.hpp"

namespace throng {

RecordSource::RecordSource(const InputSpec& input, int num_threads, Communicator& communicator)
    : input_(input), num_threads_(num_threads) {
  const Hdf5Share share{static_cast<std::uint64_t>(communicator.rank()),
                        static_cast<std::uint64_t>(communicator.size())};
  fail_together(communicator, [&] { open(share); });
  std::string seen = is_hdf5_ ? "" : std::to_string(text_.all.size());
  for (const std::string& name : text_.names) seen += '\n' + name;
  if (!is_same_on_all_ranks(communicator, seen))
    throw Error(ExitCode::kIo, "the ranks see different files under " + input.path,
                "start them with the same files in reach");
  own_ = is_hdf5_ ? text_.records : share_of_records(text_.records, communicator);
}

void RecordSource::open(Hdf5Share share) {
  is_hdf5_ = format_of(input_.path) == TableFormat::kHdf5;
  if (is_hdf5_) {
    input_.delimiter = ',';
    converted_ = read_hdf5_as_csv(input_, share);
  } else {
    file_.emplace(input_.path);
  }
  text_ = read_csv_header(is_hdf5_ ? std::string_view(converted_) : file_->bytes(), input_);
  if (!is_hdf5_) require_records(text_);  // a slice of rows may be empty
  require_described_columns(input_, text_.names);
}

void RecordSource::refuse() const {
  if (!is_hdf5_) refuse_csv(text_);
  static_cast<void>(read_hdf5_table(input_, num_threads_));
}

}  // namespace throng
