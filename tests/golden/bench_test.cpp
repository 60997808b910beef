// throng bench and throng frontier, run as a user runs them on the toy data.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::kToy;
using test::run_binary;
using test::TemporaryDirectory;

std::string plan_text(const std::string& bench, const std::string& dataset = "") {
  return "[bench]\n" + bench + "\n[datasets.toy]\njob = \"" + kToy + "\"\n" + dataset;
}

json run_plan(const TemporaryDirectory& directory, const std::string& text) {
  const std::string plan = directory.write("bench.toml", text);
  const auto result = run_binary({"bench", plan, "--json", "--quiet", "--output", directory.path("figures")});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  return json::parse(result.out);
}

TEST(Bench, ExactStrategiesAgreeAndWhatIsNotServedSaysSo) {
  const TemporaryDirectory directory;
  const json found = run_plan(
      directory, plan_text("metrics = [\"loss\", \"discernibility\"]\nk = [3]\nmax_suppressed = [0.25]\n"
                           "repetitions = 2\ntime_limits_seconds = [0.5]"));
  EXPECT_EQ(found.at("cases").size(), 2U * 12U);
  EXPECT_EQ(found.at("provenance").at("seed"), "1");
  EXPECT_EQ(found.at("provenance").at("repetitions"), "2");
  json losses;
  for (const json& row : found.at("cases")) {
    const std::string strategy = row.at("strategy");
    const std::string metric = row.at("metric");
    const bool is_local = strategy == "local" || strategy == "suppress-cells";
    const bool is_served = metric == "loss" || (strategy != "optimal" && !is_local);
    EXPECT_EQ(row.at("repetitions"), is_served ? 2 : 1) << strategy;
    EXPECT_EQ(row.at("status") == "not served", !is_served) << strategy << " " << metric;
    EXPECT_EQ(row.at("seconds_median").is_null(), !is_served);
    if (row.at("status") == "proved" && !is_local) losses[metric].push_back(row.at("loss"));
    if (strategy == "mondrian") {
      EXPECT_EQ(row.at("suppressed"), 0);
    }
  }
  for (const auto& [metric, values] : losses.items()) {
    EXPECT_GE(values.size(), 3U) << metric;
    for (const json& value : values) EXPECT_EQ(value, values[0]) << metric;
  }
}

TEST(Bench, WritesTidyFilesOfEqualLength) {
  const TemporaryDirectory directory;
  const json found = run_plan(
      directory, plan_text("strategies = [\"optimal\", \"datafly\"]\nk = [2, 3]", "num_qi = [1, 2, 3]\n"));
  EXPECT_EQ(found.at("cases").size(), 12U);
  EXPECT_EQ(found.at("runs").size(), 36U);
  const std::string csv = test::read_text(directory.path("figures/bench.csv"));
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 13);
  EXPECT_EQ(csv.substr(0, 28), "dataset,rows,num_qi,lattice_");
  const std::string runs = test::read_text(directory.path("figures/bench-runs.csv"));
  EXPECT_EQ(std::count(runs.begin(), runs.end(), '\n'), 37);
  EXPECT_TRUE(std::filesystem::exists(directory.path("figures/bench.h5")));
  EXPECT_EQ(json::parse(test::read_text(directory.path("figures/bench.json"))).at("cases"),
            found.at("cases"));
}

TEST(Bench, Hdf5HoldsTheSameFigures) {
  if (std::system("command -v h5dump > /dev/null") != 0) GTEST_SKIP() << "no h5dump: bench.h5 is not read";
  const TemporaryDirectory directory;
  run_plan(directory, plan_text("strategies = [\"redact\"]\nk = [3]"));
  const std::string dump = "h5dump -d /bench/retained " + directory.path("figures/bench.h5") + " > " +
                           directory.path("dump") + " && h5dump -a /processor " +
                           directory.path("figures/bench.h5") + " > /dev/null";
  ASSERT_EQ(std::system(dump.c_str()), 0);
  EXPECT_NE(test::read_text(directory.path("dump")).find("H5T_IEEE_F64LE"), std::string::npos);
}

void expect_refused(const std::string& text, const std::vector<std::string>& fragments) {
  const TemporaryDirectory directory;
  const auto result = run_binary({"bench", directory.write("bench.toml", text)});
  EXPECT_EQ(result.exit_code, 2) << result.err;
  for (const std::string& fragment : fragments)
    EXPECT_NE(result.err.find(fragment), std::string::npos) << fragment << " not in " << result.err;
}

TEST(Bench, BadPlansNamePlaceAndFix) {
  expect_refused("[bench]\nk = [3]\n", {"bench.toml:1", "names no data set"});
  expect_refused(plan_text("strategies = [\"flsh\"]"), {"bench.toml:2", "did you mean \"flash\""});
  expect_refused(plan_text("metrics = [\"entropi\"]"), {"did you mean \"entropy\""});
  expect_refused(plan_text("k = [1]"), {"k = 1 protects nobody"});
  expect_refused(plan_text("k = []"), {"`k` is empty"});
  expect_refused(plan_text("max_suppressed = [1.5]"), {"1.5 is neither a fraction"});
  expect_refused(plan_text("time_limits_seconds = [-1.0]"), {"-1 is not a time"});
  expect_refused(plan_text("repetitions = 0"), {"repetitions = 0 is not from 1 to 1000"});
  expect_refused(plan_text("repetition = 3"), {"unknown key `repetition`", "did you mean `repetitions`?"});
  expect_refused(plan_text("k = [13]"), {"k = 13 is more than the 12 records"});
  expect_refused(plan_text("", "num_qi = [4]\n"), {"num_qi = 4", "which has 3 quasi-identifiers"});
  expect_refused(plan_text("", "qi = [\"age\", \"cuontry\"]\n"), {"cuontry", "country"});
  expect_refused("[datasets.a]\nqi = [\"b\"]\n", {"data set `a` names no job"});
}

TEST(FrontierVerb, EveryLimitIsTheAnswerOfSearch) {
  const auto result = run_binary({"frontier", kToy, "--max-suppressed", "1.0", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json found = json::parse(result.out);
  EXPECT_EQ(found.at("proved_optimal"), true);
  const json& steps = found.at("frontiers").at(0).at("steps");
  ASSERT_GE(steps.size(), 2U);
  for (const json& step : steps) {
    const double limit = step.at("suppressed").get<double>() / found.at("rows").get<double>();
    const auto search =
        run_binary({"search", kToy, "--max-suppressed", std::to_string(limit + 1e-6), "--json"});
    ASSERT_EQ(search.exit_code, 0) << search.err;
    EXPECT_EQ(json::parse(search.out).at("levels"), step.at("levels"));
    EXPECT_EQ(json::parse(search.out).at("loss"), step.at("loss"));
  }
}

TEST(FrontierVerb, EveryKIsTheAnswerOfSearch) {
  const auto result = run_binary({"frontier", kToy, "--each-k", "5,2,3", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json found = json::parse(result.out);
  ASSERT_EQ(found.at("frontiers").size(), 3U);
  for (const json& frontier : found.at("frontiers")) {
    const auto search = run_binary({"search", kToy, "--k", frontier.at("k").dump(), "--json"});
    EXPECT_EQ(json::parse(search.out).at("loss"), frontier.at("steps").at(0).at("loss"));
  }
}

TEST(FrontierVerb, TextAndMisuse) {
  const auto text = run_binary({"frontier", kToy});
  EXPECT_EQ(text.exit_code, 0);
  EXPECT_NE(text.out.find("The least loss for every suppression limit, k = 3"), std::string::npos);
  EXPECT_NE(text.out.find("proved: no node loses less"), std::string::npos);
  for (const auto& [ks, fragment] : {std::pair{"3,x", "`x` is not a whole number"},
                                     {"1", "protects nobody"},
                                     {"3,,5", "option --each-k"},
                                     {"13", "k = 13 is more than"}}) {
    const auto result = run_binary({"frontier", kToy, "--each-k", ks});
    EXPECT_EQ(result.exit_code, 2) << ks;
    EXPECT_NE(result.err.find(fragment), std::string::npos) << result.err;
  }
}

TEST(Strategies, AMetricThatIsNotServedIsRefusedBeforeTheDataIsRead) {
  const TemporaryDirectory directory;
  const std::string job = directory.write(
      "job.toml",
      "[input]\npath = \"absent.csv\"\n[columns.a]\nrole = \"quasi_identifier\"\n[loss]\nmetric = "
      "\"average_class_size\"\n");
  for (const char* verb : {"search", "anonymize"}) {
    const auto result = run_binary({verb, job});
    EXPECT_EQ(result.exit_code, 2) << result.err;
    EXPECT_NE(result.err.find("use one of: exhaustive, flash"), std::string::npos) << result.err;
  }
  EXPECT_EQ(run_binary({"search", job, "--strategy", "flash"}).exit_code, 4);  // now it misses the file
}

TEST(Strategies, AnonymizeWorksWithEveryStrategyAndMetric) {
  for (const char* strategy : {"flash", "ola", "incognito", "samarati", "datafly", "top_down"}) {
    const TemporaryDirectory directory;
    std::string text = test::read_text(kToy);
    for (std::size_t at = 0; (at = text.find("../datasets", at)) != std::string::npos;)
      text.replace(at, 2, THRONG_SOURCE_DIR);
    const std::string job = directory.write("job.toml", text + "\n[loss]\nmetric = \"discernibility\"\n");
    const auto result =
        run_binary({"anonymize", job, "--strategy", strategy, "--output", directory.path("out"), "--json"});
    EXPECT_EQ(result.exit_code, 0) << strategy << result.err;
    EXPECT_EQ(json::parse(result.out).at("verified"), true) << strategy;
  }
}

}  // namespace
}  // namespace throng
