// Files are whole or absent, and every failure names the final path.
#include "throng/data/file.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>

#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::TemporaryDirectory;

/// The message of the io_error that `action` throws.
std::string io_message(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kIo);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

TEST(MappedFile, HoldsTheBytes) {
  const TemporaryDirectory directory;
  const std::string bytes("a\0b\r\n", 5);
  EXPECT_EQ(MappedFile(directory.write("x", bytes)).bytes(), bytes);
  EXPECT_EQ(MappedFile(directory.write("empty", "")).bytes(), "");
}

TEST(MappedFile, MayBeMoved) {
  const TemporaryDirectory directory;
  MappedFile first(directory.write("x", "bytes"));
  const MappedFile second = std::move(first);
  EXPECT_EQ(second.bytes(), "bytes");
}

TEST(MappedFile, NamesWhatCannotBeRead) {
  const TemporaryDirectory directory;
  const auto open = [](const std::string& path) { static_cast<void>(MappedFile(path)); };
  EXPECT_EQ(io_message([&] { open(directory.path("none")); }),
            directory.path("none") + ": cannot open the file for reading; No such file or directory");
  EXPECT_EQ(io_message([&] { open(directory.path()); }),
            directory.path() + ": is a directory, not a file; name a file in it");
  EXPECT_EQ(io_message([&] { open("/dev/null"); }), "/dev/null: is not a regular file");
}

TEST(MappedFile, DoesNotWaitForAPipe) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("pipe");
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  ::alarm(20);  // would else wait for a writer for ever
  EXPECT_EQ(io_message([&] { static_cast<void>(MappedFile(path)); }), path + ": is not a regular file");
  ::alarm(0);
}

TEST(AtomicFile, AppearsWithCommitAndForTheOwnerOnly) {
  const TemporaryDirectory directory;
  AtomicFile file(directory.path("x"));
  file.write("one,");
  file.write("two");
  EXPECT_FALSE(fs::exists(directory.path("x")));
  file.commit();
  EXPECT_EQ(read_text(directory.path("x")), "one,two");
  EXPECT_FALSE(fs::exists(file.temporary_path()));
  struct stat status {};
  ASSERT_EQ(::stat(directory.path("x").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(AtomicFile, LeavesNothingWithoutCommit) {
  const TemporaryDirectory directory;
  {
    AtomicFile file(directory.path("x"));
    file.write(std::string(1 << 20, 'x'));  // more than is buffered
    EXPECT_EQ(fs::path(file.temporary_path()).parent_path(), directory.path());
  }
  EXPECT_TRUE(fs::is_empty(directory.path()));
}

TEST(AtomicFile, ReplacesAFileAsAWhole) {
  const TemporaryDirectory directory;
  directory.write("x", "old and longer");
  {
    AtomicFile dropped(directory.path("x"));
    dropped.write("new");
  }
  EXPECT_EQ(read_text(directory.path("x")), "old and longer");
  write_file(directory.path("x"), "new");
  EXPECT_EQ(read_text(directory.path("x")), "new");
}

TEST(AtomicFile, TwoAtOnceDoNotMeet) {
  const TemporaryDirectory directory;
  AtomicFile first(directory.path("x"));
  AtomicFile second(directory.path("x"));
  EXPECT_NE(first.temporary_path(), second.temporary_path());
  first.write("first");
  second.write("second");
  second.commit();
  first.commit();
  EXPECT_EQ(read_text(directory.path("x")), "first");
}

TEST(AtomicFile, WritesWhatTheBufferCannotHold) {
  const TemporaryDirectory directory;
  std::string expected;
  AtomicFile file(directory.path("x"));
  for (int i = 0; i < 200000; ++i) {
    file.write(std::to_string(i));
    expected += std::to_string(i);
  }
  file.commit();
  EXPECT_EQ(read_text(directory.path("x")), expected);
}

TEST(AtomicFile, NeedsItsDirectory) {
  const TemporaryDirectory directory;
  directory.write("file", "");
  for (const std::string& path : {directory.path("none/x"), directory.path("file/x")})
    EXPECT_EQ(io_message([&] { write_file(path, "x"); }).find(path + ": cannot create the file; "), 0U);
}

TEST(AtomicFile, ADirectoryInItsPlaceStays) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("x");
  fs::create_directory(path);
  EXPECT_EQ(io_message([&] { write_file(path, "x"); }).find(path + ": cannot name the finished file; "), 0U);
  EXPECT_TRUE(fs::is_empty(path));
  EXPECT_EQ(std::distance(fs::directory_iterator(directory.path()), {}), 1);
}

/// Writes as somebody who may not, and exits with the code of the Error.
[[noreturn]] void write_without_permission(const std::string& path) {
  if (::geteuid() == 0 && ::seteuid(65534) != 0) ::_exit(99);
  try {
    write_file(path, "x");
  } catch (const Error& error) {
    ::_exit(static_cast<int>(error.code()));
  }
  ::_exit(0);
}

TEST(AtomicFileDeath, AnUnwritableDirectoryIsAnIoError) {
  const TemporaryDirectory directory;
  fs::permissions(directory.path(), fs::perms::owner_read | fs::perms::owner_exec);
  EXPECT_EXIT(write_without_permission(directory.path("x")), testing::ExitedWithCode(4), "");
  fs::permissions(directory.path(), fs::perms::owner_all);
  EXPECT_TRUE(fs::is_empty(directory.path()));
}

/// Writes `num_bytes` where files may have 1 MiB, which fails as a full disk does.
[[noreturn]] void write_bytes_to_full_disk(const std::string& path, std::size_t num_bytes) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit limits{1 << 20, 1 << 20};
  ::setrlimit(RLIMIT_FSIZE, &limits);
  try {
    write_file(path, std::string(num_bytes, 'x'));
  } catch (const Error& error) {
    const bool is_named = std::string(error.what()).starts_with(path + ": cannot write the file; ");
    ::_exit(is_named ? static_cast<int>(error.code()) : 98);
  }
  ::_exit(0);
}

TEST(AtomicFileDeath, AFullDiskLeavesNothing) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("x");
  EXPECT_EXIT(write_bytes_to_full_disk(path, (1 << 20) + 1), testing::ExitedWithCode(4), "");
  EXPECT_TRUE(fs::is_empty(directory.path()));
  EXPECT_EXIT(write_bytes_to_full_disk(path, 1 << 20), testing::ExitedWithCode(0), "");
  EXPECT_EQ(fs::file_size(path), std::uintmax_t{1} << 20);
  EXPECT_EXIT(write_bytes_to_full_disk(path, 3 << 20), testing::ExitedWithCode(4), "");
  EXPECT_EQ(fs::file_size(path), std::uintmax_t{1} << 20);  // the earlier file is untouched
}

TEST(CreateDirectories, MakesParentsAndIsContentWithThem) {
  const TemporaryDirectory directory;
  create_directories(directory.path("a/b"));
  create_directories(directory.path("a/b"));
  EXPECT_TRUE(fs::is_directory(directory.path("a/b")));
  struct stat status {};
  ASSERT_EQ(::stat(directory.path("a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  directory.write("file", "");
  EXPECT_EQ(io_message([&] {
              create_directories(directory.path("file/x"));
            }).find(directory.path("file/x") + ": cannot create the directory; "),
            0U);
}

}  // namespace
}  // namespace throng
