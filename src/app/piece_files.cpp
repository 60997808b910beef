// Writes, checks and removes the files of pieces.
#include "piece_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "shard_file.hpp"
#include "throng/core/error.hpp"
#include "throng/data/file.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kInfix = ".figures-";
constexpr std::size_t kHexDigits = 64;

bool is_checksum(std::string_view name) {
  return name.size() == kHexDigits && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string path_of(const std::string& prefix, const std::string& name) {
  return fmt::format("{}{}{}", prefix, kInfix, name);
}

std::string keep(const std::string& prefix, const std::vector<std::string>& parts) {
  std::string name = sha256_hex(std::vector<std::string_view>(parts.begin(), parts.end()));
  const std::string directory = fs::path(prefix).parent_path().string();
  if (!directory.empty()) create_directories(directory);
  AtomicFile file(path_of(prefix, name));
  for (const std::string& part : parts) file.write(part);
  file.commit();
  return name;
}

PieceStore::Piece open(const std::vector<std::string>& prefixes, const std::string& name) {
  constexpr const char* kFix = "copy it again to where it was, or start anew: --resume never";
  if (!is_checksum(name)) throw data_error("the saved state names figures by no checksum", kFix);
  for (const std::string& prefix : prefixes) {
    const std::string path = path_of(prefix, name);
    std::error_code error;
    if (!fs::exists(path, error)) continue;
    auto file = std::make_shared<const MappedFile>(path);
    if (sha256_hex(file->bytes()) != name)
      throw data_error("the figures kept are cut off or damaged: their checksum does not match", kFix,
                       {path, 0, 0});
    return {file, file->bytes()};
  }
  throw data_error("the figures that the saved state names are missing", kFix,
                   {prefixes.front() + std::string(kInfix) + name, 0, 0});
}

void keep_only(const std::string& prefix, const std::vector<std::string>& names) {
  const fs::path directory = fs::path(prefix).parent_path();
  const std::string start = fs::path(prefix).filename().string() + std::string(kInfix);
  std::error_code error;  // what cannot be removed is only in the way
  for (const auto& entry : fs::directory_iterator(directory.empty() ? "." : directory, error)) {
    const std::string file = entry.path().filename().string();
    if (!file.starts_with(start)) continue;
    if (std::ranges::find(names, file.substr(start.size())) == names.end()) fs::remove(entry.path(), error);
  }
}

}  // namespace

std::string piece_prefix(const Job& job) {
  if (job.saving.shard.count > 1) return shard_path("audit", job);
  return job.saving.directory.empty() ? "" : job.saving.directory + "/checkpoint";
}

bool is_piece_file(const std::string& path) {
  const std::size_t infix = path.rfind(kInfix);
  return infix != std::string::npos && is_checksum(std::string_view(path).substr(infix + kInfix.size()));
}

PieceStore piece_files(const std::string& prefix) {
  PieceStore store = piece_files_of({prefix});
  store.keep = [prefix](const std::vector<std::string>& parts) { return keep(prefix, parts); };
  store.keep_only = [prefix](const std::vector<std::string>& names) { keep_only(prefix, names); };
  return store;
}

PieceStore piece_files_of(const std::vector<std::string>& prefixes) {
  PieceStore store;
  store.open = [prefixes](const std::string& name) { return open(prefixes, name); };
  return store;
}

}  // namespace throng
