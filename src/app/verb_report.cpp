// throng report: searches, or takes the answer of an earlier run, and writes the report as one HTML file.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "earlier_audit.hpp"
#include "earlier_run.hpp"
#include "policy_file.hpp"
#include "private_path.hpp"
#include "solve.hpp"
#include "throng/app/config.hpp"
#include "throng/audit/audit.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/file.hpp"
#include "throng/release/sha256.hpp"
#include "throng/report/report.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

Audience audience_of(const Command& command) {
  return command.is_external ? Audience::kExternal : Audience::kInternal;
}

/// True when the page must not tell how many records are suppressed.
bool is_withheld(const Loaded& loaded, const Command& command, const SearchResult& result) {
  return command.is_external && result.best && result.best->suppressed > 0 &&
         result.best->suppressed < loaded.job.k;
}

std::vector<std::pair<std::string, std::string>> provenance_of(const Loaded& loaded, const Command& command,
                                                               const SearchResult& result) {
  const std::string settings =
      fmt::format("{}", fmt::join(configuration_lines(loaded.job, Audience::kExternal), "\n"));
  std::vector<std::pair<std::string, std::string>> provenance = {
      {"program", "throng " THRONG_VERSION},
      {"settings (SHA-256)", sha256_hex(settings)},
      {"missing values", "category: a value like any other"}};
  // Whoever guesses the few suppressed records could tell by the checksum that the guess is right.
  if (!is_withheld(loaded, command, result))
    provenance.emplace_back("input (SHA-256)", sha256_of_file(loaded.job.input.path));
  if (command.is_external) return provenance;
  provenance.emplace_back("input", loaded.job.input.path);
  provenance.emplace_back("job", loaded.job.path);
  provenance.emplace_back("distinct tuples", grouped(loaded.problem.tuples.size()));
  return provenance;
}

std::vector<Count> thresholds_of(const Loaded& loaded) {
  std::vector<Count> thresholds = loaded.job.audit_thresholds();
  std::erase_if(thresholds, [&](Count t) { return t > loaded.table.num_rows; });
  if (std::ranges::find(thresholds, loaded.job.k) == thresholds.end()) thresholds.push_back(loaded.job.k);
  std::ranges::sort(thresholds);
  return thresholds;
}

std::string default_path(const Loaded& loaded, const Command& command) {
  const char* name = command.is_external ? "report-external.html" : "report-private.html";
  return (std::filesystem::path(loaded.job.directory) / name).string();
}

/// What cannot be the page is refused before any work.
void check_page_path(const Command& command, const Job& job) {
  if (!command.html) return;
  const std::string extension = std::filesystem::path(*command.html).extension().string();
  if (extension != ".html" && extension != ".htm")
    throw usage_error("option --output: the report is HTML, and `" + *command.html + "` does not say so",
                      "name it .html; a browser prints it as PDF");
  if (!command.is_external)
    check_not_released({"--output", "this report", "report.html"}, *command.html, job);
}

/// What the policy says, and whether it and the search let the release go.
ExitCode conclude(const ReportRequest& request, const ReportPage& page, const Console& console) {
  if (!page.is_policy_met)
    console.print(fmt::format("policy    {} is not met: see the page\n", request.policy->name));
  return request.result.best && page.is_policy_met ? ExitCode::kPass : ExitCode::kViolation;
}

void write_report(const std::string& path, const std::string& html) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  if (!directory.empty()) create_directories(directory);
  write_file(path, html);
}

/// The rows of a local recoding that was just found.
LocalRows rows_of(const Loaded& loaded, const LocalResult& found) {
  RecodeOptions options;
  options.model.k = loaded.job.k;
  options.suppressed = loaded.job.suppressed;
  options.seed = loaded.job.seed;  // it decides which records of a tuple go to which class
  options.num_threads = loaded.num_threads;
  const Release release = recode(loaded.table, loaded.problem, *found.best, options);
  return {released_table(release), release.starred, found.records_at_level};
}

/// Searches, or reads what an earlier run found.
EarlierRun found_or_read(const Loaded& loaded, const SearchOptions& options, const Command& command,
                         Communicator& communicator) {
  EarlierRun run;
  if (command.run) {
    fail_together(communicator, [&] { run = read_run(*command.run, loaded, options); });
  } else {
    LocalChoice choice;
    fail_together(communicator, [&] { choice = local_choice(loaded.job, loaded.problem); });
    Solved solved = solve(loaded.problem, options, choice, communicator);
    run.result = std::move(solved.result);
    if (solved.local && solved.local->best) run.local = rows_of(loaded, *solved.local);
  }
  // A release of nothing is none.
  if (run.result.best && run.result.best->suppressed == loaded.table.num_rows) run.result.best.reset();
  return run;
}

/// --dry-run: what would be read, computed and written.
void print_report_estimate(const Loaded& loaded, const Command& command, const Console& console) {
  const std::size_t d = loaded.problem.lattice.num_axes();
  const std::size_t columns = loaded.table.columns.size();
  const auto [bytes, seconds] = estimate_search(loaded);
  std::string text = fmt::format("read      {} ({}): {} in {}\n", loaded.job.input.path,
                                 counted(std::filesystem::file_size(loaded.job.input.path), "byte"),
                                 counted(loaded.table.num_rows, "record"),
                                 counted(loaded.problem.tuples.size(), "distinct tuple"));
  if (command.run)
    text += fmt::format("would read the answer {} instead of searching\n", *command.run);
  else
    text += fmt::format("would search {} with strategy {}, below {} if every node is visited\n",
                        counted_roughly(loaded.problem.lattice.approximate_num_nodes(), "node"),
                        to_string(loaded.job.strategy), duration(std::max(1.0, seconds)));
  if (command.audited) text += fmt::format("would read the audit {} instead of auditing\n", *command.audited);
  const double combinations = num_combinations(d, static_cast<std::size_t>(loaded.job.max_size));
  text += fmt::format("would audit {} of {}, {}\n", counted_roughly(combinations, "combination"),
                      counted(d, "quasi-identifier"),
                      command.is_external || command.audited ? "of the release"
                                                             : "of the original records and of the release");
  if (!command.is_external)
    text += fmt::format("would compare {} and {} before and after\n", counted(columns, "column"),
                        counted(columns * (columns - 1) / 2, "pair"));
  text += fmt::format("memory    about {} MB\n", (bytes >> 20) + 50);
  text += fmt::format("would write {} (at most 1 MB)\ndry run: nothing was computed and nothing is written\n",
                      command.html.value_or(default_path(loaded, command)));
  console.print(text);
}

/// Settings that do not change the page are left out, so that it is the same for any number of threads.
std::vector<std::string> settings_of(const Job& job, const Command& command) {
  std::vector<std::string> lines = configuration_lines(job, audience_of(command));
  std::erase_if(lines, [](const std::string& line) { return line.starts_with("search.threads"); });
  return lines;
}

}  // namespace

ExitCode run_report(const Command& command, Communicator& communicator, const Console& console) {
  const Loaded loaded = load(command, communicator, console);
  check_page_path(command, loaded.job);
  if (command.is_dry_run) {
    print_report_estimate(loaded, command, console);
    return ExitCode::kPass;
  }
  const SearchOptions options = search_options(loaded, console);
  EarlierRun run = found_or_read(loaded, options, command, communicator);
  console.status("");
  ReportRequest request{loaded.table, loaded.problem, options, run.result, loaded.job.name};
  request.suppressed = loaded.job.suppressed;
  request.thresholds = thresholds_of(loaded);
  request.max_size = static_cast<std::size_t>(loaded.job.max_size);
  request.configuration = settings_of(loaded.job, command);
  request.local = std::move(run.local);
  if (command.audited)
    request.audited = read_audit(*command.audited, loaded, request.thresholds, communicator);
  fail_together(communicator, [&] {
    request.provenance = provenance_of(loaded, command, run.result);
    if (command.gate.policy) request.policy = load_policy(*command.gate.policy);
  });
  const ReportForm form = command.is_external ? ReportForm::kExternal : ReportForm::kPrivate;
  const ReportPage page = report_page(request, form, communicator);
  const std::string path = command.html.value_or(default_path(loaded, command));
  fail_together(communicator, [&] {
    if (communicator.is_root()) write_report(path, page.html);
  });
  console.print(fmt::format("wrote     {} ({} bytes)\n", path, grouped(page.html.size())));
  return conclude(request, page, console);
}

}  // namespace throng
