// The bundle on disk: release/ (may leave the house) and private/ (must not), never mixed, whole or absent.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "throng/core/partial_path.hpp"
#include "throng/release/manifest.hpp"
#include "throng/release/recode.hpp"

namespace throng {

enum class ReleaseFormat { kCsv, kHdf5 };

/// What goes into a bundle besides the rows.
struct BundleContent {
  std::string name;                    ///< of the data files, without extension
  std::string missing;                 ///< the cell that means missing
  std::vector<ReleaseFormat> formats;  ///< at least one, none twice
  std::string external_report;         ///< release/report.json
  std::string internal_report;         ///< private/report.json
  Manifest manifest;                   ///< all but `rows` and `files`, which write() fills in
};

/// A bundle under construction in a temporary directory beside its final place (mode 0700, made exclusively).
/// Until commit() nothing exists under a final name, and without commit() nothing is left behind.
///
/// commit() replaces private/report.json first and then the directory release/ as a whole, by exchanging the
/// two directories where the file system can. An existing release/ is replaced only if its manifest names
/// every file in it: what throng did not write it does not delete.
class StagedBundle {
 public:
  /// Errors: io_error when the directory cannot be made; usage_error when an existing release/ holds foreign
  /// files.
  explicit StagedBundle(std::string directory);
  ~StagedBundle();
  StagedBundle(const StagedBundle&) = delete;
  StagedBundle& operator=(const StagedBundle&) = delete;

  /// Writes all files of the bundle, the manifest last. Errors: io_error.
  void write(const Release& release, BundleContent content, int num_threads);

  /// The data files as they lie now, to be verified before commit().
  [[nodiscard]] const std::vector<std::string>& staged_data_files() const { return staged_data_files_; }

  /// Gives the bundle its final names and returns them. Errors: io_error.
  std::vector<std::string> commit();

 private:
  void add_file(Manifest& manifest, const std::string& name) const;

  std::string directory_;
  std::string staging_;
  std::optional<PartialPath> partial_;
  std::vector<std::string> staged_data_files_;
  std::vector<std::string> release_files_;
};

}  // namespace throng
