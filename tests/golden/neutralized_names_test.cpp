// A CSV release whose column names a spreadsheet would run is read back by the names of the job.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::read_text;
using test::run_binary;
using test::TemporaryDirectory;

/// Names and values that begin with each sign a spreadsheet takes for a formula; the job's own delimiter is
/// not a release's.
std::string write_job(const TemporaryDirectory& directory, const std::string& town = "-town") {
  std::string text = "@id;=age;-town;+note\n";
  for (int i = 0; i < 24; ++i) text += "p;" + std::string(i % 2 == 0 ? "=1+1" : "20") + ";@Avon;-\n";
  directory.write("records.csv", text);
  return directory.write("job.toml",
                         "[input]\npath = \"records.csv\"\ndelimiter = \";\"\n[columns.\"@id\"]\nrole = "
                         "\"identifier\"\n[columns.\"=age\"]\nrole = \"quasi_identifier\"\n[columns.\"" +
                             town +
                             "\"]\nrole = \"quasi_identifier\"\n[columns.\"+note\"]\nrole = \"sensitive\"\n"
                             "[privacy]\nk = 11\n[output]\nname = \"cases\"\nformats = [\"csv\"]\n");
}

class NeutralizedNames : public ::testing::Test {
 protected:
  void SetUp() override {
    job_ = write_job(directory_);
    ASSERT_EQ(run_binary({"anonymize", job_}).exit_code, 0);
    release_ = directory_.path("out/release/cases.csv");
    ASSERT_TRUE(read_text(release_).starts_with("'=age,'-town,'+note")) << read_text(release_);
  }
  TemporaryDirectory directory_;
  std::string job_;
  std::string release_;
};

TEST_F(NeutralizedNames, AreFoundByAudit) {
  const auto result = run_binary({"audit", job_, "--input", release_, "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json answer = json::parse(result.out);
  EXPECT_EQ(answer.at("qi"), json({"=age", "-town"}));
  EXPECT_EQ(answer.at("rows"), 24);
  const auto one = run_binary({"audit", job_, "--input", release_, "--qi", "=age", "--json"});
  ASSERT_EQ(one.exit_code, 0) << one.err;
  EXPECT_EQ(json::parse(one.out).at("qi"), json({"=age"}));
}

TEST_F(NeutralizedNames, AreFoundByTheGateAndForEveryRecord) {
  const std::string policy =
      directory_.write("p.toml", "[require]\nk = 11\n[columns.\"=age\"]\nmin_values = 2\n");
  const std::string records = directory_.path("risk.csv");
  const auto audit =
      run_binary({"audit", job_, "--input", release_, "--policy", policy, "--records", records});
  EXPECT_EQ(audit.exit_code, 0) << audit.err << audit.out;
  const auto verify = run_binary({"verify", release_, "--job", job_, "--policy", policy});
  EXPECT_EQ(verify.exit_code, 0) << verify.err << verify.out;
}

TEST_F(NeutralizedNames, AreFoundByCompare) {
  const auto result =
      run_binary({"compare", directory_.path("records.csv"), release_, "--job", job_, "--json"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
}

TEST_F(NeutralizedNames, AMisspeltOneIsMissing) {
  const std::string job = write_job(directory_, "-twon");
  const auto result = run_binary({"audit", job, "--input", release_});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("`-twon`"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace throng
