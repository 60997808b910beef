// Declares the verbs that people read to CLI11.
#include "verb_options.hpp"

#include "completion.hpp"

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

void add_checkpoint(CLI::App* app, Overrides& overrides) {
  app->add_option("--checkpoint-dir", overrides.checkpoint_dir, "Save the state here, go on from it")
      ->type_name("DIR");
  app->add_option("--checkpoint-interval", overrides.checkpoint_interval, "Between two saves (default 300)")
      ->type_name("SECONDS");
  app->add_option("--resume", overrides.resume, "auto, never or require (default auto)")->type_name("HOW");
  app->add_option("--stop-after", overrides.stop_after, "Then save the state and exit 75")
      ->type_name("SECONDS");
}

void add_shard(CLI::App* app, Overrides& overrides) {
  CLI::Option* shard =
      app->add_option("--shard", overrides.shard, "Do share I of N only, for throng merge")->type_name("I/N");
  app->add_option("--shard-file", overrides.shard_file, "Default: in the job's output directory")
      ->type_name("FILE")
      ->needs(shard);
}

void add_gate(CLI::App* app, GateArguments& gate) {
  CLI::Option* policy = app->add_option("--policy", gate.policy, "Policy file, or a shipped one: exit 0 or 1")
                            ->type_name("POLICY");
  app->add_option("--junit", gate.junit, "Verdict as JUnit XML")->type_name("FILE.xml")->needs(policy);
  app->add_option("--sarif", gate.sarif, "Verdict as SARIF 2.1.0")->type_name("FILE.sarif")->needs(policy);
  app->add_option("--summary", gate.summary, "Verdict as Markdown")->type_name("FILE.md")->needs(policy);
}

void add_apply(CLI::App& app, Command& command) {
  CLI::App* apply = app.add_subcommand("apply", "Release the next table by an earlier plan");
  apply->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  apply->add_option("--plan", command.plan, "What --plan of an earlier run wrote")
      ->required()
      ->type_name("PLAN.toml");
  apply->add_option("--input", command.overrides.input, "Table instead of the job's")->type_name("FILE");
  add_basic_overrides(apply, command.overrides);
  apply->add_option("--max-suppressed", command.overrides.max_suppressed, "Limit: fraction or count")
      ->type_name("X");
  apply->add_option("--seed", command.overrides.seed, "Order of the released rows")->type_name("S");
  apply->add_option("--output", command.overrides.output, "Output directory")->type_name("DIR");
  apply->add_flag("--json", command.is_json, "Print the answer as JSON");
  add_output_style(apply, command);
  apply->footer("Example: throng apply --plan plan.toml jobs/ctdc-like-local.toml");
  apply->callback([&] { command.verb = Verb::kApply; });
}

void add_plan(CLI::App* app, Command& command) {
  app->add_option("--plan", command.plan, "Save a local recoding for apply, private")->type_name("PLAN.toml");
}

void add_verify_proof(CLI::App& app, Command& command) {
  CLI::App* proof = app.add_subcommand("verify-proof", "Check a certificate of optimality: exit 0 or 1");
  proof->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  proof->add_option("file", command.file, "What search --certificate wrote")->required()->type_name("FILE");
  add_basic_overrides(proof, command.overrides);
  proof->add_option("--max-suppressed", command.overrides.max_suppressed, "Limit: fraction or count")
      ->type_name("X");
  proof->add_flag("--json", command.is_json, "Print the verdict as JSON");
  add_output_style(proof, command);
  proof->footer("Example: throng verify-proof jobs/ctdc-like.toml proof.json");
  proof->callback([&] { command.verb = Verb::kVerifyProof; });
}

void add_compare(CLI::App& app, Command& command) {
  CLI::App* compare = app.add_subcommand("compare", "What a release still tells an analyst");
  compare->add_option("before", command.before, "Table the release was made from")
      ->required()
      ->type_name("BEFORE");
  compare->add_option("after", command.file, "Released .csv or .h5")->required()->type_name("AFTER");
  compare->add_option("--job", command.job, "Of the release; default: no generalization")
      ->type_name("JOB.toml");
  add_basic_overrides(compare, command.overrides);
  compare->add_flag("--json", command.is_json, "Print every figure as JSON");
  compare->add_flag("--dry-run", command.is_dry_run, "Print sizes and estimates only");
  add_output_style(compare, command);
  compare->footer("Example: throng compare cases.csv out/release/cases.csv --job cases.toml");
  compare->callback([&] { command.verb = Verb::kCompare; });
}

/// --run FILE, once or twice: what it is shows its name.
void add_runs(CLI::App* report, Command& command) {
  report
      ->add_option_function<std::vector<std::string>>(
          "--run",
          [&command](const std::vector<std::string>& files) {
            for (const std::string& file : files)
              (file.ends_with(".h5") ? command.audited : command.run) = file;
          },
          "Of a search --json or audit --output, or both")
      ->type_name("FILE.json|.h5")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_report(CLI::App& app, Command& command) {
  CLI::App* report = app.add_subcommand("report", "One HTML page to decide from");
  report->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  add_basic_overrides(report, command.overrides);
  report->add_option("--max-suppressed", command.overrides.max_suppressed, "Limit: fraction or count")
      ->type_name("X");
  report->add_option("--max-size", command.overrides.max_size, "Only combinations of up to S columns")
      ->type_name("S");
  report->add_option("--strategy", command.overrides.strategy, "optimal, local, suppress-cells, ...")
      ->type_name("NAME");
  report->add_flag("--external", command.is_external, "The form that may leave the house");
  add_runs(report, command);
  report->add_flag("--dry-run", command.is_dry_run, "Print sizes and estimates, write nothing");
  report->add_option("--output", command.html, "Default: in the job's output directory")
      ->type_name("FILE.html");
  report->add_option("--policy", command.gate.policy, "Show this policy's verdict on the release")
      ->type_name("POLICY");
  add_output_style(report, command);
  report->footer("Example: throng report jobs/ctdc-like.toml --output report.html");
  report->callback([&] { command.verb = Verb::kReport; });
}

void add_describe(CLI::App& app, Command& command) {
  CLI::App* describe = app.add_subcommand("describe", "What is in a table, with suggested roles");
  describe->add_option("file", command.file, "Table: .csv or .h5")->required()->type_name("FILE");
  describe->add_flag("--json", command.is_json, "Print the columns as JSON");
  add_output_style(describe, command);
  describe->footer("Example: throng describe cases.csv");
  describe->callback([&] { command.verb = Verb::kDescribe; });
}

void add_init(CLI::App& app, Command& command) {
  CLI::App* init = app.add_subcommand("init", "Write a first job file to edit");
  init->add_option("file", command.file, "Table: .csv or .h5")->required()->type_name("FILE");
  init->add_option("--output", command.html, "Default: FILE's name with .toml, here")->type_name("JOB.toml");
  add_output_style(init, command);
  init->footer("Example: throng init cases.csv --output cases.toml");
  init->callback([&] { command.verb = Verb::kInit; });
}

void add_explain(CLI::App& app, Command& command) {
  CLI::App* explain = app.add_subcommand("explain", "Say in plain words what a job does");
  explain->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  add_basic_overrides(explain, command.overrides);
  add_output_style(explain, command);
  explain->footer("Example: throng explain jobs/ctdc-like.toml");
  explain->callback([&] { command.verb = Verb::kExplain; });
}

void add_merge(CLI::App& app, Command& command) {
  CLI::App* merge = app.add_subcommand("merge", "The answer of all shards of one run, as JSON");
  merge->add_option("files", command.shards, "Files of --shard")->required()->type_name("FILE...");
  merge->add_option("--output", command.arrays, "Figures of every combination")->type_name("FILE.h5");
  merge->add_flag("--external", command.is_external, "Of an audit: without small counts, for others");
  add_output_style(merge, command);
  merge->footer("Example: throng merge out/cases-audit-*-of-8.shard");
  merge->callback([&] { command.verb = Verb::kMerge; });
}

void add_slurm_script(CLI::App& app, Command& command) {
  CLI::App* script = app.add_subcommand("slurm-script", "Print a Slurm batch script for a job");
  script->add_option("job,--config", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  script->add_option("--verb", command.slurm.verb, "search, anonymize (default) or audit")->type_name("VERB");
  script->add_option("--time", command.slurm.time, "Time limit (default 01:00:00)")->type_name("HH:MM:SS");
  script->add_option("--nodes", command.slurm.nodes, "Nodes (default 1)")->type_name("N");
  script->add_option("--ranks", command.slurm.ranks, "Ranks per node (default 1)")->type_name("N");
  script->add_option("--threads", command.overrides.threads, "Threads per rank (default 1)")->type_name("N");
  script->add_option("--checkpoint-dir", command.overrides.checkpoint_dir, "Default: one per submission")
      ->type_name("DIR");
  script
      ->add_option("--checkpoint-interval", command.overrides.checkpoint_interval,
                   "Between two saves (default 300)")
      ->type_name("SECONDS");
  script->add_option("--margin", command.slurm.margin, "Save so long before the limit (default 120)")
      ->type_name("SECONDS");
  add_output_style(script, command);
  script->footer("Example: throng slurm-script jobs/ctdc-like.toml --nodes 2 | sbatch");
  script->callback([&] { command.verb = Verb::kSlurmScript; });
}

void add_self_description(CLI::App& app, Command& command) {
  CLI::App* completion = app.add_subcommand("completion", "Print the completion script of a shell");
  completion->add_option("shell", command.shell, "bash, zsh or fish")->required()->type_name("SHELL");
  completion->footer("Example: throng completion bash > throng.bash; . ./throng.bash");
  completion->callback([&] { command.text = completion_script(app, command.shell); });
  CLI::App* man = app.add_subcommand("man", "Print the manual page");
  man->footer("Example: throng man > throng.1; man ./throng.1");
  man->callback([&] { command.text = manual_page(app); });
}

}  // namespace throng
