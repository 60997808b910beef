// Files that are whole or absent: read completely, written beside the target and renamed when done.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "throng/core/partial_path.hpp"

namespace throng {

/// The bytes of a file, memory-mapped for reading. Movable, not copyable.
/// Errors: io_error naming the path when it cannot be opened, is a directory, or cannot be mapped.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  MappedFile& operator=(MappedFile&&) = delete;

  [[nodiscard]] std::string_view bytes() const { return {data_, size_}; }

 private:
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Writes a file under a temporary name in the target's directory (created exclusively, mode 0600) and
/// gives it its final name in commit(), after fsync. Without commit() nothing is left behind.
/// Errors: every failed open, write, fsync or rename is an io_error that names the final path.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::string_view bytes);
  void commit();
  /// The temporary name, for libraries that open the file by name (HDF5); commit() still renames it.
  [[nodiscard]] const std::string& temporary_path() const { return temporary_; }

 private:
  void flush();
  void name_it() const;

  std::string path_;
  std::string temporary_;
  std::optional<PartialPath> partial_;
  std::string buffer_;
  int descriptor_ = -1;
};

/// Writes `bytes` to `path` as an AtomicFile does.
void write_file(const std::string& path, std::string_view bytes);

/// Creates `path` and its parents (mode 0700). Errors: io_error naming the path.
void create_directories(const std::string& path);

}  // namespace throng
