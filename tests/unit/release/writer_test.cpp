// Tests of the released CSV: quoting, formula injection, threads, and that a failure leaves nothing.
#include "throng/release/writer.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "release_fixture.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

using test::read_text;
using test::TemporaryDirectory;

Release release_of(std::vector<std::string> labels, std::vector<Code> cells) {
  Release release;
  release.num_rows = cells.size();
  release.columns = {{"a,b", Role::kInsensitive, std::nullopt, {}, labels, cells},
                     {"c", Role::kInsensitive, std::nullopt, {}, std::move(labels), std::move(cells)}};
  return release;
}

TEST(ReleaseCsv, QuotesAndNeutralizes) {
  const TemporaryDirectory directory;
  write_release_csv(directory.path("x.csv"), release_of({"plain", "a\"b", "=1+1", ""}, {0, 1, 2, 3}), 1);
  EXPECT_EQ(read_text(directory.path("x.csv")),
            "\"a,b\",c\nplain,plain\n\"a\"\"b\",\"a\"\"b\"\n'=1+1,'=1+1\n,\n");
}

TEST(ReleaseCsv, ALoneEmptyCellIsNotAnEmptyLine) {
  const TemporaryDirectory directory;
  Release release;
  release.num_rows = 2;
  release.columns = {{"c", Role::kInsensitive, std::nullopt, {}, {"", "x"}, {0, 1}}};
  write_release_csv(directory.path("x.csv"), release, 1);
  EXPECT_EQ(read_text(directory.path("x.csv")), "c\n\"\"\nx\n");
}

TEST(ReleaseCsv, DoesNotDependOnThreads) {
  const TemporaryDirectory directory;
  std::vector<Code> cells;
  for (std::uint32_t i = 0; i < 300000; ++i) cells.push_back(i % 3);  // several batches of chunks
  const Release release = release_of({"x", "yy", "zzz"}, cells);
  write_release_csv(directory.path("one.csv"), release, 1);
  write_release_csv(directory.path("four.csv"), release, 4);
  const std::string one = read_text(directory.path("one.csv"));
  EXPECT_EQ(one.size(), 8 + 100000 * (2 * (1 + 2 + 3) + 6));
  EXPECT_EQ(one, read_text(directory.path("four.csv")));
}

TEST(ReleaseCsv, AFailureLeavesNothing) {
  const TemporaryDirectory directory;
  EXPECT_THROW(write_release_csv(directory.path("no/such/x.csv"), release_of({"x"}, {0}), 1), Error);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

}  // namespace
}  // namespace throng
