// The manifest: what a release consists of and how it was made, so that anybody can check that it is whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "throng/core/types.hpp"
#include "throng/data/hierarchy.hpp"
#include "throng/data/schema.hpp"
#include "throng/release/recode.hpp"

namespace throng {

inline constexpr int kFormatVersion = 1;
inline constexpr std::string_view kManifestName = "manifest.json";

/// A file of the release, named relative to the manifest's directory.
struct ManifestFile {
  std::string path;
  std::uint64_t bytes = 0;
  std::string sha256;
};

/// A released column; `height` and `hierarchy_sha256` are set for quasi-identifiers, and one of `level` and
/// `levels`.
struct ManifestColumn {
  std::string name;
  Role role = Role::kInsensitive;
  std::optional<Level> level;  ///< of every row
  std::vector<Level> levels;   ///< of a locally recoded column: a row is at one of these
  std::optional<Level> height;
  std::string hierarchy_sha256;  ///< fingerprint()

  [[nodiscard]] bool is_quasi_identifier() const { return level.has_value() || !levels.empty(); }
};

struct Manifest {
  std::string creator;
  Count k = 0;
  SuppressedRecords suppressed = SuppressedRecords::kDrop;
  Count rows = 0;
  std::vector<ManifestColumn> columns;
  std::vector<ManifestFile> files;
  std::string input_sha256;  ///< empty: not told
  std::string config_sha256;
  std::vector<std::string> configuration;  ///< lines of the resolved job file, without paths and the seed

  [[nodiscard]] const ManifestColumn* find_column(std::string_view name) const;
  [[nodiscard]] const ManifestFile* find_file(std::string_view path) const;
};

/// The manifest as JSON; it ends with a checksum of its own text.
std::string manifest_json(const Manifest& manifest);

/// Reads what manifest_json() wrote; `path` is used in messages.
/// Errors: data_error when it is not such a JSON text, is of another format version, or its checksum is
/// wrong.
Manifest parse_manifest(std::string_view text, const std::string& path);

/// Identifies a hierarchy that does not come from the data: an explicit file by its values, intervals by
/// their widths. A flat one is the data's own values, which must not be told, so all flat ones are alike.
std::string fingerprint(const HierarchySpec& spec, const Hierarchy& hierarchy);

}  // namespace throng
