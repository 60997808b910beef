// Local recoding through the command line, on the toy data and, where it is at hand, on the shared sample.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::kToy;
using test::run_binary;
using test::TemporaryDirectory;

json answer_of(const std::vector<std::string>& arguments) {
  const auto result = run_binary(arguments);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return json::parse(result.out);
}

TEST(Local, IsNeverWorseThanOneNodeForAll) {
  const json one = answer_of({"search", kToy, "--json"});
  const json local = answer_of({"search", kToy, "--json", "--strategy", "local"});
  EXPECT_LE(local.at("loss").get<double>(), one.at("loss").get<double>());
  EXPECT_LE(local.at("lower_bound").get<double>(), local.at("loss").get<double>());
  std::uint64_t cells = 0;
  for (const auto& [name, levels] : local.at("levels").items())
    for (const auto& [level, records] : levels.items()) cells += records.get<std::uint64_t>();
  EXPECT_EQ(cells, local.at("retained").get<std::uint64_t>() * local.at("qi").size());
}

TEST(Local, AnonymizesAndVerifies) {
  for (const char* strategy : {"local", "suppress-cells"}) {
    const TemporaryDirectory directory;
    const json answer =
        answer_of({"anonymize", kToy, "--json", "--strategy", strategy, "--output", directory.path("out")});
    EXPECT_EQ(answer.at("verified"), true);
    if (std::string(strategy) == "suppress-cells") {
      EXPECT_EQ(answer.at("cells").at("generalized"), 0);
    }
    for (const char* name : {"out/release/toy.csv", "out/release/toy.h5"})
      EXPECT_EQ(run_binary({"verify", directory.path(name), "--job", kToy}).exit_code, 0) << name;
  }
}

TEST(Local, IsTheSameForOneAndTwoThreads) {
  json one = answer_of({"search", kToy, "--json", "--strategy", "local", "--threads", "1"});
  json two = answer_of({"search", kToy, "--json", "--strategy", "local", "--threads", "2"});
  one.erase("telemetry");
  two.erase("telemetry");
  EXPECT_EQ(one, two);
}

TEST(Local, LosesLittleOfTheSample) {
  if (!test::has_shared_data()) GTEST_SKIP() << "the shared data is not here";
  const json answer =
      answer_of({"search", THRONG_SOURCE_DIR "/jobs/ctdc-sample.toml", "--json", "--strategy", "local"});
  EXPECT_LE(answer.at("loss").get<double>(), 0.0240);
  EXPECT_LE(answer.at("suppressed").get<int>(), 10);
  EXPECT_LE(answer.at("gap").get<double>(), 0.25);
}

}  // namespace
}  // namespace throng
