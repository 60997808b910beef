// A local recoding as a release, and verification of it: what is right passes, each seeded fault is found.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "release_fixture.hpp"
#include "throng/local/local.hpp"
#include "throng/release/recode.hpp"
#include "throng/release/verify.hpp"

namespace throng {
namespace {

using test::read_text;
using test::SmallCase;

LocalRecoding recoding_of(const Problem& problem, Count k) {
  LocalOptions options;
  options.model.k = k;
  return *recode_locally(problem, options, *self_communicator()).best;
}

/// A published bundle of the small case, locally recoded with k = 3.
class RecodeLocalTest : public ::testing::Test {
 protected:
  RecodeLocalTest()
      : recoding_(recoding_of(small_.problem, 3)),
        release_(small_.recoded_locally(recoding_, 3)),
        path_(small_.publish(release_, 3)) {}

  [[nodiscard]] VerifyReport verify(const std::string& name = "small.csv", bool is_local = false) const {
    VerifyRequest request;
    request.file = path_ + "/" + name;
    request.input = small_.input;
    request.k = 3;
    request.is_local = is_local;
    return verify_release(request);
  }
  [[nodiscard]] std::string csv() const { return read_text(path_ + "/small.csv"); }
  void without_manifest() const { std::filesystem::remove(path_ + "/manifest.json"); }
  void set_csv(const std::string& text) const { small_.directory.write("out/release/small.csv", text); }
  static void expect_violation(const VerifyReport& report, const std::string& fragment) {
    for (const std::string& violation : report.violations)
      if (violation.find(fragment) != std::string::npos) return;
    ADD_FAILURE() << "none of " << report.violations.size() << " violations says `" << fragment << "`";
  }

  SmallCase small_;
  LocalRecoding recoding_;
  Release release_;
  std::string path_;
};

TEST_F(RecodeLocalTest, HasClassesOfAtLeastK) {
  std::map<std::vector<std::string>, Count> classes;
  for (const auto& row : test::rows_of(release_)) ++classes[{row[0], row[1]}];
  for (const auto& [tuple, size] : classes) EXPECT_GE(size, 3U);
  EXPECT_EQ(release_.classes, classes.size());
  EXPECT_EQ(release_.num_rows + release_.suppressed, 10U);
  EXPECT_FALSE(release_.columns[0].level.has_value());
  EXPECT_FALSE(release_.columns[0].levels.empty());
}

TEST_F(RecodeLocalTest, KeepsTheOtherColumns) {
  const std::size_t starred = release_.suppressed;
  std::multiset<std::string> work;
  for (const auto& row : test::rows_of(release_)) work.insert(row[2]);
  EXPECT_EQ(work.size() + starred, 10U);
  EXPECT_LE(work.count("b"), 3U);
}

TEST_F(RecodeLocalTest, IsTheSameForAnyOrderOfTheRecords) {
  test::Rows rows = SmallCase::default_rows();
  for (int turn = 0; turn < 5; ++turn) {
    std::rotate(rows.begin(), rows.begin() + 3, rows.end());
    const SmallCase other(rows);
    const Release release = other.recoded_locally(recoding_of(other.problem, 3), 3);
    EXPECT_EQ(test::rows_of(release), test::rows_of(release_));
  }
}

TEST_F(RecodeLocalTest, PassesVerification) {
  for (const char* name : {"small.csv", "small.h5"}) {
    const VerifyReport report = verify(name);
    EXPECT_TRUE(report.passed()) << report.violations.front();
    EXPECT_EQ(report.classes, release_.classes);
  }
}

TEST_F(RecodeLocalTest, WithoutManifestPassesOnlyWhenRowsMayDiffer) {
  without_manifest();
  EXPECT_TRUE(verify("small.csv", true).passed());
}

TEST_F(RecodeLocalTest, AClassTooSmallIsFound) {
  without_manifest();
  std::string text = csv();
  const std::size_t second = text.find('\n') + 1;
  text.erase(second, text.find('\n', second) + 1 - second);
  set_csv(text + "DEU,*,a\n");
  expect_violation(verify("small.csv", true), "fewer than k = 3");
}

TEST_F(RecodeLocalTest, AValueOfNoLevelIsFound) {
  without_manifest();
  set_csv(csv() + "Atlantis,F,a\nAtlantis,F,b\nAtlantis,F,c\n");
  expect_violation(verify("small.csv", true), "column `country`, row");
  expect_violation(verify("small.csv", true), "of no level of the hierarchy");
}

TEST_F(RecodeLocalTest, AChangedFileIsFound) {
  set_csv(csv() + "Europe,F,a\n");
  expect_violation(verify(), "has");
  EXPECT_FALSE(verify().passed());
}

TEST_F(RecodeLocalTest, ALevelTheManifestDoesNotStateIsFound) {
  Release release = release_;
  release.columns[0].levels = {2};
  const std::string path = small_.publish(release, 3, "other");
  VerifyRequest request;
  request.file = path + "/small.csv";
  request.input = small_.input;
  request.k = 3;
  expect_violation(verify_release(request), "of none of the levels 2 of the hierarchy");
}

TEST_F(RecodeLocalTest, StarredRecordsAreOneMoreClassOrLeftOut) {
  LocalRecoding few = recoding_;
  for (auto& shares : few.of_tuple) shares.clear();
  few.classes.clear();
  const Release all = small_.recoded_locally(few, 3, SuppressedRecords::kStar);
  EXPECT_EQ(all.starred, 10U);
  EXPECT_EQ(all.num_rows, 10U);
  const Release none = small_.recoded_locally(few, 11, SuppressedRecords::kStar);
  EXPECT_EQ(none.num_rows, 0U);
  EXPECT_TRUE(none.has_dropped());
}

using RecodeLocalDeathTest = RecodeLocalTest;

TEST_F(RecodeLocalDeathTest, AClassThatIsNotWhatItStatesIsADefect) {
  ::testing::FLAGS_gtest_death_test_style = "threadsafe";
  LocalRecoding wrong = recoding_;
  wrong.classes[0].size += 1;
  EXPECT_DEATH(static_cast<void>(small_.recoded_locally(wrong, 3)), "check failed");
  wrong = recoding_;
  wrong.classes[0].values[0] += 1;
  EXPECT_DEATH(static_cast<void>(small_.recoded_locally(wrong, 3)), "check failed");
}

}  // namespace
}  // namespace throng
