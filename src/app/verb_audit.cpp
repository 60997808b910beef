// throng audit: load, enumerate, print; with --output the figures of every combination as HDF5.
#include <fmt/format.h>

#include <algorithm>

#include "audit_answer.hpp"
#include "audit_file.hpp"
#include "core/words.hpp"
#include "gate.hpp"
#include "many_columns.hpp"
#include "piece_files.hpp"
#include "policy_file.hpp"
#include "private_path.hpp"
#include "progress_line.hpp"
#include "saving.hpp"
#include "shard_file.hpp"
#include "throng/report/policy_facts.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

/// Seconds one core needs for one combination, as measured (docs/performance.md); an order of magnitude.
constexpr double kSecondsPerCombination = 1e-6;
constexpr std::size_t kArrayBytes = sizeof(std::uint32_t);

AuditOptions options_of(const Loaded& loaded, const Command& command) {
  AuditOptions options;
  options.k = loaded.job.k;
  options.thresholds = loaded.job.audit_thresholds();
  if (std::ranges::find(options.thresholds, options.k) == options.thresholds.end()) {
    options.thresholds.push_back(options.k);
    std::ranges::sort(options.thresholds);
  }
  if (options.thresholds.size() > kMaxAuditThresholds)
    throw usage_error(fmt::format("{} thresholds, k among them, are more than {}", options.thresholds.size(),
                                  kMaxAuditThresholds),
                      "audit twice", {loaded.job.path, 0, 0});
  if (options.thresholds.back() > loaded.problem.num_records())
    throw usage_error(fmt::format("threshold {} is more than the {} of the input", options.thresholds.back(),
                                  counted(loaded.problem.num_records(), "record")),
                      "every class is smaller: write smaller thresholds", {loaded.job.path, 0, 0});
  options.max_size = static_cast<std::size_t>(
      std::min<std::uint64_t>(loaded.job.max_size, loaded.problem.lattice.num_axes()));
  options.keeps_arrays = command.arrays.has_value();
  options.num_threads = loaded.num_threads;
  return options;
}

/// What an audit takes.
struct AuditEstimate {
  double combinations = 0;
  double seconds = 0;
  std::uint64_t bytes = 0;  ///< beside the table
};

AuditEstimate estimate_audit(const Loaded& loaded, const AuditOptions& options) {
  const std::size_t d = loaded.problem.lattice.num_axes();
  const double count = num_combinations(d, options.max_size);
  const double arrays =
      options.keeps_arrays ? count * static_cast<double>(kArrayBytes * (1 + options.thresholds.size())) : 0;
  return {count, std::max(1.0, count * kSecondsPerCombination / loaded.num_threads),
          static_cast<std::uint64_t>(5e7 + arrays)};
}

std::string estimate_text(const Loaded& loaded, const AuditOptions& options) {
  const AuditEstimate estimate = estimate_audit(loaded, options);
  return fmt::format("{} of {}: about {} on {}, {} MB beside the table",
                     counted_roughly(estimate.combinations, "combination"),
                     counted(loaded.problem.lattice.num_axes(), "quasi-identifier"),
                     duration(estimate.seconds), counted(static_cast<Count>(loaded.num_threads), "thread"),
                     grouped(estimate.bytes / 1000000));
}

/// --dry-run, with advice when the combinations are many.
std::string dry_run(const Loaded& loaded, const AuditOptions& options, bool is_json) {
  if (is_json) {
    const AuditEstimate estimate = estimate_audit(loaded, options);
    return fmt::format(
        "{{\"rows\": {}, \"combinations\": {:.0f}, \"memory_bytes\": {}, \"seconds_about\": {:.0f}, "
        "\"written\": false}}\n",
        loaded.problem.num_records(), estimate.combinations, estimate.bytes, estimate.seconds);
  }
  std::string text = estimate_text(loaded, options) + '\n';
  const std::string advice = options.max_size == 0 ? cut_advice(loaded.problem.lattice.num_axes()) : "";
  if (!advice.empty()) text += "to do     " + advice + '\n';
  return text + "dry run: nothing was audited and nothing is written\n";
}

/// What cannot be done is refused before any work, with what could be done instead.
void check_size(const Loaded& loaded, const AuditOptions& options) {
  const std::size_t d = loaded.problem.lattice.num_axes();
  const bool is_limited = options.max_size > 0 && options.max_size < d;
  if (is_limited && options.keeps_arrays)
    throw usage_error("option --output needs every combination", "leave out --max-size", {});
  if (!is_limited && d > kMaxExhaustiveQi)
    throw usage_error(
        estimate_text(loaded, options) + ": too many to visit each",
        fmt::format("limit their size, as in --max-size {} ({}), or name at most {} with --qi", quick_size(d),
                    counted_roughly(num_combinations(d, quick_size(d)), "combination"), kMaxExhaustiveQi));
}

/// Files that tell of single records or of small classes stay out of what is released.
void check_files(const Command& command, const Job& job) {
  if (command.arrays) check_not_released({"--output", "an audit file", "audit.h5"}, *command.arrays, job);
  if (!command.records) return;
  check_records_path(*command.records);
  check_not_released({"--records", "the risk of every record", "risk.csv"}, *command.records, job);
}

/// Figures per record need the whole audit at once.
void check_shared(const Command& command, const Job& job) {
  if (job.saving.shard.count > 1 && (command.records || command.gate.policy))
    throw usage_error("options --records and --policy are about the whole audit, not a shard",
                      "leave them out", {job.path, 0, 0});
}

RecordRiskOptions record_options(const AuditOptions& options) {
  RecordRiskOptions result;
  result.k = options.k;
  result.max_size = options.max_size;
  result.num_threads = options.num_threads;
  return result;
}

/// The policy of the command; its k takes the place of the job's.
std::optional<Policy> policy_of(const Command& command, Loaded& loaded) {
  if (!command.gate.policy) return std::nullopt;
  Policy policy = load_policy(*command.gate.policy);
  if (policy.k) loaded.job.k = *policy.k;
  check_k_fits(loaded.job, loaded.problem.num_records());
  return policy;
}

AuditResult watched_audit(const Loaded& loaded, AuditOptions options, Communicator& communicator,
                          const Console& console) {
  options.on_progress = audit_watcher(console);
  AuditResult result = audit(loaded.problem, options, communicator);
  console.status("");
  return result;
}

/// Audits. When it was stopped, or was a shard, the verb ends with the code returned.
std::optional<ExitCode> audit_or_end(Loaded& loaded, AuditAnswer& answer, Communicator& communicator,
                                     const Console& console) {
  const std::string kind = audit_kind(answer.options.keeps_arrays);
  const Saving saving(kind, loaded, communicator, console);
  const std::string prefix = piece_prefix(loaded.job);
  const PieceStore pieces = piece_files(prefix);
  answer.options.checkpointing = saving.checkpointing();
  answer.options.shard = loaded.job.saving.shard;
  if (answer.options.keeps_arrays && !prefix.empty()) answer.options.pieces = &pieces;
  answer.result = watched_audit(loaded, answer.options, communicator, console);
  answer.options.checkpointing = nullptr;
  answer.options.pieces = nullptr;
  loaded.stop_requests.reset();  // what follows has no state to save: a signal ends it
  if (answer.result.is_stopped) {
    saving.note_stopped(console);
    return ExitCode::kStopped;
  }
  if (answer.options.shard.count == 1) return std::nullopt;
  fail_together(communicator, [&] {
    if (communicator.is_root()) write_audit_shard(loaded, answer);
  });
  console.note("the shard is in " + shard_path("audit", loaded.job));
  if (answer.options.keeps_arrays)
    console.note("its figures are beside it: give throng merge --output FILE.h5 for the file of all shards");
  return ExitCode::kPass;
}

/// Prints the answer, or the policy's verdict when there is one.
ExitCode conclude(const AuditAnswer& answer, const std::optional<PolicyResult>& verdict,
                  const Command& command, const Console& console) {
  const bool is_json = command.is_json || command.is_external;
  if (!verdict) {
    const Audience audience = command.is_external ? Audience::kExternal : Audience::kInternal;
    console.print(is_json ? audit_json(answer, audience) : audit_text(answer));
    return ExitCode::kPass;
  }
  // A gate runs where logs are read by many: no figure of the original records.
  console.print(is_json ? with_gate_json(audit_json(answer, Audience::kExternal), *verdict, false)
                        : gate_text(*verdict, false));
  return verdict->passed(false) ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace

ExitCode run_audit(const Command& command, Communicator& communicator, const Console& console) {
  Loaded loaded = load(command, communicator, console);
  AuditAnswer answer;
  std::optional<Policy> policy;
  fail_together(communicator, [&] {
    policy = policy_of(command, loaded);
    answer.options = options_of(loaded, command);
    if (!command.is_dry_run) check_size(loaded, answer.options);
    check_files(command, loaded.job);
    check_shared(command, loaded.job);
  });
  if (command.is_dry_run) {
    console.print(dry_run(loaded, answer.options, command.is_json));
    return ExitCode::kPass;
  }
  answer.rows = loaded.problem.num_records();
  answer.distinct_tuples = loaded.problem.tuples.size();
  for (const Axis& axis : loaded.problem.lattice.axes) answer.qi.push_back(axis.name);
  answer.ranks = communicator.size();
  if (const std::optional<ExitCode> end = audit_or_end(loaded, answer, communicator, console)) return *end;
  if (command.records)
    answer.records = make_record_risk_answer(
        loaded.problem, record_risk(loaded.problem, record_options(answer.options), communicator));
  std::optional<PolicyResult> verdict;
  if (policy) verdict = check_policy(*policy, policy_facts(loaded.table, answer.qi, answer.result));
  if (command.arrays) {
    AuditFileLabel label;
    fail_together(communicator, [&] { label = audit_file_label(loaded); });
    write_audit_file(*command.arrays, label, answer, communicator);
  }
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    if (command.records) write_record_risk(*command.records, loaded, *answer.records);
    if (verdict) write_gate_files(*verdict, command.gate, {loaded.job.input.path, policy->path, false});
  });
  return conclude(answer, verdict, command, console);
}

}  // namespace throng
