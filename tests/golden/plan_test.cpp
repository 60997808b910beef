// Plans as users save and apply them: the same table, the next one, and what must be refused.
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

constexpr const char* kPlanJob =
    "[input]\npath = \"in.csv\"\n[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"towns.csv\"\n"
    "[columns.age]\nrole = \"quasi_identifier\"\nhierarchy = { kind = \"intervals\", widths = [10] }\n"
    "[privacy]\nk = 3\n[search]\nstrategy = \"local\"\n";

std::string records(const std::string& record, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += record + "\n";
  return text;
}

std::string read(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

class Plan : public ::testing::Test {
 protected:
  Plan() {
    directory_.write("towns.csv", "Avon;west;*\nBray;west;*\nCork;east;*\nDeal;east;*\n");
    directory_.write("in.csv",
                     "town,age\n" + records("Avon,21", 6) + records("Bray,21", 2) + records("Cork,33", 5));
    directory_.write("job.toml", kPlanJob);
  }

  RunResult run(const std::vector<std::string>& arguments) const {
    return run_binary(arguments, {directory_.path(), "", 0});
  }
  json answer(const std::vector<std::string>& arguments) const {
    const RunResult result = run(arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return json::parse(result.out);
  }
  void save() const { answer({"search", "job.toml", "--json", "--plan", "plan.toml"}); }
  [[nodiscard]] std::string plan() const { return read(directory_.path("plan.toml")); }

  TemporaryDirectory directory_;
};

TEST_F(Plan, IsPrivateAndTellsTheClasses) {
  save();
  struct stat status {};
  ASSERT_EQ(::stat(directory_.path("plan.toml").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_NE(plan().find("throng_plan = 1\n"), std::string::npos);
  EXPECT_NE(plan().find("{ records = 5, levels = [0, 0], values = [\"Cork\", \"33\"] }"), std::string::npos);
  EXPECT_NE(plan().find("levels = [1, 0], values = [\"west\", \"21\"]"), std::string::npos);
}

TEST_F(Plan, AppliedToItsOwnTableKeepsEveryClass) {
  const json made = answer({"anonymize", "job.toml", "--json", "--plan", "plan.toml"});
  const json again = answer({"apply", "--plan", "plan.toml", "job.toml", "--json", "--output", "out2"});
  EXPECT_EQ(again.at("loss"), made.at("loss"));
  EXPECT_EQ(again.at("verified"), true);
  const json& drift = again.at("drift");
  EXPECT_EQ(drift.at("classes_kept"), made.at("classes"));
  EXPECT_EQ(drift.at("classes_broken"), 0);
  EXPECT_EQ(drift.at("records_fitting"), 13);
  EXPECT_EQ(drift.at("records_recoded"), 0);
  EXPECT_EQ(drift.at("loss_planned"), drift.at("loss_now"));
}

TEST_F(Plan, AppliedToTheNextTableRecodesWhatNoLongerHolds) {
  save();
  directory_.write("next.csv", "town,age\n" + records("Avon,21", 7) + records("Bray,21", 1) +
                                   records("Cork,33", 1) + records("Deal,33", 3));
  const std::vector<std::string> apply = {"apply",   "--plan",   "plan.toml", "job.toml",
                                          "--input", "next.csv", "--output",  "out"};
  std::vector<std::string> as_json = apply;
  as_json.emplace_back("--json");
  const json drift = answer(as_json).at("drift");
  EXPECT_EQ(drift.at("classes_planned"), 3);
  EXPECT_EQ(drift.at("classes_kept"), 2);
  EXPECT_EQ(drift.at("classes_broken"), 1);
  EXPECT_EQ(drift.at("records_fitting"), 9);
  EXPECT_EQ(drift.at("records_not_fitting"), 3);
  EXPECT_EQ(drift.at("records_recoded"), 4);
  EXPECT_EQ(run({"verify", "out/release/job.csv", "--job", "job.toml"}).exit_code, 0);
  EXPECT_NE(run(apply).out.find("of 3 classes 2 held, 1 broke"), std::string::npos);
}

TEST_F(Plan, DriftStaysInThePrivatePart) {
  save();
  answer({"apply", "--plan", "plan.toml", "job.toml", "--json", "--output", "out"});
  EXPECT_EQ(read(directory_.path("out/release/report.json")).find("drift"), std::string::npos);
  EXPECT_NE(read(directory_.path("out/private/report.json")).find("\"drift\""), std::string::npos);
}

TEST_F(Plan, OfSuppressedCellsStaysOne) {
  answer({"search", "job.toml", "--json", "--strategy", "suppress-cells", "--plan", "plan.toml"});
  const json again = answer({"apply", "--plan", "plan.toml", "job.toml", "--json"});
  EXPECT_EQ(again.at("strategy"), "suppress-cells");
  EXPECT_EQ(again.at("cells").at("generalized"), 0);
}

TEST_F(Plan, ForgetsValuesThatTheTableHasNot) {
  save();
  directory_.write("next.csv", "town,age\n" + records("Avon,47", 4));
  const json drift =
      answer({"apply", "--plan", "plan.toml", "job.toml", "--json", "--input", "next.csv"}).at("drift");
  EXPECT_EQ(drift.at("classes_planned"), 3);
  EXPECT_EQ(drift.at("classes_kept"), 0);
  EXPECT_EQ(drift.at("records_recoded"), 4);
}

TEST_F(Plan, IsRefusedWithPlaceAndFix) {
  save();
  const std::string good = plan();
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
  };
  struct PlanMistake {
    std::string text;
    std::vector<std::string> more;
    const char* place;
    const char* fix;
  };
  const std::vector<PlanMistake> mistakes = {
      {good, {"--k", "4"}, "plan.toml:4:", "--k 3"},
      {good, {"--qi", "town"}, "plan.toml:9:", "the same columns"},
      {changed("throng_plan = 1", "throng_plan = 2"), {}, "plan.toml:2:", "make a new plan"},
      {changed("throng_plan = 1", "other = 1"), {}, "plan.toml:1:1", "that --plan wrote"},
      {changed("strategy = \"local\"", "strategy = \"optimal\""), {}, "plan.toml:5:", "make a new plan"},
      {changed("strategy = \"local\"", "strategy = \"locl\""), {}, "plan.toml:5:", "did you mean \"local\""},
      {changed("rows =", "row ="), {}, "plan.toml:6:", "did you mean `rows`"},
      {changed("classes = [", "classes = ["), {"--max-suppressed", "-1"}, "--max-suppressed", "0.05"},
      {changed("levels = [1, 0]", "levels = [1]"), {}, "plan.toml:", "make a new plan"},
      {changed("levels = [1, 0]", "levels = [7, 0]"), {}, "no level 7; its highest is 2", "make a new plan"},
      {changed("\"west\"", "\"south\""), {}, "column `town`", "make a new plan"},
      {changed("\"west\"", "west"), {}, "plan.toml:", "toml.io"},
      {good.substr(0, good.size() / 2), {}, "plan.toml:", "not valid TOML"},
      {"", {}, "plan.toml:1:1", "make a new plan"},
  };
  for (const PlanMistake& mistake : mistakes) {
    directory_.write("plan.toml", mistake.text);
    std::vector<std::string> arguments = {"apply", "--plan", "plan.toml", "job.toml"};
    arguments.insert(arguments.end(), mistake.more.begin(), mistake.more.end());
    const RunResult result = run(arguments);
    EXPECT_EQ(result.exit_code, 2) << mistake.fix << result.err;
    EXPECT_EQ(result.out, "");
    EXPECT_NE(result.err.find(mistake.place), std::string::npos) << result.err << " lacks " << mistake.place;
    EXPECT_NE(result.err.find(mistake.fix), std::string::npos) << result.err << " lacks " << mistake.fix;
  }
}

TEST_F(Plan, IsRefusedForAnotherHierarchy) {
  save();
  directory_.write("towns.csv", "Avon;west;*\nBray;east;*\nCork;east;*\nDeal;east;*\n");
  const RunResult result = run({"apply", "--plan", "plan.toml", "job.toml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.err.find("plan.toml:10:"), std::string::npos) << result.err;
  EXPECT_NE(result.err.find("`town`: the plan was made with another hierarchy"), std::string::npos);
}

TEST_F(Plan, IsNotWrittenWhereItDoesNotBelong) {
  const auto error_of = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"anonymize", "job.toml", "--plan"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const RunResult result = run(arguments);
    EXPECT_NE(result.exit_code, 0);
    EXPECT_EQ(result.out, "");
    return result.err;
  };
  EXPECT_NE(error_of({"out/release/plan.toml"}).find("a plan is private"), std::string::npos);
  EXPECT_NE(error_of({"plan.toml", "--strategy", "optimal"}).find("--strategy local"), std::string::npos);
  EXPECT_NE(error_of({"absent/plan.toml"}).find("directory is not there"), std::string::npos);
  EXPECT_NE(run({"apply", "job.toml"}).err.find("--plan"), std::string::npos);
  EXPECT_NE(run({"apply", "--plan", "absent.toml", "job.toml"}).err.find("absent.toml"), std::string::npos);
}

TEST_F(Plan, LevelsOfAColumnAreKeptAndExplained) {
  const auto with_levels = [&](const std::string& levels) {
    std::string job = kPlanJob;
    const std::string key = "\"towns.csv\"\n";
    directory_.write("job.toml", job.replace(job.find(key), key.size(), key + "levels = " + levels + "\n"));
  };
  with_levels("[2, 0]");
  EXPECT_FALSE(answer({"search", "job.toml", "--json"}).at("levels").at("town").contains("1"));
  EXPECT_NE(run({"explain", "job.toml"}).out.find("at level 0 or 2 only"), std::string::npos);
  const std::string shown = run({"config", "show", "job.toml", "--origin"}).out;
  EXPECT_NE(shown.find("columns.town.levels = [0, 2]"), std::string::npos) << shown;
  with_levels("1");
  EXPECT_EQ(answer({"search", "job.toml", "--json"}).at("levels").at("town").size(), 1U);
  const auto error_with = [&](const char* levels, const std::vector<std::string>& more = {}) {
    with_levels(levels);
    std::vector<std::string> arguments = {"search", "job.toml"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const RunResult result = run(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_NE(result.err.find("job.toml:6:"), std::string::npos) << result.err;
    return result.err;
  };
  EXPECT_NE(error_with("[0, 3]").find("no level 3; did you mean 2?"), std::string::npos);
  EXPECT_NE(error_with("[]").find("`levels` is empty"), std::string::npos);
  EXPECT_NE(error_with("\"west\"").find("counted from 0"), std::string::npos);
  EXPECT_NE(error_with("[0, -1]").find("counted from 0"), std::string::npos);
  EXPECT_NE(error_with("[1]", {"--strategy", "suppress-cells"}).find("allow 0 or 2"), std::string::npos);
  EXPECT_NE(error_with("[1]", {"--strategy", "optimal"}).find("strategy = \"local\""), std::string::npos);
}

}  // namespace
}  // namespace throng
