// Memory-mapped reading and atomic writing of files.
#include "throng/data/file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "throng/core/error.hpp"
#include "throng/core/nearest.hpp"

namespace throng {

namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 18;
constexpr int kMaxNameAttempts = 100;

std::string directory_of(const std::string& path) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  return directory.empty() ? "." : directory;
}

/// Makes a rename durable: the directory entry must reach the disk too.
void sync_directory(const std::string& path) {
  const int descriptor = ::open(directory_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw io_error(path, "cannot open its directory", errno);
  const int result = ::fsync(descriptor);
  const int error_number = errno;
  ::close(descriptor);
  // EINVAL: this file system cannot sync directories; there is nothing more to do.
  if (result != 0 && error_number != EINVAL) throw io_error(path, "cannot sync its directory", error_number);
}

/// What may be meant by a path that is not there.
std::string fix_of_absent(const std::string& path) {
  namespace fs = std::filesystem;
  if (path.starts_with("~")) return "write the whole path: `~` stands for nothing here";
  const std::string directory = directory_of(path);
  std::error_code error;
  if (!fs::is_directory(directory, error)) return "there is no directory " + directory;
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory, error))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  const std::string likely = likely_name(fs::path(path).filename().string(), names);
  return likely.empty() ? "" : "did you mean `" + (fs::path(path).parent_path() / likely).string() + "`?";
}

}  // namespace

MappedFile::MappedFile(const std::string& path) {
  // Without O_NONBLOCK, a named pipe would be waited for before it can be refused.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const int error_number = errno;
    throw io_error(path, "cannot open the file for reading", error_number,
                   error_number == ENOENT ? fix_of_absent(path) : "");
  }
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    if (S_ISDIR(status.st_mode)) throw io_error(path, "is a directory, not a file", 0, "name a file in it");
    throw io_error(path, "is not a regular file");
  }
  size_ = static_cast<std::size_t>(status.st_size);
  void* address = size_ == 0 ? nullptr : ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, descriptor, 0);
  const int error_number = errno;
  ::close(descriptor);
  if (address == MAP_FAILED) throw io_error(path, "cannot read the file", error_number);
  data_ = static_cast<const char*>(address);
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
}

AtomicFile::AtomicFile(const std::string& path) : path_(path) {
  for (int attempt = 0; descriptor_ < 0 && attempt < kMaxNameAttempts; ++attempt) {
    temporary_ = path + ".tmp-" + std::to_string(::getpid()) + "-" + std::to_string(attempt);
    partial_.emplace(temporary_);
    const RemovalPause pause;
    descriptor_ = ::open(temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor_ < 0 && errno != EEXIST) break;
  }
  if (descriptor_ < 0) throw io_error(path, "cannot create the file", errno);
  buffer_.reserve(kBufferBytes);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (temporary_.empty()) return;
  const RemovalPause pause;
  ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= kBufferBytes) flush();
}

void AtomicFile::flush() {
  std::size_t done = 0;
  while (done < buffer_.size()) {
    const ssize_t written = ::write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw io_error(path_, "cannot write the file", errno);
    done += static_cast<std::size_t>(written);
  }
  buffer_.clear();
}

void AtomicFile::name_it() const {
  const RemovalPause pause;  // the final name may be a partial path, too
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    throw io_error(path_, "cannot name the finished file", errno);
}

void AtomicFile::commit() {
  flush();
  if (::fsync(descriptor_) != 0) throw io_error(path_, "cannot sync the file to disk", errno);
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (closed != 0) throw io_error(path_, "cannot close the file", errno);
  name_it();
  temporary_.clear();
  partial_.reset();
  sync_directory(path_);
}

void write_file(const std::string& path, std::string_view bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

void create_directories(const std::string& path) {
  // Not std::filesystem::create_directories(), whose mode is whatever the umask leaves of 0777.
  std::error_code error;
  std::filesystem::path made;
  for (const auto& part : std::filesystem::path(path)) {
    made /= part;
    if (std::filesystem::is_directory(made, error)) continue;
    if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST)  // another process may have made it just now
      throw io_error(path, "cannot create the directory", errno);
  }
  if (!std::filesystem::is_directory(path, error))
    throw io_error(path, "cannot create the directory", EEXIST);
}

}  // namespace throng
