// The compare verb on releases that the binary wrote itself.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using nlohmann::json;
using test::kToy;
using test::kToyData;
using test::run_binary;
using test::TemporaryDirectory;

TEST(CompareVerb, AgreesWithTheSearchOnItsOwnRelease) {
  const TemporaryDirectory directory;
  const auto released = run_binary({"anonymize", kToy, "--json", "--output", directory.path("out")});
  ASSERT_EQ(released.exit_code, 0) << released.err;
  const json answer = json::parse(released.out);
  for (const char* file : {"out/release/toy.csv", "out/release/toy.h5"}) {
    const auto result = run_binary({"compare", kToyData, directory.path(file), "--job", kToy, "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json found = json::parse(result.out);
    // Two computations that share no code: the loss of the search and that of the released file.
    EXPECT_NEAR(found.at("loss").get<double>(), answer.at("loss").get<double>(), 1e-12);
    EXPECT_EQ(found.at("rows_after"), answer.at("retained"));
    for (const json& column : found.at("columns"))
      if (column.contains("loss")) {
        EXPECT_NEAR(column.at("loss").get<double>(),
                    answer.at("loss_per_qi").at(column.at("name").get<std::string>()).get<double>(), 1e-12);
      }
  }
}

TEST(CompareVerb, NeedsNoJobWhereNothingIsGeneralized) {
  const TemporaryDirectory directory;
  const std::string before = directory.write("before.csv", "town,age\nA,1\nA,2\nB,1\nB,1\n");
  const std::string after = directory.write("after.csv", "town,age\nA,*\nB,1\nB,1\n");
  const std::string job =
      directory.write("job.toml", "[input]\npath = \"before.csv\"\ndefault_role = \"quasi_identifier\"\n");
  const auto result = run_binary({"compare", before, after, "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, run_binary({"compare", before, after, "--json", "--job", job}).out);
  EXPECT_EQ(json::parse(result.out).at("cells_retained"), 5.0 / 8);
  directory.write("after.csv", "town,age\nA,1-2\nB,1\nB,1\n");
  const auto generalized = run_binary({"compare", before, after});
  EXPECT_EQ(generalized.exit_code, 3);
  EXPECT_NE(generalized.err.find("column `age`"), std::string::npos) << generalized.err;
  EXPECT_NE(generalized.err.find("give --job"), std::string::npos) << generalized.err;
}

TEST(CompareVerb, DryRunComparesNothing) {
  const TemporaryDirectory directory;
  const std::vector<std::string> arguments = {"compare", kToyData, kToyData, "--job", kToy, "--dry-run"};
  const auto text = run_binary(arguments);
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_NE(text.out.find("would compare 4 shared columns and 6 pairs"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("dry run: nothing was compared"), std::string::npos) << text.out;
  std::vector<std::string> as_json = arguments;
  as_json.emplace_back("--json");
  const json found = json::parse(run_binary(as_json).out);
  EXPECT_EQ(found.at("rows_before"), 12);
  EXPECT_EQ(found.at("pairs"), 6);
  EXPECT_EQ(found.at("written"), false);
}

TEST(CompareVerb, CellsNeutralizedAgainstFormulasAreReadAsTheyWere) {
  const TemporaryDirectory directory;
  std::string text = "a,b\n";
  for (int i = 0; i < 4; ++i) text += "=SUM(1),-1\n=SUM(1),'-1\n+x,''@\n";
  const std::string input = directory.write("in.csv", text);
  const std::string job = directory.write("job.toml",
                                          "[input]\npath = \"in.csv\"\n[columns.a]\nrole = "
                                          "\"quasi_identifier\"\n[privacy]\nk = 2\n[output]\nname = "
                                          "\"x\"\n");
  ASSERT_EQ(run_binary({"anonymize", job}).exit_code, 0);
  for (const char* file : {"out/release/x.csv", "out/release/x.h5"}) {
    const auto result = run_binary({"compare", input, directory.path(file), "--job", job, "--json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    const json found = json::parse(result.out);
    EXPECT_EQ(found.at("mean_total_variation"), 0.0) << file;
    EXPECT_EQ(found.at("relative_error_2way").at("mean"), 0.0) << file;
  }
}

TEST(CompareVerb, WordsAndMistakes) {
  const TemporaryDirectory directory;
  const auto same = run_binary({"compare", kToyData, kToyData, "--job", kToy});
  EXPECT_EQ(same.exit_code, 0) << same.err;
  for (const char* word : {"12 (100.0 %) of 12 kept", "loss      0.000000", "Cramer's V", "total variation"})
    EXPECT_NE(same.out.find(word), std::string::npos) << same.out;
  const auto absent = run_binary({"compare", kToyData, directory.path("absent.csv"), "--job", kToy});
  EXPECT_EQ(absent.exit_code, 4);
  EXPECT_NE(absent.err.find("absent.csv"), std::string::npos) << absent.err;
  const auto nothing = run_binary({"compare", kToyData});
  EXPECT_EQ(nothing.exit_code, 2);
}

TEST(CompareVerb, AHeaderNeutralizedAgainstFormulasIsReadAsItWas) {
  // A column the job describes, one in the default role, one that looks neutralized already, an identifier.
  std::string text = "=a,-b,'+c,@id\n";
  for (int i = 0; i < 6; ++i) text += "=x,y,z," + std::to_string(i) + "\n";
  for (const char* format : {"csv", "h5"}) {
    const TemporaryDirectory directory;
    const std::string input = directory.write("in.csv", text);
    const std::string job = directory.write(
        "job.toml",
        "[input]\npath = \"in.csv\"\ndefault_role = \"quasi_identifier\"\n[columns.\"=a\"]\nrole = "
        "\"quasi_identifier\"\n[columns.\"'+c\"]\nrole = \"sensitive\"\n[columns.\"@id\"]\nrole = "
        "\"identifier\"\n[privacy]\nk = 3\n[output]\nname = \"cases\"\nformats = [\"csv\", \"hdf5\"]\n");
    ASSERT_EQ(run_binary({"anonymize", job}).exit_code, 0);
    const std::string release = directory.path("out/release/cases.") + format;
    const auto verified = run_binary({"verify", release, "--job", job, "--policy", "cms-cell-suppression"});
    EXPECT_EQ(verified.out.find("violated"), std::string::npos) << format << verified.out << verified.err;
    EXPECT_EQ(run_binary({"verify", release, "--job", job}).exit_code, 0) << format;
    const auto compared = run_binary({"compare", input, release, "--job", job, "--json"});
    ASSERT_EQ(compared.exit_code, 0) << format << compared.err;
    const json found = json::parse(compared.out);
    EXPECT_EQ(found.at("columns").size(), 3U) << format;
    EXPECT_EQ(found.at("cells_retained"), 1.0) << format;
  }
}

TEST(CompareVerb, AnIdentifierBehindANeutralizedHeaderIsFound) {
  const TemporaryDirectory directory;
  const std::string file = directory.write("r.csv", "'=id,town\n1,a\n2,a\n3,a\n");
  const std::string job = directory.write(
      "job.toml",
      "[input]\npath = \"in.csv\"\n[columns.\"=id\"]\nrole = \"identifier\"\n[columns.town]\nrole = "
      "\"quasi_identifier\"\n[privacy]\nk = 3\n");
  const auto result = run_binary({"verify", file, "--job", job});
  EXPECT_EQ(result.exit_code, 1) << result.out;
  EXPECT_NE(result.out.find("column `=id` is an identifier"), std::string::npos) << result.out << result.err;
}

}  // namespace
}  // namespace throng
