// The report verb: forms, determinism, earlier runs, and what the external form must not tell.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "report_text.hpp"
#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::count;
using test::kToy;
using test::kToyData;
using test::read_text;
using test::report_of;
using test::run_binary;
using test::TemporaryDirectory;

/// What a reader sees: no markup, no style, no script, no settings.
std::string visible_text(std::string html) {
  for (const char* block : {"<style>[^]*?</style>", "<script>[^]*?</script>", "<pre>[^]*?</pre>",
                            "<path[^>]*>", "<rect[^>]*>", "<code>[^]*?</code>"})
    html = std::regex_replace(html, std::regex(block), "");
  return html;
}

/// `num_common` records of one class and `num_rare` canaries that must be suppressed at k = 11.
std::string canary_job(const TemporaryDirectory& directory, int num_common, int num_rare) {
  std::string text = "town,age,note\n";
  for (int i = 0; i < num_common; ++i) text += "Springfield,20,common\n";
  for (int i = 0; i < num_rare; ++i) text += "CANARYTOWN" + std::to_string(i) + ",97,CANARYNOTE\n";
  directory.write("records.csv", text);
  return directory.write(
      "job.toml",
      "[input]\npath = \"records.csv\"\n[columns.town]\nrole = \"quasi_identifier\"\n"
      "[columns.age]\nrole = \"quasi_identifier\"\nhierarchy = { kind = \"intervals\", widths "
      "= [5, 10] }\n[privacy]\nk = 11\n[output]\nname = \"cases\"\n");
}

TEST(Report, PrivateFormTellsEverySection) {
  const TemporaryDirectory directory;
  const std::string html = report_of(directory, {kToy, "--policy", "ctdc-k11"}, 1);
  for (const char* id : {"verdict", "classes", "risk", "combinations", "lattice", "columns", "trends",
                         "two-way", "utility", "provenance"})
    EXPECT_EQ(count(html, "<h2 id=\"" + std::string(id) + "\">"), 1U) << id;
  EXPECT_LT(html.find("k = 3 is reached"), html.find("id=\"classes\"")) << "the verdict comes first";
  const std::size_t headline = html.find("<div class=\"verdict failed\"><p><strong>Policy ");
  EXPECT_NE(headline, std::string::npos) << "a policy that fails colours the box";
  EXPECT_LT(headline, html.find("k = 3 is reached"));
  EXPECT_LT(html.size(), 1U << 20U);
}

TEST(Report, LocalRecodingHasASectionOfItsOwn) {
  const TemporaryDirectory directory;
  const std::string html = report_of(directory, {kToy, "--strategy", "local"});
  for (const char* id : {"verdict", "classes", "risk", "combinations", "lattice", "columns", "patterns",
                         "trends", "utility", "provenance"})
    EXPECT_EQ(count(html, "<h2 id=\"" + std::string(id) + "\">"), 1U) << id;
  EXPECT_NE(html.find("one node for all records"), std::string::npos) << "the alternative beside it";
  EXPECT_EQ(html, report_of(directory, {kToy, "--strategy", "local", "--threads", "2"}));
  const std::string external = report_of(directory, {kToy, "--strategy", "suppress-cells", "--external"});
  EXPECT_EQ(count(external, "<h2 id=\"patterns\">"), 1U);
  EXPECT_EQ(count(external, "<h2 id=\"lattice\">"), 0U);
}

TEST(Report, APolicyThatFailsNamesWhatWouldSatisfyIt) {
  const TemporaryDirectory directory;
  const std::string policy = directory.write(
      "p.toml",
      "[policy]\nname = \"p\"\ntitle = \"t\"\nsource = \"s\"\n[require]\nk = 6\nmin_retained = 0.9\n");
  const std::string html = report_of(directory, {kToy, "--policy", policy}, 1);
  const std::string fix =
      "Cheapest fix: <code>throng anonymize JOB.toml --strategy optimal --k 6 --max-suppressed ";
  const std::size_t at = html.find(fix);
  ASSERT_NE(at, std::string::npos);
  const std::string limit = html.substr(at + fix.size(), html.find('<', at + fix.size()) - at - fix.size());
  const auto answer = run_binary({"search", kToy, "--k", "6", "--max-suppressed", limit, "--json"});
  EXPECT_EQ(answer.exit_code, 0) << answer.err;
  const std::string loss =
      std::regex_replace(answer.out, std::regex("[^]*\"loss\": ([0-9]\\.[0-9]{3})[^]*"), "$1");
  EXPECT_NE(html.find("its loss is " + loss, at), std::string::npos) << loss;
  EXPECT_EQ(report_of(directory, {kToy, "--policy", policy, "--external"}, 1).find("Cheapest fix"),
            std::string::npos);
}

TEST(Report, APolicyThatIsMetKeepsTheBoxGood) {
  const TemporaryDirectory directory;
  const std::string policy = directory.write("p.toml", "[require]\nk = 3\n");
  const std::string html = report_of(directory, {kToy, "--policy", policy}, 0);
  EXPECT_EQ(html.find("verdict failed"), std::string::npos);
  EXPECT_EQ(html.find("is not met"), std::string::npos);
}

TEST(Report, SaysWhatWasProvedAndNoMore) {
  const TemporaryDirectory directory;
  const std::string html = report_of(directory, {kToy});
  EXPECT_NE(
      html.find(
          "No other choice of one level per column has a smaller loss within the limit: that is proved."),
      std::string::npos);
  EXPECT_EQ(html.find("keeps more"), std::string::npos) << "local recoding may keep more";
}

TEST(Report, UtilityCardsAreAboutTheQuasiIdentifiers) {
  const TemporaryDirectory directory;
  ASSERT_EQ(run_binary({"anonymize", kToy, "--output", directory.path("out")}).exit_code, 0);
  const auto compared =
      run_binary({"compare", kToyData, directory.path("out/release/toy.csv"), "--job", kToy, "--json"});
  double sum = 0, num = 0, all = 0, num_all = 0;
  const nlohmann::json answer = nlohmann::json::parse(compared.out);
  for (const nlohmann::json& column : answer.at("columns")) {
    const double distance = column.at("total_variation");
    all += distance;
    ++num_all;
    if (column.at("role").get<std::string>() != "quasi_identifier") continue;
    sum += distance;
    ++num;
  }
  ASSERT_GT(num, 0);
  ASSERT_NE(num, num_all);
  const std::string html = report_of(directory, {kToy});
  const std::size_t at = html.find("Mean distance");
  ASSERT_NE(at, std::string::npos);
  const std::string card = html.substr(at - 200, 600);
  EXPECT_NE(card.find(fmt::format("{:.3f}", sum / num)), std::string::npos) << card;
  EXPECT_NE(card.find(fmt::format("over all columns {:.3f}.", all / num_all)), std::string::npos) << card;
  EXPECT_NE(html.find("half the sum of the differences of all shares"), std::string::npos);
}

TEST(Report, NoFixIsClaimedThatWasNotComputed) {
  const TemporaryDirectory directory;
  const std::string html = report_of(directory, {kToy});
  EXPECT_EQ(html.find("several columns, as the release"), std::string::npos);
  EXPECT_NE(html.find("drop <bdi>age</bdi> and coarsen <bdi>country</bdi> to level 1 of 2"),
            std::string::npos)
      << "the least sum of losses of two columns";
  EXPECT_EQ(html.find("no single column is enough"), std::string::npos) << "two were tried";
}

TEST(Report, MetricsWithoutALossPerColumnHaveAReport) {
  const TemporaryDirectory directory;
  const std::string text =
      std::regex_replace(read_text(kToy), std::regex("\\.\\./datasets"), THRONG_SOURCE_DIR "/datasets");
  const std::string job = directory.write(
      "job.toml", text + "[loss]\nmetric = \"discernibility\"\n[search]\nstrategy = \"flash\"\n");
  const std::string html = report_of(directory, {job});
  EXPECT_EQ(count(html, "<h2 id=\"columns\">"), 1U);
  EXPECT_NE(html.find("Cheapest fix"), std::string::npos) << "columns still have a loss of their own";
}

TEST(Report, SameBytesForAnyNumberOfThreads) {
  const TemporaryDirectory directory;
  const std::string one = report_of(directory, {kToy, "--threads", "1"});
  EXPECT_EQ(one, report_of(directory, {kToy, "--threads", "2"}));
}

TEST(Report, ExternalFormHoldsNoCanaryAndNoSmallCount) {
  for (const int num_rare : {1, 3, 10}) {
    const TemporaryDirectory directory;
    const std::string job = canary_job(directory, 40, num_rare);
    const std::string html = report_of(directory, {job, "--external"});
    EXPECT_EQ(html.find("CANARY"), std::string::npos);
    const std::string text = visible_text(html);
    // 40 rows are released; how many were read must not follow from anything.
    EXPECT_NE(text.find(">40<"), std::string::npos) << text;
    EXPECT_EQ(text.find(">" + std::to_string(40 + num_rare) + "<"), std::string::npos) << text;
    EXPECT_EQ(text.find(" of " + std::to_string(40 + num_rare)), std::string::npos) << text;
    EXPECT_NE(text.find("not told: fewer than 11 records are suppressed"), std::string::npos) << text;
    EXPECT_EQ(count(text, "id=\"lattice\""), 0U);
    EXPECT_EQ(count(text, "id=\"combinations\""), 0U);
    EXPECT_EQ(count(text, "id=\"utility\""), 0U);
  }
}

TEST(Report, ExternalFormHasNoCountBelowKAtAll) {
  const TemporaryDirectory directory;
  std::string text = "town,age\n";
  for (int i = 0; i < 400; ++i)
    text += "town" + std::to_string(i * i % 23) + "," + std::to_string(20 + i % 7) + "\n";
  directory.write("records.csv", text);
  const std::string job = directory.write(
      "job.toml",
      "[input]\npath = \"records.csv\"\n[columns.town]\nrole = \"quasi_identifier\"\n[columns.age]\nrole = "
      "\"quasi_identifier\"\nhierarchy = { kind = \"intervals\", widths = [5, 10] }\n[privacy]\nk = 11\n");
  const std::string html = visible_text(report_of(directory, {job, "--external"}));
  // Texts behind bars are counts of people: "37" or "37 in 3 classes".
  const std::regex bar("class=\"small\">([0-9,]+)( in [0-9,]+ class(es)?)?<");
  int seen = 0;
  for (std::sregex_iterator at(html.begin(), html.end(), bar), end; at != end; ++at, ++seen) {
    const int records = std::stoi((*at)[1].str());
    EXPECT_TRUE(records == 0 || records >= 11) << (*at)[0].str();
  }
  EXPECT_GT(seen, 3);
}

TEST(Report, PayloadsInNamesAndValuesStayText) {
  const TemporaryDirectory directory;
  const std::string payload = "<img src=x onerror=alert(1)>";
  std::string text = "\"" + payload + "\",\"</script><script>alert(2)</script>\"\n";
  for (int i = 0; i < 24; ++i)
    text += i % 2 == 0 ? "=cmd|' /C calc'!A0,\"\"\"><svg onload=alert(3)>\"\n" : "@x,{{7*7}}\n";
  directory.write("records.csv", text);
  const std::string job = directory.write(
      "job.toml",
      "[input]\npath = \"records.csv\"\ndefault_role = \"quasi_identifier\"\n[privacy]\nk = 11\n");
  for (const bool is_external : {false, true}) {
    std::vector<std::string> arguments = {job};
    if (is_external) arguments.emplace_back("--external");
    const std::string html = report_of(directory, arguments);
    EXPECT_EQ(html.find("<img"), std::string::npos);
    EXPECT_EQ(html.find("<svg onload"), std::string::npos);
    EXPECT_EQ(count(html, "<script"), 1U);
    EXPECT_EQ(count(html, "</script"), 1U);
    EXPECT_NE(html.find("&lt;img src=x onerror=alert(1)&gt;"), std::string::npos);
  }
}

TEST(Report, NoSolutionSaysWhatWouldBeOne) {
  const TemporaryDirectory directory;
  const std::string job = canary_job(directory, 40, 3);
  const std::string html = report_of(directory, {job, "--strategy", "redact", "--max-suppressed", "0"}, 1);
  EXPECT_NE(html.find("No release: no node satisfies the limit"), std::string::npos);
  EXPECT_NE(html.find("Cheapest fix: --strategy optimal keeps the limit"), std::string::npos);
  EXPECT_NE(html.find("Or set max_suppressed to 3 (7.0 %)"), std::string::npos);
  const std::string external =
      report_of(directory, {job, "--strategy", "redact", "--max-suppressed", "0", "--external"}, 1);
  EXPECT_EQ(visible_text(external).find("7.0 %"), std::string::npos) << "how many are rare is not told";
}

}  // namespace
}  // namespace throng
