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
