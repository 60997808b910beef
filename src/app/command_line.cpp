// Declares verbs and options to CLI11 and turns its complaints into ours.
#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>

#include "completion.hpp"
#include "throng/core/nearest.hpp"
#include "verb_options.hpp"

namespace throng {

namespace {

constexpr const char* kVersionLine = "throng " THRONG_VERSION;

void add_overrides(CLI::App* app, Overrides& overrides) {
  add_basic_overrides(app, overrides);
  app->add_option("--max-suppressed", overrides.max_suppressed, "Limit: fraction or count")->type_name("X");
  app->add_option("--strategy", overrides.strategy, "optimal, local, suppress-cells, ...")->type_name("NAME");
  app->add_option("--time-limit", overrides.time_limit, "Then best so far and gap")->type_name("SECONDS");
  app->add_option("--seed", overrides.seed, "Order of the released rows")->type_name("S");
  app->add_option("--output", overrides.output, "Output directory")->type_name("DIR");
}

void add_job(CLI::App* app, Command& command) {
  app->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  add_overrides(app, command.overrides);
}

void add_search(CLI::App& app, Command& command) {
  CLI::App* search = app.add_subcommand("search", "Find the k-anonymous node of least loss");
  add_job(search, command);
  search->add_flag("--json", command.is_json, "Print the answer as JSON");
  search->add_option("--certificate", command.certificate, "Write a proof of the optimum, private")
      ->type_name("FILE");
  add_plan(search, command);
  search->add_flag("--dry-run", command.is_dry_run, "Print sizes and estimates only");
  add_output_style(search, command);
  add_checkpoint(search, command.overrides);
  add_shard(search, command.overrides);
  search->footer("Example: throng search jobs/ctdc-like.toml --json");
  search->callback([&] { command.verb = Verb::kSearch; });
}

void add_anonymize(CLI::App& app, Command& command) {
  CLI::App* anonymize = app.add_subcommand("anonymize", "Search, write the release, verify it");
  add_job(anonymize, command);
  anonymize->add_flag("--json", command.is_json, "Print the answer as JSON");
  add_plan(anonymize, command);
  anonymize->add_flag("--dry-run", command.is_dry_run, "Print sizes and estimates, write nothing");
  add_output_style(anonymize, command);
  add_checkpoint(anonymize, command.overrides);
  anonymize->footer("Example: throng anonymize jobs/ctdc-like.toml --k 11 --output out");
  anonymize->callback([&] { command.verb = Verb::kAnonymize; });
}

void add_verify(CLI::App& app, Command& command) {
  CLI::App* verify = app.add_subcommand("verify", "Check a released file: exit 0 or 1");
  verify->add_option("file", command.file, "Released .csv or .h5")->required()->type_name("FILE");
  verify->add_option("--job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  verify->add_option("--manifest", command.manifest, "Default: manifest.json beside FILE")->type_name("FILE");
  add_basic_overrides(verify, command.overrides);
  add_gate(verify, command.gate);
  verify->add_option("--strategy", command.overrides.strategy, "Without a manifest: how it was made")
      ->type_name("NAME");
  verify->add_flag("--json", command.is_json, "Print the findings as JSON");
  add_output_style(verify, command);
  verify->footer("Example: throng verify out/release/cases.csv --job cases.toml");
  verify->callback([&] { command.verb = Verb::kVerify; });
}

void add_audit(CLI::App& app, Command& command) {
  CLI::App* audit = app.add_subcommand("audit", "Risk of every combination of quasi-identifiers");
  audit->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  audit->add_option("--input", command.overrides.input, "Table instead of the job's, as a release")
      ->type_name("FILE");
  add_basic_overrides(audit, command.overrides);
  audit->add_option("--max-size", command.overrides.max_size, "Only combinations of up to S columns")
      ->type_name("S");
  audit->add_option("--output", command.arrays, "Figures of every combination")->type_name("FILE.h5");
  audit->add_option("--records", command.records, "Risk of every record, private")->type_name("FILE.csv|.h5");
  add_gate(audit, command.gate);
  audit->add_flag("--json", command.is_json, "Print the answer as JSON");
  audit->add_flag("--external", command.is_external, "The JSON without small counts, for others");
  audit->add_flag("--dry-run", command.is_dry_run, "Print sizes and estimates only");
  add_output_style(audit, command);
  add_checkpoint(audit, command.overrides);
  add_shard(audit, command.overrides);
  audit->footer("Example: throng audit jobs/ctdc-like.toml --max-size 3 --json");
  audit->callback([&] { command.verb = Verb::kAudit; });
}

void add_bench(CLI::App& app, Command& command) {
  CLI::App* bench = app.add_subcommand("bench", "Compare strategies on data sets");
  bench->add_option("plan", command.job, "Bench file (TOML)")->required()->type_name("BENCH.toml");
  bench->add_option("--output", command.overrides.output, "Directory of the figures")->type_name("DIR");
  bench->add_flag("--json", command.is_json, "Print the figures as JSON");
  add_output_style(bench, command);
  bench->footer("Example: throng bench bench/plans/size.toml");
  bench->callback([&] { command.verb = Verb::kBench; });
}

void add_frontier(CLI::App& app, Command& command) {
  CLI::App* frontier = app.add_subcommand("frontier", "The optimum for every suppression limit");
  frontier->add_option("job", command.job, "Job file (TOML)")->required()->type_name("JOB.toml");
  add_basic_overrides(frontier, command.overrides);
  frontier->add_option("--max-suppressed", command.overrides.max_suppressed, "Largest limit of interest")
      ->type_name("X");
  frontier->add_option("--each-k", command.each_k, "One optimum per k, at the job's limit")
      ->type_name("K,K,...");
  frontier->add_option("--time-limit", command.overrides.time_limit, "Then what is known so far")
      ->type_name("SECONDS");
  frontier->add_flag("--json", command.is_json, "Print the answer as JSON");
  add_output_style(frontier, command);
  frontier->footer("Example: throng frontier jobs/ctdc-like.toml --max-suppressed 0.1");
  frontier->callback([&] { command.verb = Verb::kFrontier; });
}

void add_generate(CLI::App& app, Command& command) {
  CLI::App* generate = app.add_subcommand("generate", "Draw records from a statistical model");
  GenerateArguments& arguments = command.generate;
  generate->add_option("--model", arguments.model, "Directory of the model")->required()->type_name("DIR");
  generate->add_option("--rows", arguments.rows, "Number of records")->required()->type_name("N");
  generate->add_option("--seed", arguments.seed, "Same seed, same bytes (default 1)")->type_name("S");
  generate->add_option("--output", arguments.output, "CSV file to write")->required()->type_name("FILE");
  generate->add_option("--threads", command.overrides.threads, "Threads, 0 = all")->type_name("N");
  add_output_style(generate, command);
  generate->footer(
      "Example: throng generate --model datasets/ctdc-like --rows 80000 \\\n"
      "           --seed 1 --output out/ctdc-like.csv");
  generate->callback([&] { command.verb = Verb::kGenerate; });
}

void add_config(CLI::App& app, Command& command) {
  CLI::App* config = app.add_subcommand("config", "Show the resolved configuration");
  CLI::App* show = config->add_subcommand("show", "Print every setting as a job file");
  config->require_subcommand(1);
  config->footer("Example: throng config show jobs/ctdc-like.toml --origin");
  add_job(show, command);
  show->add_flag("--origin", command.has_origin, "Say where each value comes from");
  add_output_style(show, command);
  show->footer("Example: throng config show jobs/ctdc-like.toml --origin");
  show->callback([&] { command.verb = Verb::kConfig; });
}

/// The verb must be known before CLI11 complains about anything else.
const CLI::App& check_verb(const CLI::App& app, const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0].starts_with('-')) return app;
  std::vector<std::string> verbs = names_of_verbs(app);
  verbs.emplace_back("--help");
  verbs.emplace_back("--version");
  if (std::find(verbs.begin(), verbs.end(), arguments[0]) == verbs.end())
    throw usage_error("unknown verb `" + arguments[0] + "`",
                      did_you_mean(arguments[0], verbs, "See throng --help"));
  const CLI::App* verb = app.get_subcommand(arguments[0]);
  const bool is_nested = arguments.size() > 1 && verb->get_name() == "config" && arguments[1] == "show";
  return is_nested ? *verb->get_subcommand("show") : *verb;
}

/// "throng search": what --help is asked of.
std::string spoken(const CLI::App& verb) {
  const CLI::App* parent = verb.get_parent();
  return parent == nullptr ? verb.get_name() : spoken(*parent) + " " + verb.get_name();
}

/// What to do about an option that `verb` does not have.
std::string fix_of_option(const CLI::App& verb, const std::string& name,
                          const std::vector<std::string>& options) {
  if (verb.get_parent() == nullptr) return "write the verb first, as in throng search JOB.toml " + name;
  if (name == "--job" && verb.get_option_no_throw("job") != nullptr)
    return "write the job alone, as in " + spoken(verb) + " JOB.toml";
  return did_you_mean(name, options, "See " + spoken(verb) + " --help");
}

/// True for `--name` and `-n`, which an option of one letter would be; not for `-1`.
bool is_option(const std::string& argument) {
  const std::size_t dashes = std::min(argument.find_first_not_of('-'), argument.size());
  return (dashes == 1 || dashes == 2) && dashes < argument.size() &&
         std::isalpha(static_cast<unsigned char>(argument[dashes])) != 0;
}

void check_options(const CLI::App& verb, const std::vector<std::string>& arguments) {
  std::vector<std::string> options;
  for (const CLI::Option* option : verb.get_options())
    for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  for (const std::string& argument : arguments) {
    const std::string name = argument.substr(0, argument.find('='));
    if (!is_option(name) || name == "-h" || std::find(options.begin(), options.end(), name) != options.end())
      continue;
    throw usage_error("unknown option `" + name + "`", fix_of_option(verb, name, options));
  }
}

}  // namespace

Command parse_command_line(const std::vector<std::string>& arguments) {
  Command command;
  CLI::App app("k-anonymous releases of microdata, with proof", "throng");
  app.set_version_flag("--version", kVersionLine);
  app.footer("Example: throng anonymize jobs/toy.toml\nEach verb has its own help: throng VERB --help");
  add_generate(app, command);
  add_search(app, command);
  add_anonymize(app, command);
  add_apply(app, command);
  add_verify(app, command);
  add_verify_proof(app, command);
  add_audit(app, command);
  add_frontier(app, command);
  add_bench(app, command);
  add_config(app, command);
  add_compare(app, command);
  add_report(app, command);
  add_describe(app, command);
  add_init(app, command);
  add_explain(app, command);
  add_merge(app, command);
  add_slurm_script(app, command);
  add_self_description(app, command);
  app.require_subcommand(1);
  if (arguments.empty()) throw usage_error("no verb is given", "see throng --help");
  const CLI::App& verb = check_verb(app, arguments);
  check_options(verb, arguments);
  try {
    std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    command.text = app.help();
  } catch (const CLI::CallForVersion&) {
    command.text = std::string(kVersionLine) + '\n';
  } catch (const CLI::ParseError& error) {
    throw usage_error(error.what(), "see " + spoken(verb) + " --help");
  }
  if (!command.text.empty()) command.verb = Verb::kPrint;
  return command;
}

}  // namespace throng
