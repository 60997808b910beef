// Facts and files of the policy gate.
#include "gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "loaded.hpp"
#include "throng/core/parallel.hpp"
#include "throng/data/file.hpp"
#include "throng/report/policy_facts.hpp"
#include "throng/utility/compare.hpp"

namespace throng {

namespace {

using Json = nlohmann::ordered_json;

/// More quasi-identifiers than this are not enumerated at the gate: what follows from k need not be.
constexpr std::size_t kMaxEnumerated = 20;

std::size_t largest_size(const Policy& policy, std::size_t num_qi) {
  std::uint64_t size = 1;
  for (const AtRiskRule& rule : policy.at_risk)
    size = std::max<std::uint64_t>(size, rule.max_size == 0 ? num_qi : rule.max_size);
  return num_qi > kMaxEnumerated ? 1 : static_cast<std::size_t>(std::min<std::uint64_t>(size, num_qi));
}

AuditAnswer audit_release(const Problem& problem, const Policy& policy, int num_threads,
                          Communicator& communicator) {
  AuditAnswer answer;
  answer.rows = problem.num_records();
  for (const Axis& axis : problem.lattice.axes) answer.qi.push_back(axis.name);
  answer.options.k = std::clamp<Count>(policy.k.value_or(2), 2, std::max<Count>(answer.rows, 2));
  answer.options.thresholds = {answer.options.k};
  answer.options.max_size = largest_size(policy, answer.qi.size());
  answer.options.num_threads = num_threads;
  answer.result = audit(problem, answer.options, communicator);
  return answer;
}

/// What was lost, when the job's own input can be read.
void add_losses(const Job& job, const Table& release, int num_threads, PolicyFacts& facts) {
  if (!std::filesystem::exists(job.input.path)) return;
  const Table before = read_table(job.input, num_threads);
  std::vector<std::string> warnings;
  const Problem problem = make_problem(before, job.input, num_threads, warnings);
  facts.rows_before = before.num_rows;
  facts.loss = compare(before, release, problem, {job.k, num_threads}).loss;
}

}  // namespace

PolicyFacts facts_of_release(const Job& job, const std::string& file, const Policy& policy,
                             Communicator& communicator) {
  const int num_threads = job.num_threads > 0 ? job.num_threads : default_num_threads();
  Table release;
  Problem problem;
  fail_together(communicator, [&] {
    release = read_release(job, file, num_threads);
    InputSpec as_it_is = job.input;
    for (ColumnSpec& column : as_it_is.columns) column.hierarchy = {};
    std::vector<std::string> warnings;
    problem = make_problem(release, as_it_is, num_threads, warnings);
  });
  const AuditAnswer audited = audit_release(problem, policy, num_threads, communicator);
  PolicyFacts facts = policy_facts(release, audited.qi, audited.result);
  fail_together(communicator, [&] {
    if (policy.min_retained || policy.max_loss) add_losses(job, release, num_threads, facts);
  });
  facts.is_release = true;
  return facts;
}

void write_gate_files(const PolicyResult& result, const GateArguments& arguments,
                      const GateSubject& subject) {
  if (arguments.junit) write_file(*arguments.junit, junit_xml(result, subject));
  if (arguments.sarif) write_file(*arguments.sarif, sarif_json(result, subject));
  if (arguments.summary) write_file(*arguments.summary, summary_markdown(result, subject));
}

std::string gate_text(const PolicyResult& result, bool is_strict) {
  std::string text = fmt::format("policy    {}: {}\n", result.policy, result.title);
  for (const RuleResult& rule : result.rules) {
    const char* word = rule.outcome == Outcome::kPassed   ? "passed"
                       : rule.outcome == Outcome::kFailed ? "FAILED"
                                                          : "unchecked";
    text += fmt::format("{:<9} {}", word, rule.rule);
    if (rule.outcome != Outcome::kPassed) text += fmt::format(": {}; {}", rule.found, rule.fix);
    text += '\n';
  }
  return text + (result.passed(is_strict) ? "gate      passed\n" : "gate      FAILED\n");
}

std::string with_gate_json(const std::string& answer, const PolicyResult& result, bool is_strict) {
  Json json = Json::parse(answer);
  Json rules = Json::array();
  for (const RuleResult& rule : result.rules) {
    const char* word = rule.outcome == Outcome::kPassed   ? "passed"
                       : rule.outcome == Outcome::kFailed ? "failed"
                                                          : "not_checked";
    rules.push_back(
        {{"id", rule.id}, {"rule", rule.rule}, {"outcome", word}, {"found", rule.found}, {"fix", rule.fix}});
  }
  json["policy"] = {{"name", result.policy},
                    {"k", result.k ? Json(*result.k) : Json()},
                    {"passed", result.passed(is_strict)},
                    {"rules", rules}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace throng
