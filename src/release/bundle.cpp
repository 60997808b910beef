// Writes the bundle beside its final place, then moves it there: private/ first, release/ as one directory.
#include "throng/release/bundle.hpp"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>  // renameat2
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/release/datapackage.hpp"
#include "throng/release/sha256.hpp"
#include "throng/release/writer.hpp"

namespace throng {

namespace {

namespace fs = std::filesystem;

constexpr int kMaxNameAttempts = 100;
constexpr std::string_view kReportName = "report.json";

/// ".staging-HOST-": who else may work in the directory, on a file system shared by many machines.
std::string staging_prefix() {
  std::array<char, 256> host{};
  ::gethostname(host.data(), host.size() - 1);
  return ".staging-" + std::string(host.data()) + "-";
}

/// A process that was killed could not clean up: what it staged holds microdata.
void remove_abandoned(const std::string& directory) {
  const std::string prefix = staging_prefix();
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    const auto owner = static_cast<pid_t>(std::strtol(name.c_str() + prefix.size(), nullptr, 10));
    if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH) fs::remove_all(entry.path(), error);
  }
}

void make_parts(const std::string& staging) {
  try {
    for (const char* part : {"/release", "/private"}) create_directories(staging + part);
  } catch (...) {
    std::error_code error;  // nothing can be done about a failure here
    fs::remove_all(staging, error);
    throw;
  }
}

/// With directories release/ and private/ in it.
std::string make_staging(const std::string& directory, std::optional<PartialPath>& partial) {
  create_directories(directory);
  remove_abandoned(directory);
  for (int attempt = 0; attempt < kMaxNameAttempts; ++attempt) {
    std::string path =
        directory + "/" + staging_prefix() + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    partial.emplace(path);
    const RemovalPause pause;  // a directory made after the removal would bring the others back
    if (::mkdir(path.c_str(), 0700) == 0) {
      make_parts(path);
      return path;
    }
    if (errno != EEXIST) break;
  }
  throw io_error(directory, "cannot create a directory in it", errno);
}

void refuse_foreign_files(const std::string& release) {
  std::error_code error;
  if (!fs::exists(release, error) || fs::is_empty(release, error)) return;
  const auto refuse = [&](const std::string& what) {
    throw usage_error(release + " " + what, "choose another output directory or move it away");
  };
  const std::string manifest_path = release + "/" + std::string(kManifestName);
  if (!fs::is_directory(release, error) || !fs::exists(manifest_path, error))
    refuse("is not a release of throng");
  Manifest manifest;
  try {
    manifest = parse_manifest(MappedFile(manifest_path).bytes(), manifest_path);
  } catch (const Error&) {
    refuse("has a manifest that cannot be read");
  }
  for (const auto& entry : fs::directory_iterator(release)) {
    const std::string name = entry.path().filename().string();
    if (name != kManifestName && manifest.find_file(name) == nullptr)
      refuse("holds `" + name + "`, which throng did not write");
  }
}

/// Puts directory `from` in the place of `to`; what was there, if anything, is then at `from`.
void replace_directory(const std::string& from, const std::string& to) {
  std::error_code error;
  if (fs::exists(to, error)) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE) == 0) return;
    // The file system cannot exchange: the old directory steps aside for a moment.
    const std::string aside = from + "-old";
    if (::rename(to.c_str(), aside.c_str()) != 0) throw io_error(to, "cannot replace the directory", errno);
  }
  if (::rename(from.c_str(), to.c_str()) != 0)
    throw io_error(to, "cannot name the finished directory", errno);
}

std::vector<std::pair<std::string, std::string>> hdf5_attributes(const Manifest& manifest) {
  std::string qi;
  for (const ManifestColumn& column : manifest.columns) {
    if (!column.is_quasi_identifier()) continue;
    if (!qi.empty()) qi += ',';
    qi += column.name;
  }
  std::vector<std::pair<std::string, std::string>> attributes = {
      {"format_version", std::to_string(kFormatVersion)},
      {"creator", manifest.creator},
      {"config_sha256", manifest.config_sha256},
      {"k", std::to_string(manifest.k)},
      {"qi", qi}};
  if (!manifest.input_sha256.empty()) attributes.emplace_back("input_sha256", manifest.input_sha256);
  return attributes;
}

}  // namespace

StagedBundle::StagedBundle(std::string directory) : directory_(std::move(directory)) {
  refuse_foreign_files(directory_ + "/release");
  staging_ = make_staging(directory_, partial_);
}

StagedBundle::~StagedBundle() {
  const RemovalPause pause;  // two removals side by side could both stop half way
  std::error_code error;     // nothing can be done about a failure here
  fs::remove_all(staging_, error);
}

void StagedBundle::add_file(Manifest& manifest, const std::string& name) const {
  const MappedFile file(staging_ + "/release/" + name);
  manifest.files.push_back({name, file.bytes().size(), sha256_hex(file.bytes())});
}

void StagedBundle::write(const Release& release, BundleContent content, int num_threads) {
  Manifest& manifest = content.manifest;
  manifest.rows = release.num_rows;
  const std::string stem = staging_ + "/release/" + content.name;
  for (const ReleaseFormat format : content.formats) {
    const std::string extension = format == ReleaseFormat::kCsv ? ".csv" : ".h5";
    if (format == ReleaseFormat::kCsv)
      write_release_csv(stem + extension, release, num_threads);
    else
      write_release_hdf5(stem + extension, release, hdf5_attributes(manifest));
    staged_data_files_.push_back(stem + extension);
    add_file(manifest, content.name + extension);
  }
  write_file(staging_ + "/release/datapackage.json",
             datapackage_json(manifest, content.name, content.missing));
  add_file(manifest, "datapackage.json");
  write_file(staging_ + "/release/" + std::string(kReportName), content.external_report);
  add_file(manifest, std::string(kReportName));
  write_file(staging_ + "/release/" + std::string(kManifestName), manifest_json(manifest));
  write_file(staging_ + "/private/" + std::string(kReportName), content.internal_report);
  for (const ManifestFile& file : manifest.files) release_files_.push_back(file.path);
  release_files_.emplace_back(kManifestName);
}

std::vector<std::string> StagedBundle::commit() {
  const std::string report = directory_ + "/private/" + std::string(kReportName);
  const RemovalPause pause;  // or what is half removed already could get a final name
  create_directories(directory_ + "/private");
  if (::rename((staging_ + "/private/" + std::string(kReportName)).c_str(), report.c_str()) != 0)
    throw io_error(report, "cannot name the finished file", errno);
  replace_directory(staging_ + "/release", directory_ + "/release");
  std::vector<std::string> names;
  for (const std::string& name : release_files_) names.push_back(directory_ + "/release/" + name);
  names.push_back(report);
  return names;
}

}  // namespace throng
