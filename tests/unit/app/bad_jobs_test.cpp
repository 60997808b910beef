// Every malformed job file under tests/bad_input/job is refused with exit code 2, its place and the fix.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "throng/app/job.hpp"

namespace throng {
namespace {

struct BadJob {
  const char* defect;                  ///< file name without .toml
  std::vector<std::string> fragments;  ///< the message holds them all
};

std::string directory() { return std::string(THRONG_SOURCE_DIR) + "/tests/bad_input/job"; }

const std::vector<BadJob>& bad_jobs() {
  static const std::vector<BadJob> kJobs = {
      {"toml-syntax-error", {":3", "not valid TOML"}},
      {"table-header-broken", {"not valid TOML"}},
      {"key-not-ascii-without-quotes", {":3:12", "not valid TOML"}},
      {"no-break-space", {":3", "not valid TOML"}},
      {"toml-key-twice", {":5", "not valid TOML"}},
      {"toml-string-never-closed", {":2", "not valid TOML"}},
      {"invalid-utf8", {"not valid TOML"}},
      {"empty-file", {"names no input", "path ="}},
      {"no-input", {"names no input"}},
      {"input-path-empty", {":2:", "`path` is empty"}},
      {"input-path-number", {":2:", "`path` is a whole number, not a string"}},
      {"input-not-a-table", {":1:", "`input` is a string, not a table", "[input]"}},
      {"unknown-section", {":3:", "unknown key `privcay`", "did you mean `privacy`?"}},
      {"unknown-key-in-privacy", {":4:1", "unknown key `max_supressed` of [privacy]", "`max_suppressed`?"}},
      {"unknown-key-in-column", {":5:", "of [columns.age]", "did you mean `hierarchy`?"}},
      {"unknown-key-in-hierarchy", {":5:", "unknown key `width`", "did you mean `widths`?"}},
      {"k-zero", {":4:", "protects nobody", "k = 2"}},
      {"k-one", {":4:", "k = 1 protects nobody"}},
      {"k-negative", {":4:", "-11, below 0"}},
      {"k-fraction", {":4:", "`k` is a number, not a whole number"}},
      {"k-string", {":4:", "`k` is a string, not a whole number"}},
      {"k-date", {":4:", "`k` is a date or time"}},
      {"max-suppressed-negative", {":4:", "-0.1 is neither a fraction"}},
      {"max-suppressed-nan", {":4:", "neither a fraction"}},
      {"max-suppressed-infinite", {":4:", "neither a fraction"}},
      {"max-suppressed-one-and-a-half", {":4:", "1.5 is neither a fraction"}},
      {"role-misspelt", {":4:", "did you mean \"quasi_identifier\"?"}},
      {"role-missing", {":3:", "column `age` has no role"}},
      {"default-role-unknown", {":3:", "default_role = \"secret\""}},
      {"column-not-a-table", {":4:", "`age` is a string, not a table"}},
      {"weight-zero", {":5:", "weight = 0 is not a weight"}},
      {"weight-negative", {":5:", "not a weight", "above 0"}},
      {"weight-infinite", {":5:", "not a weight"}},
      {"weight-string", {":5:", "`weight` is a string, not a number"}},
      {"delimiter-two-characters", {":3:", "not one character"}},
      {"delimiter-quote", {":3:", "not one character"}},
      {"missing-not-an-array", {":3:", "`missing` is a string, not an array"}},
      {"missing-empty-array", {":3:", "`missing` is empty"}},
      {"hierarchy-number", {":5:", "not a file name or a table"}},
      {"hierarchy-empty-name", {":5:", "names no file"}},
      {"hierarchy-kind-missing", {":5:", "no `kind`"}},
      {"hierarchy-kind-unknown", {":5:", "did you mean \"intervals\"?"}},
      {"hierarchy-flat-with-widths", {":5:", "neither `widths` nor `origin`"}},
      {"hierarchy-widths-missing", {":5:", "`widths` must be positive"}},
      {"hierarchy-widths-descending", {":5:", "each larger than the one before"}},
      {"hierarchy-widths-zero", {":5:", "`widths` must be positive"}},
      {"metric-unknown", {":4:", "did you mean \"loss\"?"}},
      {"aggregate-unknown", {":4:", "valid: arithmetic, geometric"}},
      {"strategy-unknown", {":4:", "did you mean \"optimal\"?"}},
      {"time-limit-negative", {":4:", "not a time"}},
      {"threads-too-many", {":4:", "more than 4096"}},
      {"thresholds-below-two", {":4:", "from 2 on"}},
      {"thresholds-empty", {":4:", "`thresholds`"}},
      {"output-name-with-slash", {":4:", "not a plain file name"}},
      {"output-directory-empty", {":4:", "`directory` is empty"}},
      {"output-format-unknown", {":4:", "parquet", "valid: csv, hdf5"}},
      {"output-formats-empty", {":4:", "`formats` is empty"}},
      {"output-suppressed-unknown", {":4:", "did you mean \"star\"?"}},
      {"output-seed-negative", {":4:", "below 0"}},
  };
  return kJobs;
}

class BadJobTest : public ::testing::TestWithParam<BadJob> {};

TEST_P(BadJobTest, IsRefusedWithPlaceAndFix) {
  const std::string path = directory() + "/" + GetParam().defect + ".toml";
  try {
    static_cast<void>(load_job(path));
    FAIL() << "was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    const std::string message = error.what();
    EXPECT_NE(message.find(path), std::string::npos) << message;
    EXPECT_NE(message.find("; "), std::string::npos) << "no hint: " << message;
    for (const std::string& fragment : GetParam().fragments)
      EXPECT_NE(message.find(fragment), std::string::npos) << fragment << " is not in: " << message;
  }
}

std::string test_name(const ::testing::TestParamInfo<BadJob>& info) {
  std::string name = info.param.defect;
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, BadJobTest, ::testing::ValuesIn(bad_jobs()), test_name);

TEST(BadJobs, EveryFileIsTested) {
  std::set<std::string> tested;
  for (const BadJob& job : bad_jobs()) tested.insert(std::string(job.defect) + ".toml");
  for (const auto& entry : std::filesystem::directory_iterator(directory()))
    EXPECT_TRUE(tested.contains(entry.path().filename().string())) << entry.path();
}

}  // namespace
}  // namespace throng
