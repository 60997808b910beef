// The figures of every combination as HDF5: one file, or a part per rank and an index that joins them.
#pragma once

#include <string>
#include <vector>

#include "audit_answer.hpp"
#include "throng/core/communicator.hpp"
#include "throng/data/hdf5.hpp"

namespace throng {

/// Which run the figures are of.
struct AuditFileLabel {
  std::string config_sha256;
  std::string input_sha256;
};

/// *Collective.* Writes answer.result.arrays to `path`; the same datasets and values for any number of ranks.
/// One rank writes one file. Of several, each writes a part beside it, named by its content, and rank 0 at
/// last the index with the checksums of all; then parts of an earlier run are removed.
/// Errors: io_error on every rank; then nothing new is left, and an earlier file and its parts are as before.
void write_audit_file(const std::string& path, const AuditFileLabel& label, const AuditAnswer& answer,
                      Communicator& communicator);

/// The datasets of either kind of file, whole. The parts are looked for beside it and their checksums
/// checked. Errors: data_error naming a part that is missing, damaged or of another run; as
/// read_hdf5_lists().
std::vector<Hdf5List> read_audit_file(const std::string& path);

}  // namespace throng
