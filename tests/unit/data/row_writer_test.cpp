// Rows are written in order, each once, on any number of threads.
#include "throng/data/row_writer.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::read_text;
using test::TemporaryDirectory;

void append_numbers(Count begin, Count end, std::string& text) {
  for (Count row = begin; row < end; ++row) text += std::to_string(row) + '\n';
}

std::string written(const TemporaryDirectory& directory, Count num_rows, int num_threads) {
  AtomicFile file(directory.path("x"));
  write_rows(file, num_rows, num_threads, append_numbers);
  file.commit();
  return read_text(directory.path("x"));
}

TEST(RowWriter, WritesEveryRowOnceInOrder) {
  const TemporaryDirectory directory;
  for (const Count num_rows : {0U, 1U, 4095U, 4096U, 4097U, 262144U, 262145U, 600000U}) {
    std::string expected;
    append_numbers(0, num_rows, expected);
    for (const int num_threads : {1, 3, 8})
      ASSERT_TRUE(written(directory, num_rows, num_threads) == expected) << num_rows << ' ' << num_threads;
  }
}

TEST(RowWriter, CutsDoNotDependOnThreads) {
  const TemporaryDirectory directory;
  const auto cuts = [&](int num_threads) {
    AtomicFile file(directory.path("x"));
    write_rows(file, 300000, num_threads, [](Count begin, Count end, std::string& text) {
      text += std::to_string(begin) + '-' + std::to_string(end) + '\n';
    });
    file.commit();
    return read_text(directory.path("x"));
  };
  EXPECT_EQ(cuts(4), cuts(1));
  EXPECT_GT(cuts(1).size(), 100U);  // many chunks, so that memory is bounded
}

TEST(RowWriter, PassesOnWhatARowThrows) {
  const TemporaryDirectory directory;
  AtomicFile file(directory.path("x"));
  const auto refuse_a_row = [](Count begin, Count end, std::string&) {
    if (begin <= 50000 && 50000 < end) throw std::runtime_error("row 50000");
  };
  EXPECT_THROW(write_rows(file, 100000, 2, refuse_a_row), std::runtime_error);
}

}  // namespace
}  // namespace throng
