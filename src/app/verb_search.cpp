// throng search: load, search, print.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "answer.hpp"
#include "certificate_file.hpp"
#include "core/words.hpp"
#include "many_columns.hpp"
#include "plan_file.hpp"
#include "progress_line.hpp"
#include "saving.hpp"
#include "shard_file.hpp"
#include "throng/core/check.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

/// Bytes the search will hold: tuples, suffix tables, and one stack of groups per thread.
std::uint64_t estimated_bytes(const Loaded& loaded) {
  const std::uint64_t tuples = loaded.problem.tuples.size();
  const std::uint64_t d = loaded.problem.lattice.num_axes();
  const std::uint64_t packed = tuples * (8 * loaded.problem.tuples.words_per_tuple + 4);
  const std::uint64_t groups = static_cast<std::uint64_t>(loaded.num_threads) * (d + 1) * tuples * 8;
  return packed + d * tuples * 12 + groups;
}

/// Seconds for one node by plain grouping, times the nodes: what the search stays below, usually far.
double most_seconds(const Loaded& loaded) {
  const LossModel loss(loaded.problem, make_loss_metric(loaded.job.metric), loaded.job.aggregate);
  const auto begin = std::chrono::steady_clock::now();
  static_cast<void>(evaluate_node(loaded.problem, loss, {loaded.job.k}, loaded.problem.lattice.bottom()));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  return seconds.count() * loaded.problem.lattice.approximate_num_nodes() / loaded.num_threads;
}

ExitCode end_shard(const Loaded& loaded, const Answer& answer, Communicator& communicator,
                   const Console& console) {
  fail_together(communicator, [&] {
    if (communicator.is_root()) write_search_shard(loaded, answer);
  });
  console.note("the shard is in " + shard_path("search", loaded.job));
  return ExitCode::kPass;
}

/// *Collective.* Rank 0 makes and writes the certificate of what was proved.
void certify(const std::string& path, const Loaded& loaded, const SearchResult& result,
             Communicator& communicator, const Console& console) {
  if (!result.proved_optimal || !result.best) {
    console.warn("no certificate is written: the search proved no optimum");
    return;
  }
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    const LossModel loss(loaded.problem, make_loss_metric(loaded.job.metric), loaded.job.aggregate);
    const auto certificate = make_certificate(proof_task(loaded, loss), result.best->levels,
                                              loaded.num_threads, proof_watcher(console));
    THRONG_CHECK_LIGHT(certificate.has_value());
    write_certificate(path, loaded, *certificate);
  });
  console.status("");
  console.note("the certificate is in " + path);
}

}  // namespace

SearchOptions search_options(const Loaded& loaded, const Console& console) {
  SearchOptions options;
  options.strategy = loaded.job.strategy;
  options.model.k = loaded.job.k;
  options.max_suppressed = max_suppressed_records(loaded.job, loaded.problem.num_records());
  options.aggregate = loaded.job.aggregate;
  options.metric = loaded.job.metric;
  options.time_limit_seconds = loaded.job.time_limit_seconds;
  options.num_threads = loaded.num_threads;
  options.on_progress = progress_watcher(console);
  return options;
}

Estimate estimate_search(const Loaded& loaded) { return {estimated_bytes(loaded), most_seconds(loaded)}; }

void print_estimate(const Loaded& loaded, const Command& command, const Console& console) {
  const double nodes = loaded.problem.lattice.approximate_num_nodes();
  const auto [bytes, seconds] = estimate_search(loaded);
  const std::size_t tuples = loaded.problem.tuples.size();
  const std::string advice = cut_advice(loaded.problem.lattice.num_axes());
  if (command.is_json)
    console.print(
        fmt::format("{{\"rows\": {}, \"distinct_tuples\": {}, \"lattice_nodes\": {:.0f}, "
                    "\"memory_bytes\": {}, \"seconds_at_most\": {:.6f}, \"written\": false}}\n",
                    loaded.problem.num_records(), tuples, nodes, bytes, seconds));
  else
    console.print(fmt::format(
        "records   {} in {} of {}\n"
        "lattice   {}\n"
        "memory    about {} MB\n"
        "time      below {} on {} (every node on its own; the search visits few)\n"
        "{}dry run: nothing was searched and nothing is written\n",
        grouped(loaded.problem.num_records()), counted(tuples, "distinct tuple"),
        counted(loaded.problem.lattice.num_axes(), "quasi-identifier"), counted_roughly(nodes, "node"),
        grouped((bytes >> 20) + 1), duration(std::max(1.0, seconds)),
        counted(static_cast<Count>(loaded.num_threads), "thread"),
        advice.empty() ? "" : "to do     " + advice + "\n"));
}

ExitCode run_search(const Command& command, Communicator& communicator, const Console& console) {
  const Loaded loaded = load(command, communicator, console);
  LocalChoice choice;
  fail_together(communicator, [&] {
    if (command.plan) check_plan_path(*command.plan, loaded.job);
    if (command.certificate) check_certificate_path(*command.certificate, loaded.job);
    if (command.certificate) check_certifiable(loaded.problem.lattice);
    choice = local_choice(loaded.job, loaded.problem);
  });
  if (command.is_dry_run) {
    print_estimate(loaded, command, console);
    return ExitCode::kPass;
  }
  const Saving saving("search", loaded, communicator, console);
  SearchOptions options = search_options(loaded, console);
  options.checkpointing = saving.checkpointing();
  options.shard = loaded.job.saving.shard;
  const Solved solved = solve(loaded.problem, options, choice, communicator);
  console.status("");
  if (solved.result.is_stopped) {
    saving.note_stopped(console);
    return ExitCode::kStopped;
  }
  fail_together(communicator, [&] {
    if (command.plan && solved.result.best && communicator.is_root())
      write_plan(*command.plan, loaded, solved);
  });
  if (command.certificate) certify(*command.certificate, loaded, solved.result, communicator, console);
  const Answer answer = make_answer(loaded.job, loaded.problem, solved);
  if (options.shard.count > 1) return end_shard(loaded, answer, communicator, console);
  console.print(command.is_json ? answer_json(answer, Audience::kInternal) : answer_text(answer));
  return solved.result.best ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace throng
