// throng report: searches, or takes the answer of an earlier run, and writes the report as one HTML file.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "earlier_run.hpp"
#include "policy_file.hpp"
#include "throng/app/config.hpp"
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

std::vector<std::pair<std::string, std::string>> provenance_of(const Loaded& loaded, const Command& command) {
  const std::string settings =
      fmt::format("{}", fmt::join(configuration_lines(loaded.job, Audience::kExternal), "\n"));
  std::vector<std::pair<std::string, std::string>> provenance = {
      {"program", "throng " THRONG_VERSION},
      {"settings (SHA-256)", sha256_hex(settings)},
      {"input (SHA-256)", sha256_of_file(loaded.job.input.path)},
      {"missing values", "category: a value like any other"}};
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

void check_has_a_report(const Job& job) {
  if (is_of_one_node(job.strategy)) return;
  throw usage_error(std::string("the report shows releases of one node, and strategy \"") +
                        to_string(job.strategy) + "\" gives each record its own",
                    "use throng compare and throng audit on the release, or --strategy optimal here");
}

void write_report(const std::string& path, const std::string& html) {
  const std::string directory = std::filesystem::path(path).parent_path().string();
  if (!directory.empty()) create_directories(directory);
  write_file(path, html);
}

}  // namespace

ExitCode run_report(const Command& command, Communicator& communicator, const Console& console) {
  const Loaded loaded = load(command, communicator, console);
  fail_together(communicator, [&] { check_has_a_report(loaded.job); });
  const SearchOptions options = search_options(loaded, console);
  SearchResult result;
  if (command.run)
    fail_together(communicator, [&] { result = read_run(*command.run, loaded, options); });
  else
    result = search(loaded.problem, options, communicator);
  console.status("");
  // A release of nothing is none.
  if (result.best && result.best->suppressed == loaded.table.num_rows) result.best.reset();
  ReportRequest request{loaded.table, loaded.problem, options, result, loaded.job.name};
  request.suppressed = loaded.job.suppressed;
  request.thresholds = thresholds_of(loaded);
  request.max_size = static_cast<std::size_t>(loaded.job.max_size);
  request.configuration = configuration_lines(loaded.job, audience_of(command));
  // The page is the same for any number of threads.
  std::erase_if(request.configuration,
                [](const std::string& line) { return line.starts_with("search.threads"); });
  fail_together(communicator, [&] {
    request.provenance = provenance_of(loaded, command);
    if (command.gate.policy) request.policy = load_policy(*command.gate.policy);
  });
  const ReportForm form = command.is_external ? ReportForm::kExternal : ReportForm::kPrivate;
  const std::string html = report_html(request, form, communicator);
  const std::string path = command.html.value_or(default_path(loaded, command));
  fail_together(communicator, [&] {
    if (communicator.is_root()) write_report(path, html);
  });
  console.print(fmt::format("wrote     {} ({} bytes)\n", path, grouped(html.size())));
  return result.best ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace throng
