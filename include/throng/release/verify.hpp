// Verification: re-reads a released file and checks the promise with grouping code of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/schema.hpp"
#include "throng/release/recode.hpp"

namespace throng {

/// What to check and against which job.
struct VerifyRequest {
  std::string file;                     ///< released CSV or HDF5
  std::optional<std::string> manifest;  ///< default: manifest.json beside the file, when there is one
  InputSpec input;                      ///< the job's columns and hierarchies; its data file is not read
  Count k = 0;
  SuppressedRecords suppressed = SuppressedRecords::kDrop;  ///< where no manifest says it
  bool is_local = false;  ///< where no manifest says it: rows may be at different levels
  int num_threads = 1;
};

/// What was found. Each violation is a sentence that names its place and holds no value of a record.
struct VerifyReport {
  std::string manifest;  ///< path, empty when there is none
  Count rows = 0;
  Count classes = 0;
  Count k = 0;
  std::vector<std::string> violations;

  [[nodiscard]] bool passed() const { return violations.empty(); }
};

/// Checks, on the text of the cells and without the kernel: every class has at least k rows; every
/// quasi-identifier is at the level the manifest states (without a manifest: at one level) of its hierarchy,
/// or, recoded locally, each row at one of the levels stated (without a manifest: at any);
/// columns, rows, sizes and checksums are those of the manifest; no identifier is present. A damaged file is
/// a violation, not an error. Errors: io_error when the file cannot be opened; what a wrong hierarchy of the
/// job leads to.
VerifyReport verify_release(const VerifyRequest& request);

}  // namespace throng
