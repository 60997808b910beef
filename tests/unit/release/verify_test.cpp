// Verification must pass what is right and catch each seeded fault.
#include "throng/release/verify.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "release_fixture.hpp"
#include "throng/core/error.hpp"
#include "throng/release/writer.hpp"

namespace throng {
namespace {

using test::read_text;
using test::SmallCase;

/// A published bundle of the small case at (region, gender), k = 3, and its verification.
class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() : release_(small_.publish(small_.recoded({1, 0}, 3), 3)) {}

  [[nodiscard]] VerifyReport verify(const std::string& name = "small.csv", Count k = 3) const {
    VerifyRequest request;
    request.file = release_ + "/" + name;
    request.input = small_.input;
    request.k = k;
    return verify_release(request);
  }
  [[nodiscard]] std::string csv() const { return read_text(release_ + "/small.csv"); }
  void set_csv(const std::string& text) const { small_.directory.write("out/release/small.csv", text); }
  void without_manifest() const { std::filesystem::remove(release_ + "/manifest.json"); }
  /// Replaces the first occurrence.
  [[nodiscard]] static std::string replaced(std::string text, const std::string& from,
                                            const std::string& to) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from << " is not in " << text;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
  }
  static void expect_violation(const VerifyReport& report, const std::string& fragment) {
    for (const std::string& violation : report.violations)
      if (violation.find(fragment) != std::string::npos) return;
    ADD_FAILURE() << "no violation says `" << fragment << "`; there are " << report.violations.size()
                  << (report.violations.empty() ? std::string() : ": " + report.violations.front());
  }

  SmallCase small_;
  std::string release_;
};

TEST_F(VerifyTest, PassesARightRelease) {
  for (const char* name : {"small.csv", "small.h5"}) {
    const VerifyReport report = verify(name);
    EXPECT_TRUE(report.passed()) << name << ": " << report.violations.front();
    EXPECT_EQ(report.rows, 7U);
    EXPECT_EQ(report.classes, 2U);
    EXPECT_FALSE(report.manifest.empty());
  }
}

TEST_F(VerifyTest, PassesWithoutManifest) {
  without_manifest();
  const VerifyReport report = verify();
  EXPECT_TRUE(report.passed()) << report.violations.front();
  EXPECT_TRUE(report.manifest.empty());
}

TEST_F(VerifyTest, CatchesKOffByOne) {
  const std::string release = small_.publish(small_.recoded({1, 0}, 2), 2, "two");
  VerifyRequest request;
  request.file = release + "/small.csv";
  request.input = small_.input;
  request.k = 3;
  const VerifyReport report = verify_release(request);
  expect_violation(report, "1 of 3 classes on 2 quasi-identifiers has fewer than k = 3 records");
  expect_violation(report, "states k = 2, the job asks for 3");
  request.k = 2;
  EXPECT_TRUE(verify_release(request).passed());
}

TEST_F(VerifyTest, CatchesALostRow) {
  const std::string text = csv();
  set_csv(text.substr(0, text.rfind('\n', text.size() - 2) + 1));
  const VerifyReport report = verify();
  expect_violation(report, "has 6 rows, its manifest states 7");
  expect_violation(report, "bytes, its manifest states");
}

TEST_F(VerifyTest, CatchesALostRowByItsClassWithoutManifest) {
  without_manifest();
  set_csv(replaced(csv(), "Asia,F,a\n", ""));
  expect_violation(verify(), "1 of 2 classes on 2 quasi-identifiers has fewer than k = 3");
}

TEST_F(VerifyTest, CatchesAnExtraRow) {
  set_csv(csv() + "Asia,F,a\n");
  expect_violation(verify(), "has 8 rows, its manifest states 7");
}

TEST_F(VerifyTest, CatchesAFlippedByte) {
  set_csv(replaced(csv(), "Europe,F,b", "Europe,F,c"));
  expect_violation(verify(), "`small.csv` was changed: its SHA-256");
}

TEST_F(VerifyTest, CatchesAFlippedByteInTheHdf5File) {
  std::string bytes = read_text(release_ + "/small.h5");
  const std::size_t at = bytes.find("Europe");
  ASSERT_NE(at, std::string::npos);
  bytes[at] = 'e';
  small_.directory.write("out/release/small.h5", bytes);
  const VerifyReport report = verify("small.h5");
  expect_violation(report, "`small.h5` was changed");
  expect_violation(report, "column `country`");
}

TEST_F(VerifyTest, CatchesAValueOfAFinerLevel) {
  without_manifest();
  set_csv(replaced(csv(), "Europe,F", "DEU,F"));
  expect_violation(verify(), "the values are of no single level");
}

TEST_F(VerifyTest, NamesTheRowOfAWrongLevel) {
  const std::string text = replaced(csv(), "Europe,F", "DEU,F");
  set_csv(text);
  const std::string before = text.substr(0, text.find("DEU,F"));
  const auto row = std::count(before.begin(), before.end(), '\n');
  expect_violation(verify(),
                   "column `country`, row " + std::to_string(row) + ": the value is not of level 1");
}

TEST_F(VerifyTest, NeverTellsAValue) {
  set_csv(replaced(csv(), "Europe,F", "CANARY,F"));
  for (const std::string& violation : verify().violations)
    EXPECT_EQ(violation.find("CANARY"), std::string::npos) << violation;
}

TEST_F(VerifyTest, CatchesAStarAmongDroppedRecords) {
  set_csv(replaced(csv(), "Europe,F", "*,*"));
  expect_violation(verify(), "column `gender`");
}

TEST_F(VerifyTest, CatchesASwappedManifest) {
  const std::string other = small_.publish(small_.recoded({2, 0}, 3), 3, "other");
  std::filesystem::copy_file(other + "/manifest.json", release_ + "/manifest.json",
                             std::filesystem::copy_options::overwrite_existing);
  const VerifyReport report = verify();
  EXPECT_FALSE(report.passed());
  expect_violation(report, "its manifest states");
}

TEST_F(VerifyTest, CatchesAChangedManifest) {
  small_.directory.write("out/release/manifest.json",
                         replaced(read_text(release_ + "/manifest.json"), "\"rows\": 7", "\"rows\": 8"));
  expect_violation(verify(), "its checksum is wrong");
}

TEST_F(VerifyTest, CatchesAChangedHierarchy) {
  small_.directory.write("country.csv",
                         "DEU;Europe;*\nFRA;Asia;*\nNPL;Asia;*\nIND;Asia;*\nCHN;Asia;*\n;unknown;*\n");
  expect_violation(verify(), "column `country`: its hierarchy is not the one");
}

TEST_F(VerifyTest, CatchesAMissingAndAForeignFile) {
  std::filesystem::remove(release_ + "/small.h5");
  small_.directory.write("out/release/notes.txt", "x");
  const VerifyReport report = verify();
  expect_violation(report, "file `small.h5` of the manifest is missing");
  expect_violation(report, "file `notes.txt` beside the manifest is not in it");
}

TEST_F(VerifyTest, CatchesAnIdentifier) {
  without_manifest();
  small_.input.columns.push_back({"work", Role::kIdentifier, {}, 1.0, {}});
  expect_violation(verify(), "column `work` is an identifier");
}

TEST_F(VerifyTest, CatchesColumnsNobodyDescribedWhenTheDefaultIsIdentifier) {
  small_.input.columns.pop_back();
  small_.input.default_role = Role::kIdentifier;
  expect_violation(verify(), "column `work` is an identifier");
}

TEST_F(VerifyTest, CatchesAMissingQuasiIdentifier) {
  without_manifest();
  set_csv(replaced(csv(), "gender", "sex"));
  expect_violation(verify(), "column `gender`, a quasi-identifier of the job, is not in the file");
}

TEST_F(VerifyTest, CatchesAQuasiIdentifierTheJobDoesNotHave) {
  small_.input.columns[1].role = Role::kInsensitive;
  expect_violation(verify(), "column `gender` is a quasi-identifier of the manifest but not of the job");
}

TEST_F(VerifyTest, CatchesDamage) {
  set_csv(csv() + "\"never closed");
  expect_violation(verify(), "the released file is damaged");
}

TEST_F(VerifyTest, AnAbsentFileIsAnError) { EXPECT_THROW(static_cast<void>(verify("absent.csv")), Error); }

TEST_F(VerifyTest, PassesStarredRecordsAndCatchesTooFewOfThem) {
  const std::string release = small_.publish(small_.recoded({1, 0}, 3, SuppressedRecords::kStar), 3, "star");
  VerifyRequest request;
  request.file = release + "/small.csv";
  request.input = small_.input;
  request.k = 3;
  request.suppressed = SuppressedRecords::kStar;
  std::filesystem::remove(release + "/manifest.json");
  const VerifyReport right = verify_release(request);
  EXPECT_TRUE(right.passed()) << right.violations.front();
  EXPECT_EQ(right.classes, 3U);
  small_.directory.write("star/release/small.csv", replaced(read_text(request.file), "*,*,a\n", ""));
  expect_violation(verify_release(request), "1 of 3 classes");
}

}  // namespace
}  // namespace throng
