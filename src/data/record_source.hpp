// The records of an input as CSV text, and which of them are this rank's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "csv_text.hpp"
#include "hdf5_as_csv.hpp"
#include "throng/core/communicator.hpp"
#include "throng/data/file.hpp"

namespace throng {

class RecordSource {
 public:
  /// *Collective.* Opens the input: a CSV file whole, of which pages are read when touched; of an HDF5 file a
  /// slice of the rows. Errors: as read_table() for what the header tells; io_error when the ranks see
  /// different files.
  RecordSource(const InputSpec& input, int num_threads, Communicator& communicator);

  /// With an HDF5 file, its names and this rank's records only.
  [[nodiscard]] const CsvText& text() const { return text_; }
  [[nodiscard]] std::string_view own_records() const { return own_; }

  /// For an input with a defect: reads it whole. Errors: that of its first defect.
  void refuse() const;

 private:
  void open(Hdf5Share share);

  InputSpec input_;
  int num_threads_;
  bool is_hdf5_ = false;
  std::optional<MappedFile> file_;
  std::string converted_;
  CsvText text_;
  std::string_view own_;
};

}  // namespace throng
