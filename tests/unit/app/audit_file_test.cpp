// The file of every combination's figures: the same content for any number of ranks, through checkpoints and
// shards; its parts are checked; a run that fails leaves what was there.
#include "app/audit_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "support/temporary_directory.hpp"
#include "throng/app/app.hpp"
#include "throng/core/error.hpp"

namespace throng {
namespace {

namespace fs = std::filesystem;
using test::read_text;
using test::TemporaryDirectory;
using Content = std::map<std::string, std::vector<std::string>>;

/// The code that every rank returned.
ExitCode run_quietly(int num_ranks, std::vector<std::string> arguments) {
  arguments.emplace_back("--quiet");
  std::vector<ExitCode> codes(static_cast<std::size_t>(num_ranks), ExitCode::kStopped);
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  run_as_threads(num_ranks, [&](Communicator& communicator) {
    codes[static_cast<std::size_t>(communicator.rank())] = run_app(arguments, communicator);
  });
  static_cast<void>(::testing::internal::GetCapturedStdout());
  static_cast<void>(::testing::internal::GetCapturedStderr());
  EXPECT_EQ(std::set<ExitCode>(codes.begin(), codes.end()).size(), 1U);
  return codes[0];
}

std::vector<std::string> audit_toy(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"audit", std::string(THRONG_SOURCE_DIR) + "/jobs/toy.toml",
                                        "--threads", "1"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Content content_of(const std::string& path) {
  Content content;
  for (const Hdf5List& list : read_audit_file(path)) content[list.name] = list.cells;
  return content;
}

std::vector<std::string> names_in(const TemporaryDirectory& directory) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(directory.path("")))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

/// Parts of figures.h5, in order.
std::vector<std::string> parts_in(const TemporaryDirectory& directory) {
  std::vector<std::string> parts = names_in(directory);
  std::erase_if(parts, [](const std::string& name) { return !name.starts_with("figures.part-"); });
  return parts;
}

void expect_refused(const std::string& path, const std::string& words) {
  try {
    static_cast<void>(read_audit_file(path));
    ADD_FAILURE() << "was read: " << words;
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kData);
    EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
  }
}

TEST(AuditFile, TheSameContentForAnyNumberOfRanks) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("figures.h5");
  ASSERT_EQ(run_quietly(1, audit_toy({"--output", path})), ExitCode::kPass);
  EXPECT_EQ(names_in(directory), std::vector<std::string>{"figures.h5"}) << "one rank, one file";
  const std::string alone = read_text(path);
  const Content expected = content_of(path);
  EXPECT_EQ(expected.at("classes").size(), 8U);
  for (const int ranks : {2, 3, 4, 9}) {
    ASSERT_EQ(run_quietly(ranks, audit_toy({"--output", path})), ExitCode::kPass);
    EXPECT_EQ(parts_in(directory).size(), static_cast<std::size_t>(std::min(ranks, 8)))
        << "those of other runs are removed, and nobody writes a part without entries";
    EXPECT_EQ(content_of(path), expected);
    const std::string index = read_text(path);
    ASSERT_EQ(run_quietly(ranks, audit_toy({"--output", path})), ExitCode::kPass);
    EXPECT_EQ(read_text(path), index) << "the same run, the same bytes";
  }
  ASSERT_EQ(run_quietly(1, audit_toy({"--output", path})), ExitCode::kPass);
  EXPECT_EQ(names_in(directory), std::vector<std::string>{"figures.h5"});
  EXPECT_EQ(read_text(path), alone);
}

TEST(AuditFile, PartsThatAreMissingDamagedOrForeignAreRefused) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("figures.h5");
  ASSERT_EQ(run_quietly(3, audit_toy({"--output", path})), ExitCode::kPass);
  const std::vector<std::string> parts = parts_in(directory);
  ASSERT_EQ(parts.size(), 3U);
  const std::string good = read_text(directory.path(parts[1]));
  std::string flipped = good;
  flipped[good.size() - 3] ^= 1;
  for (const std::string& bad :
       {flipped, good.substr(0, good.size() - 1), std::string(), read_text(directory.path(parts[2]))}) {
    directory.write(parts[1], bad);
    expect_refused(path, "is not the part 2 of 3");
    expect_refused(path, parts[1]);
  }
  fs::remove(directory.path(parts[1]));
  expect_refused(path, "part 2 of 3 of the audit is missing");
  directory.write(parts[1], good);
  EXPECT_EQ(content_of(path).at("classes").size(), 8U);
}

/// An index with these lists in /parts.
std::string write_index(const TemporaryDirectory& directory, const std::vector<std::string>& names,
                        const std::vector<std::uint64_t>& bytes) {
  Hdf5Table list;
  list.group = "/parts";
  std::vector<Code> rows;
  for (std::size_t i = 0; i < names.size(); ++i) rows.push_back(static_cast<Code>(i));
  const std::vector<std::string> checksums(names.size(), std::string(64, '0'));
  list.columns = {{"name", names, rows}, {"sha256", checksums, rows}};
  list.whole_numbers = {{"bytes", bytes}, {"first_entry", bytes}, {"entries", bytes}};
  write_hdf5_table(directory.path("made.h5"), list);
  return directory.path("made.h5");
}

TEST(AuditFile, AListOfPartsThatWasMadeToHarmIsRefused) {
  const TemporaryDirectory directory;
  directory.write("file", "bytes");
  for (const char* name : {"../file", "/etc/passwd", ".", "..", "a/b"})
    expect_refused(write_index(directory, {name}, {5}), "names a file elsewhere");
  expect_refused(write_index(directory, {"file"}, {5}), "is not the part 1 of 1");
  expect_refused(write_index(directory, {"file"}, {5, 6}), "is not whole");
}

TEST(AuditFile, ThroughACheckpointItIsTheSame) {
  const TemporaryDirectory directory;
  const std::string expected = directory.path("expected.h5");
  ASSERT_EQ(run_quietly(1, audit_toy({"--output", expected})), ExitCode::kPass);
  const std::string path = directory.path("figures.h5");
  const std::vector<std::string> saved = audit_toy(
      {"--output", path, "--checkpoint-dir", directory.path("state"), "--checkpoint-interval", "1e-6"});
  std::vector<std::string> stopped = saved;
  stopped.insert(stopped.end(), {"--stop-after", "1e-9"});
  EXPECT_EQ(run_quietly(2, stopped), ExitCode::kStopped);
  EXPECT_FALSE(fs::exists(path));
  EXPECT_EQ(run_quietly(3, saved), ExitCode::kPass);
  EXPECT_EQ(content_of(path), content_of(expected));
  EXPECT_EQ(run_quietly(1, saved), ExitCode::kPass) << "all is done, the figures are still there";
  EXPECT_EQ(read_text(path), read_text(expected));
  // Without figures it is another run.
  EXPECT_EQ(run_quietly(1, audit_toy({"--checkpoint-dir", directory.path("state")})), ExitCode::kUsage);
  for (const auto& entry : fs::directory_iterator(directory.path("state")))
    if (entry.path().filename().string().find(".figures-") != std::string::npos)
      directory.write("state/" + entry.path().filename().string(), "damaged");
  EXPECT_EQ(run_quietly(2, saved), ExitCode::kData);
}

TEST(AuditFile, OfMergedShardsIsTheSame) {
  const TemporaryDirectory directory;
  const std::string expected = directory.path("expected.h5");
  ASSERT_EQ(run_quietly(1, audit_toy({"--output", expected})), ExitCode::kPass);
  const std::string path = directory.path("figures.h5");
  std::vector<std::string> merge = {"merge", "--output", path};
  for (const char* shard : {"2", "1"}) {
    merge.push_back(directory.path("part") + shard);
    const std::vector<std::string> share =
        audit_toy({"--output", path, "--shard", std::string(shard) + "/2", "--shard-file", merge.back()});
    EXPECT_EQ(run_quietly(2, share), ExitCode::kPass);
    EXPECT_FALSE(fs::exists(path));
  }
  EXPECT_EQ(run_quietly(1, merge), ExitCode::kPass);
  EXPECT_EQ(read_text(path), read_text(expected));
  EXPECT_EQ(run_quietly(3, merge), ExitCode::kPass);
  EXPECT_EQ(content_of(path), content_of(expected));
  // `part*` finds the pieces too.
  std::vector<std::string> with_pieces = merge;
  for (const std::string& name : names_in(directory))
    if (name.find(".figures-") != std::string::npos) with_pieces.push_back(directory.path(name));
  EXPECT_GT(with_pieces.size(), merge.size());
  EXPECT_EQ(run_quietly(1, with_pieces), ExitCode::kPass);
  EXPECT_EQ(run_quietly(1, {"merge", with_pieces.back()}), ExitCode::kUsage);
  fs::remove(with_pieces.back());
  EXPECT_EQ(run_quietly(2, merge), ExitCode::kData);
  EXPECT_EQ(run_quietly(2, {"merge", merge[3], merge[4]}), ExitCode::kPass) << "the answer needs no figures";
}

TEST(AuditFile, ShardsWithoutFiguresHaveNoFile) {
  const TemporaryDirectory directory;
  const std::string shard = directory.path("part");
  EXPECT_EQ(run_quietly(1, audit_toy({"--shard", "1/1", "--output", directory.path("f.h5")})),
            ExitCode::kPass);
  std::vector<std::string> merge = {"merge"};
  for (const char* i : {"1", "2"}) {
    merge.push_back(shard + i);
    EXPECT_EQ(run_quietly(1, audit_toy({"--shard", std::string(i) + "/2", "--shard-file", merge.back()})),
              ExitCode::kPass);
  }
  EXPECT_EQ(run_quietly(1, merge), ExitCode::kPass);
  merge.insert(merge.end(), {"--output", directory.path("g.h5")});
  EXPECT_EQ(run_quietly(2, merge), ExitCode::kUsage);
}

TEST(AuditFile, AFailedRunLeavesTheEarlierOneAsItWas) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("figures.h5");
  ASSERT_EQ(run_quietly(2, audit_toy({"--output", path})), ExitCode::kPass);
  const std::vector<std::string> before = names_in(directory);
  const Content expected = content_of(path);
  // The index cannot take the place of a directory.
  fs::rename(path, directory.path("kept"));
  fs::create_directory(path);
  EXPECT_EQ(run_quietly(2, audit_toy({"--output", path, "--qi", "age,gender"})), ExitCode::kIo);
  EXPECT_EQ(run_quietly(2, audit_toy({"--output", path})), ExitCode::kIo);
  fs::remove(path);
  fs::rename(directory.path("kept"), path);
  EXPECT_EQ(names_in(directory), before);
  EXPECT_EQ(content_of(path), expected);
}

}  // namespace
}  // namespace throng
