// The file of record-level risk and the external form of an audit: shape, order, privacy, refusals.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"
#include "throng/core/types.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::kToy;
using test::run_binary;
using test::TemporaryDirectory;

/// The worked example of docs/algorithms/record-risk.md.
std::string small_job(const TemporaryDirectory& directory) {
  directory.write("small.csv", "a,b,c\n0,0,0\n0,0,1\n0,1,0\n0,1,1\n1,0,0\n");
  return directory.write("job.toml",
                         "[input]\npath = \"small.csv\"\ndefault_role = \"quasi_identifier\"\n"
                         "[privacy]\nk = 2\n[audit]\nthresholds = [2]\n");
}

/// `num_rare` records of their own beside many copies of one.
std::string skewed_job(const TemporaryDirectory& directory, int num_rare, int num_common) {
  std::string csv = "a,b\n";
  for (int i = 0; i < num_common; ++i) csv += "x,y\n";
  for (int i = 0; i < num_rare; ++i) csv += "r" + std::to_string(i) + ",y\n";
  directory.write("skewed.csv", csv);
  return directory.write("skewed.toml",
                         "[input]\npath = \"skewed.csv\"\ndefault_role = \"quasi_identifier\"\n"
                         "[privacy]\nk = 11\n");
}

TEST(RecordRiskFile, CsvInInputOrder) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("private/records.csv");
  const auto result = run_binary({"audit", small_job(directory), "--records", path, "--max-size", "2"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  std::istringstream lines(test::read_text(path));
  std::string line;
  std::vector<std::string> all;
  while (std::getline(lines, line)) all.push_back(line);
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(all[0], "record,below_k_combinations,smallest_size,score,suda_score");
  EXPECT_EQ(all[1], "1,0,,0,0");
  EXPECT_EQ(all[5], "5,3,1,0.5,2");
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(RecordRiskFile, ForUniquesDisSudaIsAdded) {
  const TemporaryDirectory directory;
  const std::string path = directory.path("records.csv");
  ASSERT_EQ(run_binary({"audit", small_job(directory), "--records", path}).exit_code, 0);
  const std::string text = test::read_text(path);
  EXPECT_TRUE(text.starts_with("record,below_k_combinations,smallest_size,score,suda_score,dis_suda\n"));
  EXPECT_NE(text.find("\n1,1,3,0.3333333333333333,1,1\n"), std::string::npos) << text;
}

TEST(RecordRiskFile, Hdf5HasCountsBySize) {
  if (std::system("command -v h5dump > /dev/null") != 0) GTEST_SKIP() << "needs h5dump";
  const TemporaryDirectory directory;
  const std::string path = directory.path("records.h5");
  ASSERT_EQ(run_binary({"audit", small_job(directory), "--records", path}).exit_code, 0);
  const auto read = [&](const std::string& name) {
    const std::string text = directory.path("dump");
    const std::string command =
        "h5dump -y -w 1 -o " + text + " -d /records/" + name + " " + path + " > /dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0) << name;
    std::vector<double> values;
    std::istringstream words(test::read_text(text));
    for (std::string word; words >> word;) values.push_back(std::stod(word));
    return values;
  };
  EXPECT_EQ(read("below_k_combinations"), (std::vector<double>{1, 2, 2, 2, 4}));
  EXPECT_EQ(read("smallest_size"), (std::vector<double>{3, 2, 2, 2, 1}));
  EXPECT_EQ(read("below_k_size_2"), (std::vector<double>{0, 1, 1, 1, 2}));
  EXPECT_EQ(read("minimal_size_1"), (std::vector<double>{0, 0, 0, 0, 1}));
  EXPECT_EQ(read("suda_score"), (std::vector<double>{1, 1, 1, 1, 2}));
  EXPECT_EQ(read("score").size(), 5U);
}

TEST(RecordRiskFile, ThreadsDoNotShow) {
  const TemporaryDirectory directory;
  for (const char* threads : {"1", "2"})
    ASSERT_EQ(run_binary({"audit", kToy, "--records", directory.path(std::string(threads) + ".csv"),
                          "--threads", threads})
                  .exit_code,
              0);
  EXPECT_EQ(test::read_text(directory.path("1.csv")), test::read_text(directory.path("2.csv")));
}

TEST(RecordRiskFile, OtherExtensionsAreRefusedBeforeAnyWork) {
  const TemporaryDirectory directory;
  const auto result = run_binary({"audit", small_job(directory), "--records", directory.path("r.txt")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("neither .csv nor .h5"), std::string::npos) << result.err;
  EXPECT_FALSE(std::filesystem::exists(directory.path("r.txt")));
}

TEST(AuditJson, InternalFormCountsEverybody) {
  const TemporaryDirectory directory;
  const auto result =
      run_binary({"audit", small_job(directory), "--records", directory.path("r.csv"), "--json"});
  const json answer = json::parse(result.out).at("record_risk");
  Count records = 0;
  for (const json& bin : answer.at("by_smallest_size")) records += bin.at("records").get<Count>();
  EXPECT_EQ(records, 5U);
  EXPECT_EQ(answer.at("by_smallest_size").at(2).at("records"), 3);
  EXPECT_EQ(answer.at("score_quantiles").size(), 3U);
}

/// Every number that counts records, wherever it stands.
void expect_multiples_of_k(const json& answer, Count k) {
  for (const auto& [key, value] : answer.items()) {
    if (value.is_structured()) expect_multiples_of_k(value, k);
    if (key == "records" || key == "rows" || key == "max" || key == "mean" || key == "median") {
      EXPECT_EQ(value.get<Count>() % k, 0U) << key << " " << value;
    }
  }
}

TEST(AuditJson, ExternalFormHasNoSmallCount) {
  const TemporaryDirectory directory;
  for (const int num_rare : {1, 5, 10, 12, 25}) {
    const auto result = run_binary(
        {"audit", skewed_job(directory, num_rare, 40), "--records", directory.path("r.csv"), "--external"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json answer = json::parse(result.out);
    expect_multiples_of_k(answer, 11);
    for (const char* key : {"worst", "shapley", "at_risk_without", "largest_prosecutor_risk", "telemetry"})
      EXPECT_FALSE(answer.contains(key)) << key;
    const json& bins = answer.at("record_risk").at("by_smallest_size");
    ASSERT_EQ(bins.size(), num_rare < 11 ? 1U : 3U) << num_rare << bins;
    // The few rare ones are told together with the others.
    if (num_rare < 11) {
      EXPECT_EQ(bins.at(0).at("to"), 2);
    }
  }
}

}  // namespace
}  // namespace throng
