// Declares the verbs that people read to CLI11.
#include "verb_options.hpp"

namespace throng {

void add_output_style(CLI::App* app, Command& command) {
  app->add_flag("--quiet", command.is_quiet, "No notes and no progress on stderr");
  app->add_flag(
      "--no-color", [&](std::int64_t) { command.has_color = false; }, "No colors");
}

void add_basic_overrides(CLI::App* app, Overrides& overrides) {
  app->add_option("--qi", overrides.qi, "The quasi-identifiers, instead of the job's")->type_name("A,B,C");
  app->add_option("--k", overrides.k, "Smallest class size")->type_name("K");
  app->add_option("--threads", overrides.threads, "Threads per rank, 0 = all")->type_name("N");
}

void add_gate(CLI::App* app, GateArguments& gate) {
  CLI::Option* policy = app->add_option("--policy", gate.policy, "Policy file, or a shipped one: exit 0 or 1")
                            ->type_name("POLICY");
  app->add_option("--junit", gate.junit, "Verdict as JUnit XML")->type_name("FILE.xml")->needs(policy);
  app->add_option("--sarif", gate.sarif, "Verdict as SARIF 2.1.0")->type_name("FILE.sarif")->needs(policy);
  app->add_option("--summary", gate.summary, "Verdict as Markdown")->type_name("FILE.md")->needs(policy);
}

void add_compare(CLI::App& app, Command& command) {
  CLI::App* compare = app.add_subcommand("compare", "What a release still tells an analyst");
  compare->add_option("before", command.before, "Table the release was made from")
      ->required()
      ->type_name("BEFORE");
  compare->add_option("after", command.file, "Released .csv or .h5")->required()->type_name("AFTER");
  compare->add_option("--job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  add_basic_overrides(compare, command.overrides);
  compare->add_flag("--json", command.is_json, "Print every figure as JSON");
  add_output_style(compare, command);
  compare->footer("Example: throng compare cases.csv out/release/cases.csv --job cases.toml");
  compare->callback([&] { command.verb = Verb::kCompare; });
}

void add_report(CLI::App& app, Command& command) {
  CLI::App* report = app.add_subcommand("report", "One HTML page to decide from");
  report->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  add_basic_overrides(report, command.overrides);
  report->add_option("--max-suppressed", command.overrides.max_suppressed, "Limit: fraction or count")
      ->type_name("X");
  report->add_option("--max-size", command.overrides.max_size, "Only combinations of up to S columns")
      ->type_name("S");
  report->add_flag("--external", command.is_external, "The form that may leave the house");
  report->add_option("--run", command.run, "Answer of a search (--json), instead of searching")
      ->type_name("FILE.json");
  report->add_option("--output", command.html, "Default: in the job's output directory")
      ->type_name("FILE.html");
  report->add_option("--policy", command.gate.policy, "Show this policy's verdict on the release")
      ->type_name("POLICY");
  add_output_style(report, command);
  report->footer("Example: throng report jobs/ctdc-like.toml --output report.html");
  report->callback([&] { command.verb = Verb::kReport; });
}

}  // namespace throng
