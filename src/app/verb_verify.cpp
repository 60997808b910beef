// throng verify: reads a released file again and says whether it keeps its promise.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/words.hpp"
#include "gate.hpp"
#include "policy_file.hpp"
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
    text += fmt::format("verified: {}: {} in {} of at least {}, {}\n", file, counted(report.rows, "row"),
                        counted(report.classes, "class"), report.k, manifest);
  else
    text += fmt::format("not verified: {}: {}\n", file, counted(report.violations.size(), "violation"));
  return text;
}

VerifyRequest request_of(const Command& command, const Job& job) {
  VerifyRequest request;
  request.file = command.file;
  request.manifest = command.manifest;
  request.input = job.input;
  request.k = job.k;
  request.suppressed = job.suppressed;
  request.is_local = !is_of_one_node(job.strategy);
  request.num_threads = job.num_threads > 0 ? job.num_threads : default_num_threads();
  return request;
}

/// What the gate's files may tell. When 1 to k - 1 records are suppressed, no rule on what was lost.
void write_files(const Policy& policy, const Job& job, PolicyFacts facts, const Command& command) {
  const Count gone = facts.rows_before.value_or(0) - std::min(facts.rows, facts.rows_before.value_or(0));
  facts.is_withheld = gone > 0 && gone < std::max(job.k, policy.k.value_or(0));
  // A rule that is not told is no failure.
  const bool is_strict = !facts.is_withheld;
  write_gate_files(check_policy(policy, facts), command.gate, {command.file, policy.path, is_strict});
}

/// The policy's verdict on the released file; files are written where they are asked for.
PolicyResult gate(const Policy& policy, const Job& job, const VerifyReport& report, const Command& command,
                  Communicator& communicator) {
  // A file that cannot be read as a table has its violation; nothing else can be said of it.
  PolicyFacts facts;
  if (report.rows > 0) facts = facts_of_release(job, command.file, policy, communicator);
  facts.is_release = true;
  facts.violations = report.violations;
  PolicyResult result = check_policy(policy, facts);
  fail_together(communicator, [&] {
    if (communicator.is_root()) write_files(policy, job, facts, command);
  });
  return result;
}

}  // namespace

ExitCode run_verify(const Command& command, Communicator& communicator, const Console& console) {
  VerifyReport report;
  Job job;
  std::optional<Policy> policy;
  fail_together(communicator, [&] {
    job = job_of(command);
    if (command.gate.policy) policy = load_policy(*command.gate.policy);
    report = verify_release(request_of(command, job));
  });
  std::string text = command.is_json ? report_json(report, command.file) : report_text(report, command.file);
  bool has_passed = report.passed();
  if (policy) {
    const PolicyResult verdict = gate(*policy, job, report, command, communicator);
    text = command.is_json ? with_gate_json(text, verdict, true) : text + gate_text(verdict, true);
    has_passed = has_passed && verdict.passed(true);
  }
  console.print(text);
  return has_passed ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace throng
