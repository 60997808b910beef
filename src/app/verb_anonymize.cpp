// throng anonymize and apply: load, search or follow the plan, recode, write beside the final place, verify
// there, publish, print.
#include <fmt/format.h>

#include <algorithm>

#include "answer.hpp"
#include "plan_file.hpp"
#include "saving.hpp"
#include "throng/core/check.hpp"
#include "throng/release/bundle.hpp"
#include "throng/release/sha256.hpp"
#include "throng/release/verify.hpp"
#include "throng/report/report.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

Manifest manifest_of(const Loaded& loaded, const Release& release) {
  Manifest manifest;
  manifest.creator = "throng " THRONG_VERSION;
  manifest.k = loaded.job.k;
  manifest.suppressed = loaded.job.suppressed;
  manifest.configuration = configuration_lines(loaded.job, Audience::kExternal);
  manifest.config_sha256 = sha256_hex(fmt::format("{}", fmt::join(manifest.configuration, "\n")));
  // Whoever guesses a few suppressed records could tell by the checksum that the guess is right.
  if (release.suppressed == 0 || release.suppressed >= loaded.job.k)
    manifest.input_sha256 = sha256_of_file(loaded.job.input.path);
  std::size_t j = 0;
  for (const ReleasedColumn& column : release.columns) {
    ManifestColumn& entry = manifest.columns.emplace_back();
    entry.name = column.name;
    entry.role = column.role;
    entry.level = column.level;
    entry.levels = column.levels;
    if (column.role != Role::kQuasiIdentifier) continue;
    const Hierarchy& hierarchy = loaded.problem.lattice.axes[j++].hierarchy;
    const ColumnSpec* spec = loaded.job.input.find(column.name);
    entry.height = hierarchy.height();
    entry.hierarchy_sha256 = fingerprint(spec == nullptr ? HierarchySpec() : spec->hierarchy, hierarchy);
  }
  return manifest;
}

/// A value `*` in the data would look like a suppressed one in the release.
void check_no_star(const Loaded& loaded) {
  for (const std::size_t c : loaded.problem.columns) {
    const Column& column = loaded.table.columns[c];
    const ColumnSpec* spec = loaded.job.input.find(column.name);
    if (spec != nullptr && spec->hierarchy.kind != HierarchySpec::Kind::kFlat) continue;
    const auto star = std::ranges::find(column.dictionary, kSuppressed) - column.dictionary.begin();
    const auto record = std::ranges::find(column.codes, static_cast<Code>(star)) - column.codes.begin();
    if (column.dictionary.size() > 1 && record != std::ssize(column.codes))
      throw data_error(fmt::format("column `{}`: record {} holds `*`, which means suppressed in a release",
                                   column.name, record + 1),
                       "write another value there", {loaded.table.source, 0, 0});
  }
}

/// Reads every staged file back; a finding means that throng itself is at fault, and nothing is published.
void verify_staged(const Loaded& loaded, const StagedBundle& bundle) {
  for (const std::string& file : bundle.staged_data_files()) {
    VerifyRequest request;
    request.file = file;
    request.input = loaded.job.input;
    request.k = loaded.job.k;
    request.num_threads = loaded.num_threads;
    const VerifyReport report = verify_release(request);
    if (!report.passed())
      throw Error(ExitCode::kIo,
                  "the release did not pass its own verification: " + report.violations.front(),
                  "nothing was published; please report this as a defect of throng");
  }
}

void note_starred(const Loaded& loaded, const Release& release, const Console& console) {
  if (loaded.job.suppressed == SuppressedRecords::kStar && release.has_dropped())
    console.warn(fmt::format(
        "the suppressed records are fewer than k = {}: `*` would not hide them, so they are dropped",
        loaded.job.k));
}

/// How well counts over the quasi-identifiers can be told from the release.
Utility utility_of(const Loaded& loaded, const Release& release) {
  const Table released = released_table(release, &loaded.problem.lattice);
  return compare(loaded.table, released, loaded.problem, {loaded.job.k, loaded.num_threads});
}

/// On rank 0: everything after the search. Fills in the answer's files.
void publish(const Loaded& loaded, const Solved& solved, Answer& answer, const Console& console) {
  const Solution& best = *answer.result.best;
  RecodeOptions options;
  options.model.k = loaded.job.k;
  options.levels = best.levels;
  options.suppressed = loaded.job.suppressed;
  options.seed = loaded.job.seed;
  options.num_threads = loaded.num_threads;
  const Release release = solved.local ? recode(loaded.table, loaded.problem, *solved.local->best, options)
                                       : recode(loaded.table, loaded.problem, options);
  // Two computations that share no code must agree on who is kept.
  THRONG_CHECK_LIGHT(release.suppressed == best.suppressed && release.classes == best.classes);
  note_starred(loaded, release, console);
  answer.utility = utility_of(loaded, release);
  BundleContent content;
  content.name = loaded.job.name;
  content.missing = loaded.job.input.missing.front();
  content.formats = loaded.job.formats;
  content.external_report = answer_json(answer, Audience::kExternal);
  content.internal_report = answer_json(answer, Audience::kInternal);
  content.manifest = manifest_of(loaded, release);
  StagedBundle bundle(loaded.job.directory);
  bundle.write(release, std::move(content), loaded.num_threads);
  verify_staged(loaded, bundle);
  answer.files = bundle.commit();
  answer.is_verified = true;
}

/// Everything that is asked before the search, on every rank.
struct Preparation {
  LocalChoice choice;
  std::optional<PlanFile> plan;  ///< of apply
};

Preparation prepare(Loaded& loaded, const Command& command) {
  Preparation made;
  if (command.verb == Verb::kApply) {
    made.plan = read_plan(*command.plan, loaded);
    loaded.job.strategy = made.plan->strategy;
    loaded.job.origins["search.strategy"] = "option --plan";
    check_served(loaded.job.strategy, loaded.job.metric, loaded.job.aggregate);
  } else if (command.plan) {
    check_plan_path(*command.plan, loaded.job);
  }
  made.choice = local_choice(loaded.job, loaded.problem);
  return made;
}

Solution redaction(const Loaded& loaded, const Console& console, Communicator& communicator) {
  SearchOptions options = search_options(loaded, console);
  options.strategy = StrategyKind::kRedact;
  options.max_suppressed = loaded.problem.num_records();
  const SearchResult result = search(loaded.problem, options, communicator);
  THRONG_CHECK(result.best.has_value());
  return *result.best;
}

/// The answer so far. One that keeps no record is none.
Answer answer_of(const Loaded& loaded, Solved& solved, const std::optional<PlanFile>& plan) {
  SearchResult& result = solved.result;
  const bool is_empty = result.best && result.best->suppressed == loaded.problem.num_records();
  if (is_empty) result.best.reset();
  Answer answer = make_answer(loaded.job, loaded.problem, solved);
  if (is_empty)
    answer.reason =
        "the node of least loss suppresses every record, so there is nothing to release; "
        "--max-suppressed 0 asks for a node that keeps them";
  if (!plan) return answer;
  answer.planned_loss = plan->loss;
  answer.drift->planned += plan->absent;
  return answer;
}

}  // namespace

ExitCode run_anonymize(const Command& command, Communicator& communicator, const Console& console) {
  Loaded loaded = load(command, communicator, console);
  std::optional<Preparation> made;
  fail_together(communicator, [&] { made.emplace(prepare(loaded, command)); });
  if (made->plan) made->choice.plan = &made->plan->classes;
  if (command.is_dry_run) {
    print_estimate(loaded, command, console);
    return ExitCode::kPass;
  }
  fail_together(communicator, [&] { check_no_star(loaded); });
  for (const std::string& name : loaded.job.no_longer_qi)
    console.warn(fmt::format("--qi leaves out `{}`: it is released as it is", name));
  const Saving saving("search", loaded, communicator, console);
  SearchOptions options = search_options(loaded, console);
  options.checkpointing = saving.checkpointing();
  Solved solved = solve(loaded.problem, options, made->choice, communicator);
  console.status("");
  if (solved.result.is_stopped) {
    saving.note_stopped(console);
    return ExitCode::kStopped;
  }
  Answer answer = answer_of(loaded, solved, made->plan);
  if (answer.result.best && loaded.job.strategy != StrategyKind::kRedact)
    answer.redaction = redaction(loaded, console, communicator);
  fail_together(communicator, [&] {
    if (!answer.result.best || !communicator.is_root()) return;
    publish(loaded, solved, answer, console);
    if (command.plan && !made->plan) write_plan(*command.plan, loaded, solved);
  });
  console.print(command.is_json ? answer_json(answer, Audience::kInternal) : answer_text(answer));
  return answer.result.best ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace throng
