// Values that only suppressed records and identifiers hold never reach the release, whatever its settings.
#include <gtest/gtest.h>

#include <filesystem>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::read_text;
using test::run_binary;
using test::TemporaryDirectory;

/// 40 common records and 3 rare ones, whose every cell is a canary.
std::string records() {
  std::string text = "id,town,age,note\n";
  for (int i = 0; i < 40; ++i)
    text += "CANARY-ID-" + std::to_string(i) + ",Springfield," + std::to_string(20 + i % 2) + ",common\n";
  for (int i = 0; i < 3; ++i)
    text += "CANARY-ID-R" + std::to_string(i) + ",CANARY-TOWN-" + std::to_string(i) + ",97,CANARY-NOTE\n";
  return text;
}

std::string job(const std::string& settings) {
  return "[input]\npath = \"records.csv\"\n[columns.id]\nrole = \"identifier\"\n[columns.town]\nrole = "
         "\"quasi_identifier\"\n[columns.age]\nrole = \"quasi_identifier\"\nhierarchy = { kind = "
         "\"intervals\", widths "
         "= [5, 10] }\n[privacy]\nk = 11\n" +
         settings;
}

TEST(Canary, NeverReachesTheRelease) {
  for (const std::string& settings : {std::string(), std::string("[output]\nsuppressed = \"star\"\n"),
                                      std::string("[search]\nstrategy = \"redact\"\n")}) {
    const TemporaryDirectory directory;
    directory.write("records.csv", records());
    const auto result = run_binary({"anonymize", directory.write("job.toml", job(settings))});
    ASSERT_EQ(result.exit_code, 0) << settings << result.err;
    for (const auto& entry : std::filesystem::directory_iterator(directory.path("out/release"))) {
      EXPECT_EQ(read_text(entry.path().string()).find("CANARY"), std::string::npos)
          << entry.path() << settings;
    }
  }
}

/// All bytes a command says.
std::string said(const std::vector<std::string>& arguments, int code) {
  const auto result = run_binary(arguments);
  EXPECT_EQ(result.exit_code, code) << arguments[0] << ": " << result.err;
  return result.out + result.err;
}

/// Everything that may leave the house, made for the audit of the records and of the release: every byte.
std::string external_bytes(const TemporaryDirectory& directory, const std::string& path) {
  const auto file = [&](const char* name) { return directory.path(name); };
  std::string bytes = said({"anonymize", path}, 0);
  bytes += said({"audit", path, "--external", "--policy", "ctdc-k11", "--junit", file("a.xml"), "--sarif",
                 file("a.sarif"), "--summary", file("a.md")},
                1);
  bytes += said({"verify", file("out/release/job.csv"), "--job", path, "--policy", "ctdc-k11", "--junit",
                 file("v.xml"), "--sarif", file("v.sarif"), "--summary", file("v.md")},
                0);
  bytes += said({"report", path, "--external", "--policy", "ctdc-k11", "--output", file("r.html")}, 0);
  bytes += said({"report", path, "--dry-run"}, 0);
  bytes += said({"compare", file("records.csv"), file("out/release/job.csv"), "--job", path, "--dry-run"}, 0);
  for (const char* name : {"a.xml", "a.sarif", "a.md", "v.xml", "v.sarif", "v.md", "r.html"})
    bytes += read_text(file(name));
  for (const auto& entry : std::filesystem::directory_iterator(directory.path("out/release")))
    bytes += read_text(entry.path().string());
  return bytes;
}

TEST(Canary, NeverReachesReportsGateFilesAndLogs) {
  for (const char* strategy : {"optimal", "redact", "local", "suppress-cells"}) {
    const TemporaryDirectory directory;
    directory.write("records.csv", records());
    // A record that local recoding keeps, generalized, keeps its note.
    const std::string path =
        directory.write("job.toml", job(std::string("[search]\nstrategy = \"") + strategy + "\"\n"));
    const std::string bytes = external_bytes(directory, path);
    for (const char* canary : {"CANARY-ID", "CANARY-TOWN"})
      EXPECT_EQ(bytes.find(canary), std::string::npos) << strategy << ", " << canary;
  }
}

TEST(Canary, ErrorsOfVerifyTellNoValue) {
  const TemporaryDirectory directory;
  directory.write("records.csv", records());
  const std::string path = directory.write("job.toml", job(""));
  const auto result = run_binary({"verify", directory.path("records.csv"), "--job", path});
  EXPECT_EQ(result.exit_code, 1) << result.err;
  EXPECT_EQ((result.out + result.err).find("CANARY"), std::string::npos) << result.out << result.err;
}

}  // namespace
}  // namespace throng
