// The policy gate of audit and verify: exit codes, files, and that no small count leaves the house by it.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::read_text;
using test::run_binary;
using test::TemporaryDirectory;

/// 40 records of one town and `num_rare` of another.
struct GateCase {
  TemporaryDirectory directory;
  std::string job;
  std::string policy;

  explicit GateCase(int num_rare, const std::string& rules) {
    std::string text = "town,age\n";
    for (int i = 0; i < 40; ++i) text += "Springfield,20\n";
    for (int i = 0; i < num_rare; ++i) text += "CANARY,97\n";
    directory.write("records.csv", text);
    job = directory.write("job.toml",
                          "[input]\npath = \"records.csv\"\ndefault_role = \"quasi_identifier\"\n"
                          "[columns.town]\nrole = \"quasi_identifier\"\n[privacy]\nk = 11\n[output]\n"
                          "formats = [\"csv\"]\nname = \"cases\"\n[search]\nstrategy = \"redact\"\n");
    policy = directory.write("mine.toml", rules);
  }
  [[nodiscard]] std::vector<std::string> files() const {
    return {"--junit",   directory.path("gate.xml"), "--sarif", directory.path("gate.sarif"),
            "--summary", directory.path("gate.md")};
  }
  [[nodiscard]] std::string release() const { return directory.path("out/release/cases.csv"); }
};

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

const char* const kRules = "[require]\nk = 11\n[[at_risk]]\nmax_size = 1\nmax_share = 0\n";

TEST(PolicyGate, RawRecordsFailAndTheirReleasePasses) {
  const GateCase gate(3, kRules);
  const auto failed = run_binary(with({"audit", gate.job, "--policy", gate.policy}, gate.files()));
  EXPECT_EQ(failed.exit_code, 1) << failed.err;
  EXPECT_NE(failed.out.find("gate      FAILED"), std::string::npos) << failed.out;
  ASSERT_EQ(run_binary({"anonymize", gate.job}).exit_code, 0);
  const auto passed =
      run_binary({"audit", gate.job, "--input", gate.release(), "--policy", gate.policy, "--json"});
  EXPECT_EQ(passed.exit_code, 0) << passed.err << passed.out;
  EXPECT_EQ(json::parse(passed.out).at("policy").at("passed"), true);
}

TEST(PolicyGate, AuditPrintsTheGateAlone) {
  const GateCase gate(3, kRules);
  const auto text = run_binary({"audit", gate.job, "--policy", gate.policy});
  EXPECT_EQ(text.exit_code, 1) << text.err;
  for (const char* figure : {"at risk = in a class", " 3 ", "43", "Shapley", "7.0 %"})
    EXPECT_EQ(text.out.find(figure), std::string::npos) << figure << "\n" << text.out;
  EXPECT_TRUE(text.out.starts_with("policy ")) << text.out;
  const json answer = json::parse(run_binary({"audit", gate.job, "--policy", gate.policy, "--json"}).out);
  EXPECT_EQ(answer.at("rows"), 33) << "43, rounded down to a multiple of k";
  EXPECT_EQ(answer.at("policy").at("passed"), false);
}

TEST(PolicyGate, FilesTellNoCountAndNoValue) {
  const GateCase gate(3, kRules);
  ASSERT_EQ(run_binary(with({"audit", gate.job, "--policy", gate.policy}, gate.files())).exit_code, 1);
  std::string all;
  for (const char* name : {"gate.xml", "gate.sarif", "gate.md"}) {
    const std::string text = read_text(gate.directory.path(name));
    EXPECT_GT(text.size(), 100U) << name;
    all += text;
  }
  EXPECT_EQ(all.find("CANARY"), std::string::npos) << all;
  for (const char* count : {" 3 ", "43", "40", "93", "0.07", "0.06"})
    EXPECT_EQ(all.find(count), std::string::npos) << count << "\n" << all;
  EXPECT_NE(all.find("a class is smaller than 11"), std::string::npos) << all;
}

/// They tell that a group is below k, and nothing of its size: one record and ten give the same bytes.
TEST(PolicyGate, FilesAreTheSameForAllSizesOfASmallGroup) {
  const GateCase gate(0, std::string(kRules) + "[columns.town]\nmin_count = 11\nmin_values = 3\n");
  std::string first;
  for (int small = 1; small < 11; ++small) {
    std::string text = "town,age\n";
    for (int i = 0; i < 60; ++i) text += i < small ? "Shelby,97\n" : "Springfield,20\n";
    gate.directory.write("records.csv", text);
    ASSERT_EQ(run_binary(with({"audit", gate.job, "--policy", gate.policy}, gate.files())).exit_code, 1);
    std::string all;
    for (const char* name : {"gate.xml", "gate.sarif", "gate.md"})
      all += read_text(gate.directory.path(name));
    EXPECT_GT(all.size(), 1000U);
    if (first.empty()) first = all;
    EXPECT_EQ(all, first) << "a group of " << small;
  }
}

TEST(PolicyGate, VerifyChecksWhatWasLostAndFailsClosed) {
  const GateCase gate(
      3, "[require]\nk = 11\nmin_retained = 0.9\nmax_loss = 0.1\n[columns.town]\nmin_values = 1\n");
  ASSERT_EQ(run_binary({"anonymize", gate.job}).exit_code, 0);
  const std::vector<std::string> verify = {"verify", gate.release(), "--job",
                                           gate.job, "--policy",     gate.policy};
  auto result = run_binary(with(verify, gate.files()));
  EXPECT_EQ(result.exit_code, 0) << result.err << result.out;
  EXPECT_NE(result.out.find("gate      passed"), std::string::npos) << result.out;
  EXPECT_NE(read_text(gate.directory.path("gate.xml")).find("failures=\"0\""), std::string::npos);
  // Without the original nobody knows what was lost.
  std::filesystem::remove(gate.directory.path("records.csv"));
  result = run_binary(verify);
  EXPECT_EQ(result.exit_code, 1) << result.out;
  EXPECT_NE(result.out.find("unchecked"), std::string::npos) << result.out;
}

TEST(PolicyGate, ALostRecordFails) {
  const GateCase gate(10, "[require]\nk = 11\nmin_retained = 0.9\n");
  ASSERT_EQ(run_binary({"anonymize", gate.job}).exit_code, 0);
  const auto lost = run_binary({"verify", gate.release(), "--job", gate.job, "--policy", gate.policy});
  EXPECT_EQ(lost.exit_code, 1) << lost.out;
  EXPECT_NE(lost.out.find("FAILED    at least 0.9 of the records are released"), std::string::npos)
      << lost.out;
}

/// 40 records are released and `num_rare`, fewer than k, are not: the files withhold what the exit code is
/// about.
void expect_withheld(const std::string& rules, int num_rare, int exit_code, const std::string& said) {
  const GateCase gate(num_rare, rules);
  ASSERT_EQ(run_binary({"anonymize", gate.job}).exit_code, 0);
  const std::vector<std::string> verify = {"verify", gate.release(), "--job",
                                           gate.job, "--policy",     gate.policy};
  const auto result = run_binary(with(verify, gate.files()));
  EXPECT_EQ(result.exit_code, exit_code) << result.out;
  EXPECT_NE(result.out.find(said), std::string::npos) << result.out;
  const json answer = json::parse(run_binary(with(verify, {"--json"})).out).at("policy");
  EXPECT_EQ(answer.at("passed"), exit_code == 0);
  EXPECT_EQ(answer.at("rules").back().at("outcome"), exit_code == 0 ? "passed" : "failed");
  const std::string xml = read_text(gate.directory.path("gate.xml"));
  EXPECT_NE(xml.find("failures=\"0\""), std::string::npos) << xml;
  EXPECT_NE(xml.find("<skipped>not told"), std::string::npos) << xml;
}

TEST(PolicyGate, AWithheldRuleStillDecidesTheExitCode) {
  const std::string retained = "[require]\nk = 11\nmin_retained = 0.9\n";
  expect_withheld(retained, 5, 1, "FAILED    at least 0.9 of the records are released");
  expect_withheld(retained, 2, 0, "passed    at least 0.9 of the records are released");
  const std::string loss = "[require]\nk = 11\nmax_loss = 0.05\n";
  expect_withheld(loss, 5, 1, "FAILED    the loss is at most 0.05");
  expect_withheld(loss, 1, 0, "passed    the loss is at most 0.05");
}

TEST(PolicyGate, AStricterKIsARuleAndNoDamage) {
  const GateCase gate(11, "[require]\nk = 11\n");
  ASSERT_EQ(run_binary({"anonymize", gate.job}).exit_code, 0);
  const auto strict = run_binary({"verify", gate.release(), "--job", gate.job, "--policy", "strict-0.09"});
  EXPECT_EQ(strict.exit_code, 1) << strict.out;
  EXPECT_EQ(strict.out.find("violated"), std::string::npos) << "the release is whole: " << strict.out;
  EXPECT_NE(strict.out.find("passed    the release is whole"), std::string::npos) << strict.out;
  EXPECT_NE(strict.out.find("FAILED    every class has at least 12 records"), std::string::npos)
      << strict.out;
  // Classes that are large enough satisfy it, whatever k the job had.
  const GateCase large(0, "[require]\nk = 40\n");
  ASSERT_EQ(run_binary({"anonymize", large.job}).exit_code, 0);
  for (const std::string& policy : {std::string("strict-0.09"), large.policy}) {
    const auto passed = run_binary({"verify", large.release(), "--job", large.job, "--policy", policy});
    EXPECT_EQ(passed.exit_code, 0) << passed.out;
  }
}

TEST(PolicyGate, ADamagedReleaseFails) {
  const GateCase gate(3, kRules);
  const std::string path = gate.directory.write("broken.csv", "town,age\n\"never closed\n");
  const auto result =
      run_binary(with({"verify", path, "--job", gate.job, "--policy", gate.policy}, gate.files()));
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_NE(read_text(gate.directory.path("gate.md")).find("## Failed"), std::string::npos);
}

TEST(PolicyGate, FilesNeedAPolicy) {
  const GateCase gate(3, kRules);
  const auto result = run_binary({"audit", gate.job, "--junit", gate.directory.path("gate.xml")});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("--policy"), std::string::npos) << result.err;
}

}  // namespace
}  // namespace throng
