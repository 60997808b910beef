// Search and audit equal an independent program's answers on the shared data, for 1 and 2 threads.
#include <gtest/gtest.h>

#include <algorithm>
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
using test::run_binary;

const std::string kExpected = THRONG_SHARED_DIR "/oracle/expected/";

std::vector<std::string> expected_answers(const std::string& verb) {
  std::vector<std::string> names;
  if (!test::has_shared_data()) return names;
  for (const auto& entry : std::filesystem::directory_iterator(kExpected))
    if (entry.path().filename().string().starts_with(verb + "-"))
      names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

/// The job in jobs/ for a case, with the case's aggregate.
std::string job_text(const std::string& name, const json& expected) {
  const bool is_adult = name.find("adult") != std::string::npos;
  const std::string jobs = THRONG_SOURCE_DIR "/jobs/";
  std::string text = test::read_text(jobs + (is_adult ? "adult.toml" : "ctdc-sample.toml"));
  const std::string relative = "../../shared/";
  const std::string absolute = std::filesystem::canonical(THRONG_SHARED_DIR).string() + "/";
  for (std::size_t at = 0; (at = text.find(relative, at)) != std::string::npos; at += absolute.size())
    text.replace(at, relative.size(), absolute);
  const std::string aggregate = expected.is_null() ? "arithmetic" : expected.value("aggregate", "arithmetic");
  const std::size_t loss = text.find("aggregate = \"arithmetic\"");
  if (loss != std::string::npos) return text.replace(loss, 24, "aggregate = \"" + aggregate + "\"");
  return text + "\n[loss]\naggregate = \"" + aggregate + "\"\n";
}

void expect_equal(const json& found, const json& expected) {
  std::vector<std::string> qi = expected.at("qi");
  EXPECT_EQ(found.at("qi").get<std::vector<std::string>>(), qi);
  EXPECT_EQ(found.at("rows"), expected.at("rows"));
  EXPECT_EQ(found.at("k"), expected.at("k"));
  EXPECT_EQ(found.at("lattice_nodes"), expected.at("lattice"));
  for (std::size_t j = 0; j < qi.size(); ++j) {
    EXPECT_EQ(found.at("levels").at(qi[j]), expected.at("levels").at(j)) << qi[j];
    EXPECT_NEAR(found.at("loss_per_qi").at(qi[j]).get<double>(),
                expected.at("loss_per_qi").at(j).get<double>(), 1e-9);
  }
  EXPECT_NEAR(found.at("loss").get<double>(), expected.at("loss").get<double>(), 1e-9);
  EXPECT_EQ(found.at("suppressed"), expected.at("suppressed"));
  EXPECT_EQ(found.at("retained").get<int>() + expected.at("suppressed").get<int>(),
            expected.at("rows").get<int>());
  EXPECT_EQ(found.at("classes"), expected.at("classes"));
  EXPECT_EQ(found.at("proved_optimal"), true);
  EXPECT_EQ(found.at("gap"), 0.0);
}

class OracleTest : public ::testing::TestWithParam<std::string> {};

TEST_P(OracleTest, SearchAgrees) {
  const json expected = json::parse(test::read_text(kExpected + GetParam()));
  const test::TemporaryDirectory directory;
  const std::string job = directory.write("job.toml", job_text(GetParam(), expected));
  for (const char* threads : {"1", "2"}) {
    const auto result =
        run_binary({"search", job, "--json", "--threads", threads, "--k", expected.at("k").dump(),
                    "--max-suppressed", expected.at("max_suppressed").dump()});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    expect_equal(json::parse(result.out), expected);
  }
}

std::string test_name(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, OracleTest, ::testing::ValuesIn(expected_answers("search")), test_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(OracleTest);

/// Bit mask of the names, bit j = QI j.
std::size_t mask_of(const json& names, const std::vector<std::string>& qi) {
  std::size_t mask = 0;
  for (const json& name : names)
    mask |= std::size_t{1} << (std::find(qi.begin(), qi.end(), name.get<std::string>()) - qi.begin());
  return mask;
}

/// Every combination: the arrays of the HDF5 file, read as a table of text.
void expect_arrays(const std::string& path, const json& expected, const std::vector<std::string>& qi) {
  const auto read = [&](const std::string& name) {
    const test::TemporaryDirectory directory;
    const std::string text = directory.path("dump");
    const std::string command =
        "h5dump -y -w 1 -o " + text + " -d /audit/" + name + " " + path + " > /dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::vector<Count> values;
    std::istringstream words(test::read_text(text));
    for (std::string word; words >> word;) values.push_back(std::stoull(word));
    return values;
  };
  const auto classes = read("classes");
  for (const char* threshold : {"2", "3", "5", "11"}) {
    const auto at_risk = read(std::string("at_risk_") + threshold);
    ASSERT_EQ(at_risk.size(), std::size_t{1} << qi.size());
    for (const json& combination : expected.at("combinations")) {
      const std::size_t mask = mask_of(combination.at("qi"), qi);
      EXPECT_EQ(at_risk[mask], combination.at("at_risk").at(threshold)) << combination.at("qi");
      EXPECT_EQ(classes.at(mask), combination.at("classes"));
    }
  }
}

void expect_summaries(const json& found, const json& expected, const std::vector<std::string>& qi) {
  for (const json& size : found.at("by_size"))
    for (const char* figure : {"min", "median", "max"})
      EXPECT_EQ(size.at(figure), expected.at("by_size").at(size.at("size").dump()).at(figure));
  for (const std::string& name : qi)
    EXPECT_NEAR(found.at("shapley").at(name).get<double>(), expected.at("shapley").at(name).get<double>(),
                1e-9);
}

class AuditOracleTest : public ::testing::TestWithParam<std::string> {};

TEST_P(AuditOracleTest, AuditAgrees) {
  const json expected = json::parse(test::read_text(kExpected + GetParam()));
  const test::TemporaryDirectory directory;
  const std::string job = directory.write("job.toml", job_text(GetParam(), {}));
  const std::string arrays = directory.path("arrays.h5");
  for (const char* threads : {"1", "2"}) {
    const auto result = run_binary({"audit", job, "--json", "--threads", threads, "--output", arrays});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json found = json::parse(result.out);
    const std::vector<std::string> qi = found.at("qi");
    EXPECT_EQ(found.at("combinations"), expected.at("combinations").size());
    expect_summaries(found, expected, qi);
    if (std::system("command -v h5dump > /dev/null") == 0) expect_arrays(arrays, expected, qi);
  }
}

INSTANTIATE_TEST_SUITE_P(All, AuditOracleTest, ::testing::ValuesIn(expected_answers("audit")), test_name);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(AuditOracleTest);

TEST(Oracle, SharedDataIsThere) {
  if (!test::has_shared_data()) GTEST_SKIP() << "no shared data: the search is not compared with the oracle";
  EXPECT_GE(expected_answers("search").size(), 9U);
}

}  // namespace
}  // namespace throng
