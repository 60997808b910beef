// Tests of the job file: values, defaults, paths, and what the command line replaces.
#include "throng/app/job.hpp"

#include <gtest/gtest.h>

#include "throng/app/config.hpp"

namespace throng {
namespace {

constexpr const char* kFull = R"(
[input]
path = "data/records.csv"
delimiter = ";"
missing = ["", "-99"]
default_role = "sensitive"

[columns.age]
role = "quasi_identifier"
hierarchy = { kind = "intervals", widths = [5, 10], origin = 1 }
weight = 2.5

[columns.country]
role = "quasi_identifier"
hierarchy = "../h/country.csv"

[columns.case_id]
role = "identifier"

[privacy]
k = 5
max_suppressed = 0.25

[loss]
aggregate = "geometric"

[search]
strategy = "exhaustive"
time_limit_seconds = 2
threads = 3

[audit]
thresholds = [2, 5]
max_size = 4

[output]
directory = "../results"
name = "cases"
formats = ["csv"]
suppressed = "star"
seed = 7
)";

Job with_override(std::optional<std::string> Overrides::*member, const std::string& value) {
  Job job = parse_job(kFull, "jobs/full.toml");
  Overrides overrides;
  overrides.*member = value;
  apply_overrides(job, overrides);
  return job;
}

void expect_usage_error(std::optional<std::string> Overrides::*member, const std::string& value,
                        const std::string& fragment) {
  try {
    static_cast<void>(with_override(member, value));
    ADD_FAILURE() << value << " was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ExitCode::kUsage);
    EXPECT_NE(std::string(error.what()).find(fragment), std::string::npos) << error.what();
  }
}

TEST(Job, ReadsInputAndColumns) {
  const Job job = parse_job(kFull, "jobs/full.toml");
  EXPECT_EQ(job.input.path, "jobs/data/records.csv");
  EXPECT_EQ(job.input.delimiter, ';');
  EXPECT_EQ(job.input.missing, (std::vector<std::string>{"", "-99"}));
  EXPECT_EQ(job.input.default_role, Role::kSensitive);
  ASSERT_EQ(job.input.columns.size(), 3U);
  EXPECT_EQ(job.input.columns[0].name, "age");
  EXPECT_EQ(job.input.columns[0].hierarchy.kind, HierarchySpec::Kind::kIntervals);
  EXPECT_EQ(job.input.columns[0].hierarchy.widths, (std::vector<double>{5, 10}));
  EXPECT_EQ(job.input.columns[0].hierarchy.origin, 1);
  EXPECT_EQ(job.input.columns[0].weight, 2.5);
  EXPECT_EQ(job.input.columns[1].hierarchy.path, "h/country.csv");
  EXPECT_EQ(job.input.columns[2].role, Role::kIdentifier);
}

TEST(Job, ReadsTheOtherSections) {
  const Job job = parse_job(kFull, "jobs/full.toml");
  EXPECT_EQ(job.k, 5U);
  EXPECT_EQ(job.max_suppressed, 0.25);
  EXPECT_EQ(job.aggregate, Aggregate::kGeometric);
  EXPECT_EQ(job.strategy, StrategyKind::kExhaustive);
  EXPECT_EQ(job.time_limit_seconds, 2);
  EXPECT_EQ(job.num_threads, 3);
  EXPECT_EQ(job.thresholds, (std::vector<Count>{2, 5}));
  EXPECT_EQ(job.max_size, 4U);
  EXPECT_EQ(job.directory, "results");
  EXPECT_EQ(job.name, "cases");
  EXPECT_EQ(job.formats, (std::vector<ReleaseFormat>{ReleaseFormat::kCsv}));
  EXPECT_EQ(job.suppressed, SuppressedRecords::kStar);
  EXPECT_EQ(job.seed, 7U);
}

TEST(Job, HasDefaults) {
  const Job job = parse_job("[input]\npath = \"/x/records.csv\"\n", "/jobs/small.toml");
  EXPECT_EQ(job.input.path, "/x/records.csv");
  EXPECT_EQ(job.k, 11U);
  EXPECT_EQ(job.max_suppressed, 1.0);
  EXPECT_EQ(job.strategy, StrategyKind::kOptimal);
  EXPECT_EQ(job.suppressed, SuppressedRecords::kDrop);
  EXPECT_EQ(job.directory, "/jobs/out");
  EXPECT_EQ(job.name, "small");
  EXPECT_EQ(job.audit_thresholds(), (std::vector<Count>{2, 3, 5, 11}));
}

TEST(Job, SpacesAndDotsInColumnNames) {
  const Job job =
      parse_job("[input]\npath=\"x.csv\"\n[columns.\"Age (years). x\"]\nrole=\"sensitive\"\n", "a.toml");
  ASSERT_EQ(job.input.columns.size(), 1U);
  EXPECT_EQ(job.input.columns[0].name, "Age (years). x");
}

TEST(Job, AnyLanguageInStringsAndComments) {
  const Job job = parse_job(
      "\xEF\xBB\xBF# Größe 年\n[input]\npath = 'år \"x\".csv'\nmissing = [\"\"\"é\\\"\"\"\", \"ü\\\"ñ\"]\n"
      "[columns.\"Größe\"]\nrole = \"sensitive\"\n",
      "a.toml");
  EXPECT_EQ(job.input.path, "år \"x\".csv");
  EXPECT_EQ(job.input.missing, (std::vector<std::string>{"é\"", "ü\"ñ"}));
  EXPECT_EQ(job.input.columns.at(0).name, "Größe");
}

TEST(Overrides, ReplaceValues) {
  EXPECT_EQ(with_override(&Overrides::k, "12").k, 12U);
  EXPECT_EQ(with_override(&Overrides::max_suppressed, "0.5").max_suppressed, 0.5);
  EXPECT_EQ(with_override(&Overrides::threads, "8").num_threads, 8);
  EXPECT_EQ(with_override(&Overrides::seed, "99").seed, 99U);
  EXPECT_EQ(with_override(&Overrides::output, "elsewhere").directory, "elsewhere");
  EXPECT_EQ(with_override(&Overrides::strategy, "redact").strategy, StrategyKind::kRedact);
  EXPECT_EQ(with_override(&Overrides::time_limit, "0.5").time_limit_seconds, 0.5);
}

TEST(Overrides, QiReplacesTheSet) {
  const Job job = with_override(&Overrides::qi, "country,sex");
  EXPECT_EQ(job.input.role_of("age"), Role::kSensitive);  // the default role
  EXPECT_EQ(job.input.role_of("country"), Role::kQuasiIdentifier);
  EXPECT_EQ(job.input.role_of("sex"), Role::kQuasiIdentifier);
  EXPECT_EQ(job.input.role_of("case_id"), Role::kIdentifier);
}

TEST(Overrides, RefuseWhatTheJobFileRefuses) {
  expect_usage_error(&Overrides::k, "1", "option --k = 1: k = 1 protects nobody");
  expect_usage_error(&Overrides::k, "-3", "option --k `-3` is not a whole number");
  expect_usage_error(&Overrides::k, "99999999999999999999", "not a whole number");
  expect_usage_error(&Overrides::max_suppressed, "nan", "neither a fraction");
  expect_usage_error(&Overrides::max_suppressed, "1.5", "neither a fraction");
  expect_usage_error(&Overrides::strategy, "fast", "option --strategy");
  expect_usage_error(&Overrides::threads, "many", "option --threads `many`");
  expect_usage_error(&Overrides::qi, "age,,sex", "empty column");
  expect_usage_error(&Overrides::output, "", "--output is empty");
}

TEST(Limits, FractionsAndCounts) {
  Job job;
  job.max_suppressed = 1.0;
  EXPECT_EQ(max_suppressed_records(job, 80000), 80000U);
  job.max_suppressed = 0.02;
  EXPECT_EQ(max_suppressed_records(job, 80000), 1600U);
  job.max_suppressed = 0.07;  // 0.07 * 100 is 7.000000000000001, 0.29 * 100 is 28.999999999999996
  EXPECT_EQ(max_suppressed_records(job, 100), 7U);
  job.max_suppressed = 0.29;
  EXPECT_EQ(max_suppressed_records(job, 100), 29U);
  job.max_suppressed = 0;
  EXPECT_EQ(max_suppressed_records(job, 100), 0U);
  job.max_suppressed = 100;
  EXPECT_EQ(max_suppressed_records(job, 100), 100U);
  EXPECT_THROW(static_cast<void>(max_suppressed_records(job, 99)), Error);
}

TEST(Limits, KMustFit) {
  Job job;
  job.k = 11;
  EXPECT_NO_THROW(check_k_fits(job, 11));
  EXPECT_THROW(check_k_fits(job, 10), Error);
}

TEST(Config, LinesAreAJobFileOfTheSameJob) {
  const Job job = parse_job(kFull, "/jobs/full.toml");
  std::string text;
  for (const std::string& line : configuration_lines(job, Audience::kInternal)) text += line + '\n';
  const Job again = parse_job(text, "/elsewhere/other.toml");
  EXPECT_EQ(configuration_lines(again, Audience::kInternal), configuration_lines(job, Audience::kInternal));
}

TEST(Config, ExternalFormHidesPathsSeedAndIdentifiers) {
  for (const std::string& line :
       configuration_lines(parse_job(kFull, "/jobs/full.toml"), Audience::kExternal)) {
    EXPECT_EQ(line.find('/'), std::string::npos) << line;
    EXPECT_EQ(line.find("seed"), std::string::npos) << line;
    EXPECT_EQ(line.find("records.csv"), std::string::npos) << line;
    EXPECT_EQ(line.find("case_id"), std::string::npos) << line;
  }
}

TEST(Config, NamesTheOriginOfEachValue) {
  Job job = parse_job(kFull, "full.toml");
  Overrides overrides;
  overrides.k = "12";
  apply_overrides(job, overrides);
  std::map<std::string, std::string> origins;
  for (const Setting& setting : settings_of(job, Audience::kInternal)) origins[setting.key] = setting.origin;
  EXPECT_EQ(origins.at("privacy.k"), "option --k");
  EXPECT_EQ(origins.at("privacy.max_suppressed"), "full.toml:22");
  EXPECT_EQ(origins.at("loss.metric"), "default");
  EXPECT_EQ(origins.at("columns.age.weight"), "full.toml:11");
}

TEST(Config, StringsSurviveQuoting) { EXPECT_EQ(toml_string("a\"b\\c\n"), "\"a\\\"b\\\\c\\u000A\""); }

}  // namespace
}  // namespace throng
