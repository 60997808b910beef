// throng verify: reads a released file again and says whether it keeps its promise.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "throng/core/parallel.hpp"
#include "throng/release/verify.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

std::string report_json(const VerifyReport& report, const std::string& file) {
  nlohmann::ordered_json json{{"file", file}, {"manifest", nullptr}, {"verified", report.passed()}};
  if (!report.manifest.empty()) json["manifest"] = report.manifest;
  json["k"] = report.k;
  json["rows"] = report.rows;
  json["classes"] = report.classes;
  json["violations"] = report.violations;
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

std::string report_text(const VerifyReport& report, const std::string& file) {
  std::string text;
  for (const std::string& violation : report.violations) text += fmt::format("violated: {}\n", violation);
  const std::string manifest = report.manifest.empty() ? "no manifest" : "as its manifest states";
  if (report.passed())
    text += fmt::format("verified: {}: {} rows in {} classes of at least {}, {}\n", file, report.rows,
                        report.classes, report.k, manifest);
  else
    text += fmt::format("not verified: {}: {} violations\n", file, report.violations.size());
  return text;
}

}  // namespace

ExitCode run_verify(const Command& command, Communicator& communicator, const Console& console) {
  VerifyReport report;
  fail_together(communicator, [&] {
    const Job job = job_of(command);
    VerifyRequest request;
    request.file = command.file;
    request.manifest = command.manifest;
    request.input = job.input;
    request.k = job.k;
    request.suppressed = job.suppressed;
    request.is_local = job.strategy == StrategyKind::kLocal || job.strategy == StrategyKind::kSuppressCells;
    request.num_threads = job.num_threads > 0 ? job.num_threads : default_num_threads();
    report = verify_release(request);
  });
  console.print(command.is_json ? report_json(report, command.file) : report_text(report, command.file));
  return report.passed() ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace throng
