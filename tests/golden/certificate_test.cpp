// Certificates as users write and check them, and what must be refused.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::run_binary;
using test::RunResult;
using test::TemporaryDirectory;

constexpr const char* kProofJob =
    "[input]\npath = \"in.csv\"\ndefault_role = \"quasi_identifier\"\n[privacy]\nk = 3\n";

class CertificateFile : public ::testing::Test {
 protected:
  CertificateFile() {
    // Fourteen columns of two values and `*`: more nodes than the tail holds.
    std::string text = "a,b,c,d,e,f,g,h,i,j,k,l,m,n\n";
    std::uint32_t random = 1;
    for (unsigned cell = 0; cell < 400 * 14; ++cell) {
      random = random * 1664525 + 1013904223;
      text += (random >> 24) % 5 == 0 ? '1' : '0';
      text += cell % 14 == 13 ? '\n' : ',';
    }
    directory_.write("in.csv", text);
    directory_.write("job.toml", kProofJob);
  }

  RunResult run(const std::vector<std::string>& arguments) const {
    return run_binary(arguments, {directory_.path(), "", 0});
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream file(directory_.path(name));
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  json write_certificate() const {
    const RunResult result = run({"search", "job.toml", "--certificate", "proof.json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_NE(result.err.find("the certificate is in proof.json"), std::string::npos) << result.err;
    return json::parse(read("proof.json"));
  }
  RunResult verify(const json& certificate) const {
    directory_.write("changed.json", certificate.dump());
    return run({"verify-proof", "job.toml", "changed.json"});
  }

  TemporaryDirectory directory_;
};

TEST_F(CertificateFile, ProvesTheOptimum) {
  const json certificate = write_certificate();
  EXPECT_GT(certificate["families"].size(), 1U);
  const RunResult result = run({"verify-proof", "job.toml", "proof.json"});
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  EXPECT_EQ(result.out.find("proved: proof.json: none of 16,384 nodes loses less than "), 0U) << result.out;
  const json verdict = json::parse(run({"verify-proof", "job.toml", "proof.json", "--json"}).out);
  EXPECT_EQ(verdict["proved"], true);
  EXPECT_EQ(verdict["flaw"], nullptr);
  EXPECT_EQ(verdict["loss"], certificate["loss"]);
  EXPECT_EQ(verdict["families"], certificate["families"].size());
}

TEST_F(CertificateFile, IsPrivateAndTheSameForAnyNumberOfThreads) {
  write_certificate();
  struct stat status {};
  ASSERT_EQ(::stat(directory_.path("proof.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  const std::string one = read("proof.json");
  for (const char* threads : {"1", "2", "3"}) {
    EXPECT_EQ(run({"search", "job.toml", "--threads", threads, "--certificate", "again.json"}).exit_code, 0);
    EXPECT_EQ(read("again.json"), one) << threads;
  }
}

TEST_F(CertificateFile, ABrokenOneProvesNothing) {
  const json certificate = write_certificate();
  json broken = certificate;
  broken["families"].erase(broken["families"].begin());
  EXPECT_EQ(verify(broken).exit_code, 1);
  EXPECT_NE(verify(broken).out.find("not proved: changed.json: no family holds the nodes with"),
            std::string::npos);
  broken = certificate;
  broken["families"][0] = std::string(broken["branched"].size(), '.') + " 0";
  EXPECT_NE(verify(broken).out.find("family 1 may hold a node that loses less"), std::string::npos);
  broken = certificate;
  broken["suppressed"] = 1;
  EXPECT_NE(verify(broken).out.find("the node claimed suppresses"), std::string::npos);
  broken = certificate;
  broken["loss"] = 0.001;
  EXPECT_NE(verify(broken).out.find("the node claimed loses"), std::string::npos);
  broken = certificate;
  broken["tail"].erase(broken["tail"].begin());
  EXPECT_NE(verify(broken).out.find("not every quasi-identifier is once among"), std::string::npos);
  const json verdict = json::parse(run({"verify-proof", "job.toml", "changed.json", "--json"}).out);
  EXPECT_EQ(verdict["proved"], false);
  EXPECT_TRUE(verdict["flaw"].is_string());
}

TEST_F(CertificateFile, EveryChangedEntryOfAFamilyIsRefusedOrHarmless) {
  const json certificate = write_certificate();
  for (std::size_t f = 0; f < certificate["families"].size(); ++f) {
    json broken = certificate;
    // A family of nothing: what it held is left out, or others hold it as well.
    broken["families"][f] = std::string(broken["branched"].size(), '.') + " 99";
    EXPECT_EQ(verify(broken).exit_code, 1) << f;
  }
}

TEST_F(CertificateFile, WhatIsNoCertificateIsRefused) {
  const json certificate = write_certificate();
  const auto expect = [&](const json& changed, const std::string& why) {
    const RunResult result = verify(changed);
    EXPECT_EQ(result.exit_code, 3) << why;
    EXPECT_NE(result.err.find(why), std::string::npos) << result.err;
  };
  expect("hello", "it has no `throng_certificate`");
  expect(json::object(), "it has no `throng_certificate`");
  const auto with = [&](const char* key, const json& value) {
    json changed = certificate;
    changed[key] = value;
    return changed;
  };
  expect(with("throng_certificate", 2), "its format version is not 1");
  expect(with("k", 4), "its k is another one");
  expect(with("input_sha256", "00"), "its table is another one");
  expect(with("settings_sha256", "00"), "its columns, hierarchies, loss or suppression limit are others");
  expect(with("families", {"0"}), "a family has no number of raised columns");
  expect(with("families", {"0 x"}), "a family has no number of raised columns");
  expect(with("families", {"0 99999999999999999999"}), "a family has no number of raised columns");
  expect(with("families", {"# 0"}), "a family has an unknown letter");
  expect(with("families", {1}), "an entry is missing or of another kind");
  expect(with("tail", {"nowhere"}), "it has other quasi-identifiers");
  expect(with("levels", {{"nowhere", 0}}), "it has other quasi-identifiers");
  json without = certificate;
  without.erase("loss");
  expect(without, "an entry is missing or of another kind");
  directory_.write("changed.json", "{");
  const RunResult result = run({"verify-proof", "job.toml", "changed.json"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.err.find("changed.json: this is no certificate of this job: it is not JSON"),
            std::string::npos);
  EXPECT_EQ(run({"verify-proof", "job.toml", "nowhere.json"}).exit_code, 4);
}

TEST_F(CertificateFile, OfAnotherTableOrOtherSettingsIsRefused) {
  write_certificate();
  EXPECT_EQ(run({"verify-proof", "job.toml", "proof.json", "--k", "4"}).exit_code, 3);
  EXPECT_EQ(run({"verify-proof", "job.toml", "proof.json", "--max-suppressed", "5"}).exit_code, 3);
  EXPECT_EQ(run({"verify-proof", "job.toml", "proof.json", "--qi", "a,b,c"}).exit_code, 3);
  directory_.write("in.csv", read("in.csv") + "1,1,1,1,1,1,1,1,1,1,1,1,1,1\n");
  const RunResult result = run({"verify-proof", "job.toml", "proof.json"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_NE(result.err.find("its table is another one"), std::string::npos) << result.err;
}

TEST_F(CertificateFile, IsAskedForWhereThereCanBeOne) {
  const auto expect = [&](std::vector<std::string> arguments, int code, const std::string& why) {
    arguments.insert(arguments.begin(), {"search", "job.toml", "--certificate"});
    const RunResult result = run(arguments);
    EXPECT_EQ(result.exit_code, code) << why;
    EXPECT_NE(result.err.find(why), std::string::npos) << result.err;
  };
  expect({"p.json", "--strategy", "flash"}, 2,
         "the strategy `flash` proves nothing that can be written down");
  expect({"p.json", "--strategy", "local"}, 2, "use --strategy optimal");
  expect({"p.json", "--shard", "1/2"}, 2, "a shard knows only its share");
  expect({""}, 2, "option --certificate is empty");
  expect({"out/release/p.json"}, 2, "a certificate is private");
  expect({"nowhere/p.json"}, 4, "its directory is not there");
  expect({"p.json", "--time-limit", "0.000001"}, 0,
         "no certificate is written: the search proved no optimum");
  EXPECT_EQ(read("p.json"), "");
}

}  // namespace
}  // namespace throng
