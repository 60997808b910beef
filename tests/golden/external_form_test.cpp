// What leaves the house must be the same whatever original values hide behind released ones.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "report_text.hpp"
#include "run_binary.hpp"
#include "support/temporary_directory.hpp"
#include "throng/loss/loss_metric.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::read_text;
using test::report_of;
using test::run_binary;
using test::TemporaryDirectory;

/// Records of two regions of two towns each; every town is too small for k = 11, every region is not.
std::string write_job(const TemporaryDirectory& directory, const std::vector<int>& records_of_town,
                      const std::string& metric) {
  std::string text = "town,sex\n";
  for (std::size_t town = 0; town < records_of_town.size(); ++town)
    for (int i = 0; i < records_of_town[town]; ++i) text += "town" + std::to_string(town) + ",any\n";
  directory.write("records.csv", text);
  directory.write("towns.csv", "town0;north;*\ntown1;north;*\ntown2;south;*\ntown3;south;*\n");
  const std::string strategy = is_sum_over_cells(metric) ? "optimal" : "flash";
  return directory.write(
      "job.toml",
      "[input]\npath = \"records.csv\"\n[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = "
      "\"towns.csv\"\n[columns.sex]\nrole = \"quasi_identifier\"\n[privacy]\nk = 11\nmax_suppressed = 0\n"
      "[output]\nname = \"cases\"\nformats = [\"csv\"]\n[loss]\nmetric = \"" +
          metric + "\"\n[search]\nstrategy = \"" + strategy + "\"\n");
}

/// The external page and report without checksums.
std::string external_text(const std::vector<int>& records_of_town, const std::string& metric) {
  const TemporaryDirectory directory;
  const std::string job = write_job(directory, records_of_town, metric);
  const auto made = run_binary({"anonymize", job});
  EXPECT_EQ(made.exit_code, 0) << made.err;
  const std::string released = read_text(directory.path("out/release/cases.csv"));
  EXPECT_EQ(test::count(released, "north"), 13U) << released;
  EXPECT_EQ(test::count(released, "south"), 18U) << released;
  const std::string all =
      report_of(directory, {job, "--external"}) + read_text(directory.path("out/release/report.json"));
  return std::regex_replace(all, std::regex("[0-9a-f]{64}"), "");
}

class ExternalForm : public ::testing::TestWithParam<std::string> {};

TEST_P(ExternalForm, IsTheSameWhateverTownsHideInTheReleasedRegions) {
  EXPECT_EQ(external_text({5, 8, 9, 9}, GetParam()), external_text({6, 7, 8, 10}, GetParam()));
}

std::vector<std::string> metrics() {
  std::vector<std::string> names;
  for (const std::string_view name : loss_metric_names()) names.emplace_back(name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Metrics, ExternalForm, ::testing::ValuesIn(metrics()));

TEST(ExternalLoss, IsToldOfMetricsThatTheReleasedRowsDecide) {
  for (const std::string& metric : metrics()) {
    const TemporaryDirectory directory;
    const std::string job = write_job(directory, {5, 8, 9, 9}, metric);
    ASSERT_EQ(run_binary({"anonymize", job}).exit_code, 0);
    const json report = json::parse(read_text(directory.path("out/release/report.json")));
    const bool is_told = metric == "loss" || metric == "precision";
    for (const char* key : {"loss", "loss_per_qi", "lower_bound", "gap"})
      EXPECT_EQ(report.at(key).is_null(), !is_told) << metric << ", " << key;
    const std::string html = report_of(directory, {job, "--external"});
    EXPECT_EQ(html.find("This figure is not told: by the metric " + metric) == std::string::npos, is_told);
    EXPECT_EQ(html.find("a suppressed record counts 1") != std::string::npos, is_told) << metric;
  }
}

/// 11 records in their twenties, of `twenties` ages, and 22 in their thirties, of `thirties`.
std::string age_job(const TemporaryDirectory& directory, int twenties, int thirties,
                    const std::string& extra) {
  std::string text = "age,sex\n";
  for (int i = 0; i < 11; ++i) text += std::to_string(20 + i % twenties) + ",any\n";
  for (int i = 0; i < 22; ++i) text += std::to_string(30 + i % thirties) + ",any\n";
  directory.write("records.csv", text);
  return directory.write(
      "job.toml",
      "[input]\npath = \"records.csv\"\n[columns.age]\nrole = \"quasi_identifier\"\nhierarchy = { kind = "
      "\"intervals\", widths = [10, 100] }\n[columns.sex]\nrole = \"quasi_identifier\"\n[privacy]\nk = 11\n"
      "max_suppressed = 0\n[output]\nname = \"cases\"\nformats = [\"csv\"]\n" +
          extra);
}

TEST(ExternalLoss, DoesNotTellHowManyValuesAnIntervalHas) {
  const auto external = [](int twenties, int thirties, const std::string& extra) {
    const TemporaryDirectory directory;
    const std::string job = age_job(directory, twenties, thirties, extra);
    EXPECT_EQ(run_binary({"anonymize", job}).exit_code, 0);
    const std::string answer = read_text(directory.path("out/release/report.json"));
    const json report = json::parse(answer);
    EXPECT_EQ(report.at("loss").is_null(), extra.empty());
    const std::string released = read_text(directory.path("out/release/cases.csv"));
    EXPECT_EQ(test::count(released, "[20, 30)"), 11U) << released;
    const std::string html = report_of(directory, {job, "--external"});
    const bool is_told = html.find("depends on how many original values each interval") == std::string::npos;
    EXPECT_EQ(is_told, !extra.empty());
    return std::regex_replace(answer + html, std::regex("[0-9a-f]{64}"), "");
  };
  EXPECT_EQ(external(2, 3, ""), external(5, 6, ""));
  external(2, 3, "[loss]\nmetric = \"precision\"\n");
}

/// 40 common records and `num_rare` that are suppressed, under a policy that 5 of 45 would fail.
std::vector<std::string> withheld_files(int num_rare) {
  const TemporaryDirectory directory;
  std::string text = "town,sex\n";
  for (int i = 0; i < 40; ++i) text += "Springfield,any\n";
  for (int i = 0; i < num_rare; ++i) text += "rare,any\n";
  directory.write("records.csv", text);
  const std::string job = directory.write(
      "job.toml",
      "[input]\npath = \"records.csv\"\n[columns.town]\nrole = \"quasi_identifier\"\n[columns.sex]\n"
      "role = \"quasi_identifier\"\n[privacy]\nk = 11\n[output]\nname = \"cases\"\n[search]\n"
      "strategy = \"redact\"\n");
  const std::string policy =
      directory.write("p.toml", "[require]\nk = 11\nmin_retained = 0.9\nmax_loss = 0.1\n");
  EXPECT_EQ(run_binary({"anonymize", job}).exit_code, 0);
  const auto file = [&](const char* name) { return directory.path(name); };
  const auto gate =
      run_binary({"verify", file("out/release/cases.csv"), "--job", job, "--policy", policy, "--junit",
                  file("g.xml"), "--sarif", file("g.sarif"), "--summary", file("g.md")});
  EXPECT_EQ(gate.exit_code, num_rare == 5 ? 1 : 0) << "the command itself decides: " << gate.out;
  std::vector<std::string> texts = {report_of(directory, {job, "--external", "--policy", policy}),
                                    read_text(file("g.xml")),
                                    read_text(file("g.sarif")),
                                    read_text(file("g.md")),
                                    read_text(file("out/release/manifest.json")),
                                    read_text(file("out/release/report.json"))};
  // The name of the directory is another one each time, in Markdown with its signs escaped.
  for (std::string& t : texts)
    t = std::regex_replace(t, std::regex("throng\\\\?-test\\\\?-[A-Za-z0-9]{6}"), "");
  return texts;
}

TEST(ExternalPolicy, ThePolicyDoesNotTellHowFewRecordsAreSuppressed) {
  const std::vector<std::string> one = withheld_files(1);
  const std::vector<std::string> five = withheld_files(5);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(one[i], five[i]) << i;
    EXPECT_NE(one[i].find("the outcome would narrow down"), std::string::npos) << i;
  }
  for (const std::string& text : one) EXPECT_EQ(text.find("input_sha256"), std::string::npos) << text;
  EXPECT_EQ(one[0].find("input (SHA-256)"), std::string::npos);
  EXPECT_NE(one[0].find("External form: no count of 1 to k - 1 people."), std::string::npos);
  EXPECT_NE(withheld_files(0)[0].find("input (SHA-256)"), std::string::npos);
  EXPECT_NE(withheld_files(0)[4].find("input_sha256"), std::string::npos);
}

TEST(ExternalLoss, SortsByTheDigitsThatAreShown) {
  const TemporaryDirectory directory;
  const std::string html = report_of(directory, {write_job(directory, {5, 8, 9, 9}, "loss"), "--external"});
  const std::regex key("data-key=\"0\\.[0-9]{7,}\"");
  EXPECT_FALSE(std::regex_search(html, key));
  EXPECT_NE(html.find(">0.3333</td>"), std::string::npos);
}

}  // namespace
}  // namespace throng
