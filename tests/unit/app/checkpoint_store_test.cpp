// Checkpoints on disk: two generations, and nothing that is damaged, cut off or foreign is ever gone on from.
#include "app/checkpoint_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "support/temporary_directory.hpp"
#include "throng/core/error.hpp"
#include "throng/core/hash.hpp"
#include "throng/data/file.hpp"

namespace throng {
namespace {

const StateLabel kLabel = {"search", std::string(64, 'a'), std::string(64, 'b'), {}};

class CheckpointStoreTest : public ::testing::Test {
 protected:
  /// What a new run would go on from.
  std::string loaded(Resume resume = Resume::kAuto, const StateLabel& label = kLabel) {
    warnings.clear();
    return CheckpointStore(directory(), label).load(resume, [this](const std::string& text) {
      warnings.push_back(text);
    });
  }
  ExitCode refusal(const StateLabel& label = kLabel, Resume resume = Resume::kAuto) {
    try {
      loaded(resume, label);
    } catch (const Error& error) {
      message = error.what();
      return error.code();
    }
    return ExitCode::kPass;
  }
  [[nodiscard]] std::string directory() const { return temporary.path("checkpoints"); }
  [[nodiscard]] std::string newest() const { return directory() + "/checkpoint"; }
  [[nodiscard]] std::string previous() const { return newest() + ".previous"; }

  const test::TemporaryDirectory temporary;
  std::vector<std::string> warnings;
  std::string message;
};

TEST_F(CheckpointStoreTest, StartsAnewWhereThereIsNone) {
  EXPECT_EQ(loaded(), "");
  EXPECT_EQ(loaded(Resume::kNever), "");
  EXPECT_EQ(refusal(kLabel, Resume::kRequire), ExitCode::kIo);
  EXPECT_NE(message.find("there is no checkpoint to go on from"), std::string::npos);
}

TEST_F(CheckpointStoreTest, KeepsTwoGenerationsForTheOwnerOnly) {
  CheckpointStore store(directory(), kLabel);
  store.save("one");
  EXPECT_FALSE(std::filesystem::exists(previous()));
  store.save("two");
  store.save("three");
  EXPECT_EQ(loaded(), "three");
  EXPECT_TRUE(warnings.empty());
  EXPECT_EQ(decode_state_file(MappedFile(previous()).bytes(), "").state, "two");
  for (const std::string& path : {newest(), previous()}) {
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory()), {}), 2);
  EXPECT_EQ(loaded(Resume::kNever), "");
}

TEST_F(CheckpointStoreTest, ABrokenNewestGivesWayToThePreviousWithAWord) {
  {
    CheckpointStore store(directory(), kLabel);
    store.save("one");
    store.save("two");
  }
  write_file(newest(), MappedFile(newest()).bytes().substr(0, 100));
  EXPECT_EQ(loaded(), "one");
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_NE(warnings[0].find("damaged"), std::string::npos);
  EXPECT_NE(warnings[0].find("going on from the one before it"), std::string::npos);
  // The broken one does not push out the good one before a new one is there.
  CheckpointStore store(directory(), kLabel);
  EXPECT_EQ(store.load(Resume::kRequire, [](const std::string&) {}), "one");
  store.save("three");
  EXPECT_EQ(loaded(), "three");
  EXPECT_EQ(decode_state_file(MappedFile(previous()).bytes(), "").state, "one");
  std::filesystem::remove(newest());
  EXPECT_EQ(loaded(), "one");
}

TEST_F(CheckpointStoreTest, BrokenWithoutAPreviousIsRefused) {
  CheckpointStore(directory(), kLabel).save("one");
  write_file(newest(), "");
  EXPECT_EQ(refusal(), ExitCode::kData);
  EXPECT_NE(message.find("is no saved state of throng"), std::string::npos);
  EXPECT_EQ(loaded(Resume::kNever), "");
}

TEST_F(CheckpointStoreTest, ForeignIsRefusedWithTheReason) {
  CheckpointStore(directory(), kLabel).save("one");
  StateLabel other = kLabel;
  other.kind = "audit";
  EXPECT_EQ(refusal(other), ExitCode::kUsage);
  EXPECT_NE(message.find("of `search`, not of `audit`"), std::string::npos);
  other = kLabel;
  other.input_sha256 = std::string(64, 'c');
  EXPECT_EQ(refusal(other), ExitCode::kUsage);
  EXPECT_NE(message.find("its input was another file"), std::string::npos);
  other = kLabel;
  other.answer_sha256 = std::string(64, 'c');
  EXPECT_EQ(refusal(other), ExitCode::kUsage);
  EXPECT_NE(message.find("its settings or hierarchies were others"), std::string::npos);
  other = kLabel;
  other.shard = {1, 3};
  EXPECT_EQ(loaded(Resume::kAuto, other), "") << "a shard has a name of its own";
  std::filesystem::copy(newest(), directory() + "/checkpoint-2-of-3");
  EXPECT_EQ(refusal(other), ExitCode::kUsage);
  EXPECT_NE(message.find("of shard 1/1, not 2/3"), std::string::npos);
}

TEST_F(CheckpointStoreTest, AnotherVersionIsRefused) {
  CheckpointStore(directory(), kLabel).save("one");
  std::string bytes(MappedFile(newest()).bytes());
  bytes.replace(bytes.find("state 2"), 7, "state 3");
  write_file(newest(), bytes);
  EXPECT_EQ(refusal(), ExitCode::kData);
  EXPECT_NE(message.find("version 3, this throng reads version 2"), std::string::npos);
}

TEST_F(CheckpointStoreTest, WhatAKilledRunLeftIsRemoved) {
  CheckpointStore(directory(), kLabel).save("one");
  write_file(newest() + ".tmp-99999-0", "half");
  write_file(directory() + "/notes", "of somebody else");
  EXPECT_EQ(loaded(), "one");
  EXPECT_FALSE(std::filesystem::exists(newest() + ".tmp-99999-0"));
  EXPECT_TRUE(std::filesystem::exists(directory() + "/notes"));
}

TEST_F(CheckpointStoreTest, ADirectoryThatCannotBeIsAnError) {
  write_file(directory(), "a file");
  EXPECT_EQ(refusal(), ExitCode::kIo);
}

/// One bit turned over, or the end missing; the seed decides.
std::string mutilated(std::string bytes, std::uint64_t seed) {
  const std::uint64_t place = scale_to(hash_at(seed, 0), bytes.size());
  if (seed % 3 == 0) return bytes.substr(0, place);
  bytes[place] = static_cast<char>(bytes[place] ^ (1 << (seed % 8)));
  return bytes;
}

TEST(StateFile, NoMutilationIsEverBelieved) {
  std::string state;
  for (std::uint64_t i = 0; i < 300; ++i) state += static_cast<char>(hash_at(7, i));
  const std::string bytes = encode_state_file(kLabel, state);
  EXPECT_EQ(decode_state_file(bytes, "f").state, state);
  for (std::uint64_t seed = 0; seed < 2000; ++seed)
    EXPECT_THROW(decode_state_file(mutilated(bytes, seed), "f"), Error) << seed;
  EXPECT_THROW(decode_state_file(bytes + '\0', "f"), Error);
}

}  // namespace
}  // namespace throng
