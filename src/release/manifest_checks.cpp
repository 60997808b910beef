// Compares sizes, checksums, columns and rows with what the manifest states.
#include "manifest_checks.hpp"

#include <fmt/core.h>

#include <filesystem>

#include "core/words.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

namespace fs = std::filesystem;

fs::path directory_of(const std::string& path) {
  const fs::path directory = fs::path(path).parent_path();
  return directory.empty() ? "." : directory;
}

void check_file(const fs::path& directory, const ManifestFile& file, VerifyReport& report) {
  // Only plain names: a manifest must not make us read elsewhere.
  const bool is_plain = !file.path.empty() && file.path.find('/') == std::string::npos && file.path != "..";
  const fs::path path = directory / file.path;
  std::error_code error;
  if (!is_plain || !fs::is_regular_file(path, error)) {
    report.violations.push_back(fmt::format("file `{}` of the manifest is missing", file.path));
    return;
  }
  const MappedFile content(path.string());
  if (content.bytes().size() != file.bytes)
    report.violations.push_back(fmt::format("file `{}` has {}, its manifest states {}", file.path,
                                            counted(content.bytes().size(), "byte"), grouped(file.bytes)));
  else if (sha256_hex(content.bytes()) != file.sha256)
    report.violations.push_back(
        fmt::format("file `{}` was changed: its SHA-256 is not the manifest's", file.path));
}

void check_directory(const fs::path& directory, const Manifest& manifest, VerifyReport& report) {
  for (const ManifestFile& file : manifest.files) check_file(directory, file, report);
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (name != kManifestName && manifest.find_file(name) == nullptr)
      report.violations.push_back(fmt::format("file `{}` beside the manifest is not in it", name));
  }
}

void check_columns(const Manifest& manifest, const Table& table, VerifyReport& report) {
  bool is_same = manifest.columns.size() == table.columns.size();
  for (std::size_t c = 0; is_same && c < table.columns.size(); ++c)
    is_same = table.columns[c].name == manifest.columns[c].name;
  if (!is_same) report.violations.emplace_back("the columns are not those of the manifest, in its order");
}

}  // namespace

std::optional<Manifest> find_manifest(const VerifyRequest& request, VerifyReport& report) {
  const std::string path = request.manifest.value_or((directory_of(request.file) / kManifestName).string());
  std::error_code error;
  if (!request.manifest && !fs::exists(path, error)) return std::nullopt;
  report.manifest = path;
  const MappedFile file(path);
  try {
    return parse_manifest(file.bytes(), path);
  } catch (const Error& failure) {
    if (failure.code() != ExitCode::kData) throw;
    report.violations.emplace_back(failure.what());
    return std::nullopt;
  }
}

void check_against_manifest(const VerifyRequest& request, const Manifest& manifest, const Table& table,
                            VerifyReport& report) {
  check_directory(directory_of(report.manifest), manifest, report);
  const std::string name = fs::path(request.file).filename().string();
  if (manifest.find_file(name) == nullptr)
    report.violations.push_back(fmt::format("file `{}` is not in the manifest", name));
  if (manifest.k < request.k)
    report.violations.push_back(
        fmt::format("the manifest states k = {}, the job asks for {}", manifest.k, request.k));
  if (manifest.rows != table.num_rows)
    report.violations.push_back(fmt::format("the file has {}, its manifest states {}",
                                            counted(table.num_rows, "row"), grouped(manifest.rows)));
  check_columns(manifest, table, report);
  for (const ManifestColumn& column : manifest.columns) {
    const bool is_qi = request.input.role_of(column.name) == Role::kQuasiIdentifier;
    if (column.is_quasi_identifier() && !is_qi)
      report.violations.push_back(
          fmt::format("column `{}` is a quasi-identifier of the manifest but not of the job", column.name));
  }
}

}  // namespace throng
