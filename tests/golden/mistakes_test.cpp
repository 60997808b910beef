// Eighty mistakes users make, each answered with its place and what to do; none ends in a crash or a silence.
#include <gtest/gtest.h>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::kGood;
using test::kHead;
using test::run_binary;
using test::TemporaryDirectory;

/// One mistake: the job and what is wrong beside it, the arguments, and what the answer must say.
struct Mistake {
  const char* name;
  const char* job;  ///< appended to the head of a good job
  std::vector<std::string> arguments;
  const char* place;  ///< file, line or option
  const char* fix;
};

const std::vector<std::string> kSearch = {"search", "JOB"};

const std::vector<Mistake>& mistakes() {
  static const std::vector<Mistake> list = {
      {"misspelt verb", kGood, {"anonymise", "JOB"}, "`anonymise`", "did you mean `anonymize`?"},
      {"misspelt option",
       kGood,
       {"search", "JOB", "--max-supressed", "1"},
       "--max-supressed",
       "`--max-suppressed`"},
      {"no job", kGood, {"search"}, "job", "throng search --help"},
      {"absent job", kGood, {"search", "absent.toml"}, "absent.toml", "cannot open"},
      {"k of 1", kGood, {"search", "JOB", "--k", "1"}, "--k", "write k = 2 or more"},
      {"k in words", kGood, {"search", "JOB", "--k", "eleven"}, "--k", "whole number"},
      {"k above the records", kGood, {"search", "JOB", "--k", "999"}, "999", "smaller k"},
      {"limit above one", kGood, {"search", "JOB", "--max-suppressed", "1.5"}, "--max-suppressed", "0.05"},
      {"limit above the records", kGood, {"search", "JOB", "--max-suppressed", "99"}, "99", "smaller number"},
      {"negative threads", kGood, {"search", "JOB", "--threads", "-2"}, "--threads", "whole number"},
      {"misspelt QI option", kGood, {"search", "JOB", "--qi", "twon"}, "twon", "town"},
      {"empty QI option", kGood, {"search", "JOB", "--qi", "town,"}, "--qi", "separated by commas"},
      {"misspelt strategy", kGood, {"search", "JOB", "--strategy", "optimum"}, "--strategy", "\"optimal\""},
      {"misspelt column", "[columns.twon]\nrole = \"quasi_identifier\"\n", kSearch, "job.toml:3", "town"},
      {"misspelt role", "[columns.town]\nrole = \"quasi-identifier\"\n", kSearch, "job.toml:4",
       "quasi_identifier"},
      {"no role", "[columns.town]\nweight = 1.0\n", kSearch, "job.toml:3", "write role ="},
      {"misspelt section", "[privcy]\nk = 2\n", kSearch, "job.toml:3", "did you mean `privacy`?"},
      {"misspelt key", "[privacy]\nmax_supressed = 0.1\n", kSearch, "job.toml:4",
       "did you mean `max_suppressed`?"},
      {"k as text", "[privacy]\nk = \"11\"\n", kSearch, "job.toml:4", "k = 11"},
      {"k twice", "[privacy]\nk = 2\nk = 3\n", kSearch, "job.toml:5", "keep one"},
      {"unclosed string", "[output]\nname = \"x\n", kSearch, "job.toml:4", "close the text with a quote"},
      {"bare Windows path", "[output]\ndirectory = \"C:\\Users\"\n", kSearch, "job.toml:4", "single quotes"},
      {"no quasi-identifier", "[columns.town]\nrole = \"sensitive\"\n", kSearch, "quasi", "role"},
      {"absent hierarchy", "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"absent.csv\"\n",
       kSearch, "absent.csv", "cannot open"},
      {"hierarchy misses a value", "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"short.csv\"\n",
       kSearch, "short.csv", "add"},
      {"hierarchy not nested", "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"crossed.csv\"\n",
       kSearch, "crossed.csv:2:8", "the same value here"},
      {"ragged hierarchy", "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"ragged.csv\"\n",
       kSearch, "ragged.csv:2", "add what is missing"},
      {"words in an interval column",
       "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = { kind = \"intervals\", widths = [5] }\n",
       kSearch, "town", "number"},
      {"widths out of order",
       "[columns.age]\nrole = \"quasi_identifier\"\nhierarchy = { kind = \"intervals\", widths = [10, 5] }\n",
       kSearch, "job.toml:5", "larger than the one before"},
      {"unknown kind", "[columns.age]\nrole = \"quasi_identifier\"\nhierarchy = { kind = \"interval\" }\n",
       kSearch, "job.toml:5", "\"intervals\""},
      {"weight of zero", "[columns.age]\nrole = \"quasi_identifier\"\nweight = 0.0\n", kSearch, "job.toml:5",
       "above 0"},
      {"time limit below zero", "[search]\ntime_limit_seconds = -1.0\n", kSearch, "job.toml:4", "from 0 on"},
      {"threshold of 1", "[audit]\nthresholds = [1, 5]\n", kSearch, "job.toml:4", "[2, 3, 5, 11]"},
      {"name with a slash", "[output]\nname = \"a/b\"\n", kSearch, "job.toml:4", "name = "},
      {"misspelt format", "[output]\nformats = [\"hdf\"]\n", kSearch, "job.toml:4", "hdf5"},
      {"verify without a job", kGood, {"verify", "in.csv"}, "--job", "throng verify --help"},
      {"misspelt policy",
       kGood,
       {"audit", "JOB", "--policy", "ctdc-k1"},
       "ctdc-k1",
       "did you mean `ctdc-k11`?"},
      {"gate file without a policy", kGood, {"audit", "JOB", "--sarif", "x.sarif"}, "--sarif", "--policy"},
      {"comparing with another file",
       kGood,
       {"compare", "in.csv", "other.csv", "--job", "JOB"},
       "town",
       "did you mean"},
      {"describing a directory", kGood, {"describe", "."}, "`.`", "name it .csv"},
      {"a table without records", kGood, {"describe", "header.csv"}, "header.csv", "record"},
      {"a run of another job", kGood, {"report", "JOB", "--run", "in.csv"}, "in.csv", "--json"},
      {"a run that is not there",
       kGood,
       {"report", "JOB", "--run", "absent.json"},
       "absent.json",
       "cannot open"},
      {"the rows of a local run",
       "[columns.town]\nrole = \"quasi_identifier\"\n[privacy]\nk = 2\n[search]\nstrategy = \"local\"\n",
       {"report", "JOB", "--run", "local.json"},
       "local.json",
       "private/report.json of the bundle"},
      {"misspelt strategy of a report",
       kGood,
       {"report", "JOB", "--strategy", "lokal"},
       "--strategy",
       "local"},
      {"a release that is not there",
       kGood,
       {"compare", "in.csv", "absent.csv", "--job", "JOB"},
       "absent.csv",
       "cannot open"},
      {"init over a file", kGood, {"init", "in.csv", "--output", "in.csv"}, "`in.csv`", "--output"},
      {"unknown shell", kGood, {"completion", "tcsh"}, "tcsh", "Valid: bash, zsh, fish"},
      {"k in words in a list", kGood, {"frontier", "JOB", "--each-k", "2,x"}, "--each-k", "whole number"},
      {"a job as a bench file", kGood, {"bench", "JOB"}, "job.toml:1", "valid keys: bench, datasets"},
      {"a job as a policy",
       kGood,
       {"audit", "JOB", "--policy", "job.toml"},
       "job.toml:1",
       "valid keys: policy"},
      {"a model that is not there",
       kGood,
       {"generate", "--model", "nowhere", "--rows", "5", "--output", "x.csv"},
       "nowhere/model.json",
       "cannot open"},
      {"output that is a file", kGood, {"anonymize", "JOB", "--output", "in.csv"}, "in.csv", "directory"},
      {"records in a text file", kGood, {"audit", "JOB", "--records", "x.txt"}, "x.txt", ".csv"},
      {"no verb", kGood, {}, "no verb", "throng --help"},
      {"help as a verb", kGood, {"help"}, "`help`", "`--help`"},
      {"an option before the verb", kGood, {"--k", "5", "search", "JOB"}, "`--k`", "write the verb first"},
      {"an option of one dash", kGood, {"search", "JOB", "-k", "3"}, "`-k`", "did you mean `--k`?"},
      {"the job as an option", kGood, {"search", "--job", "JOB"}, "`--job`", "throng search JOB.toml"},
      {"a table as the job", kGood, {"search", "in.csv"}, "in.csv", "throng init in.csv"},
      {"a misspelt path", kGood, {"search", "jbo.toml"}, "jbo.toml", "did you mean `job.toml`?"},
      {"a path in other letters", kGood, {"describe", "IN.csv"}, "IN.csv", "did you mean `in.csv`?"},
      {"a directory that is not there",
       kGood,
       {"search", "jobs/job.toml"},
       "jobs/job.toml",
       "no directory jobs"},
      {"a path of one's home", kGood, {"search", "~/job.toml"}, "~/job.toml", "whole path"},
      {"a directory as the release",
       kGood,
       {"verify", ".", "--job", "JOB"},
       ".: is a directory",
       "name a file in it"},
      {"tabs where the job says commas",
       "[columns.town]\nrole = \"quasi_identifier\"\n",
       {"search", "tabs.toml"},
       "tabs.toml:4",
       "delimiter = \"\\t\""},
      {"UTF-16", kGood, {"describe", "utf16.csv"}, "utf16.csv:1:1", "save the file as UTF-8"},
      {"Latin-1", kGood, {"describe", "latin1.csv"}, "latin1.csv:2:3", "Windows-1252"},
      {"a workbook", kGood, {"describe", "in.xlsx"}, "in.xlsx", "save its sheet as CSV"},
      {"an empty table", kGood, {"describe", "empty.csv"}, "empty.csv", "column names"},
      {"two columns of one name", kGood, {"describe", "twice.csv"}, "twice.csv:1:6", "rename one"},
      {"a value with two ancestors",
       "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"torn.csv\"\n", kSearch, "torn.csv:3:6",
       "give each value one row"},
      {"values in other letters", "[columns.town]\nrole = \"quasi_identifier\"\nhierarchy = \"lower.csv\"\n",
       kSearch, "column `town`", "another value of the column; add a row for each"},
      {"k of 0", kGood, {"search", "JOB", "--k", "0"}, "--k", "write k = 2 or more"},
      {"half a k", kGood, {"search", "JOB", "--k", "2.5"}, "--k", "whole number"},
      {"a QI twice", kGood, {"search", "JOB", "--qi", "town,age,town"}, "`town` twice", "once"},
      {"a space after the comma", kGood, {"search", "JOB", "--qi", "town, age"}, "` age`", "`age`"},
      {"a percentage", kGood, {"search", "JOB", "--max-suppressed", "5%"}, "`5%`", "write 0.05"},
      {"a decimal comma", kGood, {"search", "JOB", "--max-suppressed", "0,05"}, "`0,05`", "write 0.05"},
      {"a decimal comma in the job", "[privacy]\nmax_suppressed = 0,05\n", kSearch, "job.toml:4",
       "as in 0.05"},
      {"text without quotes", "[columns.town]\nrole = quasi_identifier\n", kSearch, "job.toml:4",
       "in quotes"},
      {"a role in [columns]", "[columns]\ntown = \"quasi_identifier\"\n", kSearch, "job.toml:4",
       "[columns.town]"},
      {"YAML", "privacy:\n  k: 2\n", kSearch, "job.toml:3", "write [section] and below it key = value"},
      {"a percentage in a policy",
       kGood,
       {"audit", "JOB", "--policy", "percent.toml"},
       "percent.toml:2",
       "min_retained = 0.03 for 3 %"},
      {"a report by the name of a PDF", kGood, {"report", "JOB", "--output", "r.pdf"}, "r.pdf", ".html"},
      {"an external report without a name",
       kGood,
       {"report", "JOB", "--external", "--output", ""},
       "--output",
       ".html"},
      {"a private report among what is released",
       kGood,
       {"report", "JOB", "--output", "out/release/report.html"},
       "out/release/report.html lies in the release",
       "name a file outside"},
      {"an audit file among what is released",
       kGood,
       {"audit", "JOB", "--output", "out/release/audit.h5"},
       "out/release/audit.h5 lies in the release",
       "name a file outside"},
      {"risks of records among what is released",
       kGood,
       {"audit", "JOB", "--records", "out/release/risk.csv"},
       "out/release/risk.csv lies in the release",
       "name a file outside"},
      {"a verb like no other", kGood, {"policies"}, "unknown verb `policies`;", "see throng --help"},
      {"a share in words", "[privacy]\nmax_suppressed = \"5%\"\n", kSearch, "job.toml:4", "= 0.05"},
      {"a misspelt key of a policy",
       kGood,
       {"audit", "JOB", "--policy", "key.toml"},
       "key.toml:2",
       "did you mean `min_retained`?"},
  };
  return list;
}

TEST(Mistakes, EachIsAnsweredWithPlaceAndFix) {
  const TemporaryDirectory directory;
  std::string records = "town,age\n";
  for (int i = 0; i < 6; ++i) records += "Avon,20\nBray,22\n";
  directory.write("in.csv", records);
  directory.write("other.csv", "name\nx\n");
  directory.write("local.json",
                  "{\"rows\": 12, \"k\": 2, \"strategy\": \"local\", \"levels\": {\"town\": {\"0\": 12}}, "
                  "\"proved_optimal\": true, \"lower_bound\": 0, \"gap\": 0}");
  directory.write("header.csv", "town,age\n");
  directory.write("tabs.csv", "town\tage\nAvon\t20\nAvon\t21\n");
  directory.write("tabs.toml",
                  "[input]\npath = \"tabs.csv\"\ndelimiter = \",\"\n[columns.town]\nrole = "
                  "\"quasi_identifier\"\n[privacy]\nk = 2\n");
  directory.write("utf16.csv", std::string("\xff\xfet\0,\0", 6));
  directory.write("latin1.csv", "town\nAv\xf6n\n");
  directory.write("empty.csv", "");
  directory.write("twice.csv", "town,town\nAvon,x\n");
  directory.write("torn.csv", "Avon;x;*\nBray;y;*\nAvon;y;*\n");
  directory.write("lower.csv", "avon;x;*\nbray;y;*\n");
  directory.write("percent.toml", "[require]\nmin_retained = 95\n");
  directory.write("key.toml", "[require]\nmin_retaned = 0.95\n");
  directory.write("short.csv", "Avon;*\n");
  directory.write("crossed.csv", "Avon;x;1;*\nBray;x;2;*\n");
  directory.write("ragged.csv", "Avon;x;*\nBray;*\n");
  for (const Mistake& mistake : mistakes()) {
    directory.write("job.toml", std::string(kHead) + mistake.job);
    std::vector<std::string> arguments = mistake.arguments;
    for (std::string& argument : arguments)
      if (argument == "JOB") argument = "job.toml";
    const auto result = run_binary(arguments, {directory.path(), "", 0});
    EXPECT_TRUE(result.exit_code == 2 || result.exit_code == 3 || result.exit_code == 4)
        << mistake.name << ": " << result.exit_code;
    EXPECT_EQ(result.out, "") << mistake.name;
    EXPECT_NE(result.err.find(mistake.place), std::string::npos) << mistake.name << ": " << result.err;
    EXPECT_NE(result.err.find(mistake.fix), std::string::npos) << mistake.name << ": " << result.err;
  }
  EXPECT_GE(mistakes().size(), 80U);
}

}  // namespace
}  // namespace throng
