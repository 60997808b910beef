// Labels a run, finds its checkpoint and ties both to the work.
#include "saving.hpp"

#include <fmt/format.h>

#include "throng/app/config.hpp"
#include "throng/release/manifest.hpp"
#include "throng/release/sha256.hpp"

namespace throng {

namespace {

/// Settings that the answer of `kind` depends on; all others may change between two runs.
bool matters(const std::string& key, const std::string& kind) {
  const auto is_in = [&](std::string_view section) { return key.starts_with(section); };
  if (is_in("input.") || is_in("columns.") || key == "privacy.k") return true;
  if (kind.starts_with("audit")) return is_in("audit.");
  return is_in("privacy.") || is_in("loss.") || key == "search.strategy";
}

void check_options(const Job& job) {
  const SavingSpec& saving = job.saving;
  if (!saving.directory.empty()) return;
  const auto refuse = [&](const char* option) {
    throw usage_error(fmt::format("option {} needs a directory for the checkpoint", option),
                      "add --checkpoint-dir DIR", {job.path, 0, 0});
  };
  if (saving.stop_after_seconds > 0) refuse("--stop-after");
  if (saving.resume == Resume::kRequire) refuse("--resume require");
}

}  // namespace

bool has_state(Verb verb) {
  return verb == Verb::kSearch || verb == Verb::kAnonymize || verb == Verb::kAudit;
}

void check_saving(const Job& job, Verb verb) {
  if (!has_state(verb)) return;
  const bool is_search = verb != Verb::kAudit;
  check_options(job);
  const SavingSpec& saving = job.saving;
  const bool is_saved_or_shared = !saving.directory.empty() || saving.shard.count > 1;
  if (is_search && is_saved_or_shared && job.strategy != StrategyKind::kOptimal)
    throw usage_error(
        fmt::format("strategy \"{}\" has no state to save or to share", to_string(job.strategy)),
        "use strategy \"optimal\", or leave out --checkpoint-dir and --shard", {job.path, 0, 0});
  if (is_search && saving.shard.count > 1 && job.time_limit_seconds > 0 && saving.directory.empty())
    throw usage_error("a time limit would leave the shard unfinished",
                      "add --checkpoint-dir DIR, or leave out the time limit", {job.path, 0, 0});
}

StateLabel label_of(const std::string& kind, const Loaded& loaded) {
  std::string text;
  for (const std::string& line : configuration_lines(loaded.job, Audience::kExternal))
    if (matters(line.substr(0, line.find(" = ")), kind)) text += line + '\n';
  for (std::size_t j = 0; j < loaded.problem.lattice.num_axes(); ++j) {
    const Axis& axis = loaded.problem.lattice.axes[j];
    const ColumnSpec* spec = loaded.job.input.find(axis.name);
    text += fmt::format("{} {}\n", axis.name,
                        fingerprint(spec == nullptr ? HierarchySpec() : spec->hierarchy, axis.hierarchy));
  }
  return {kind, sha256_of_file(loaded.job.input.path), sha256_hex(text), loaded.job.saving.shard};
}

Saving::Saving(const std::string& kind, const Loaded& loaded, Communicator& communicator,
               const Console& console) {
  const SavingSpec& saving = loaded.job.saving;
  if (saving.directory.empty()) return;
  std::string state;
  fail_together(communicator, [&] {
    if (!communicator.is_root()) return;
    store_ = std::make_unique<CheckpointStore>(saving.directory, label_of(kind, loaded));
    state = store_->load(saving.resume, [&](const std::string& text) { console.warn(text); });
    if (!state.empty()) console.note(fmt::format("going on from {}", store_->path()));
  });
  directory_ = saving.directory;
  checkpointing_.state = communicator.all_gather(state)[0];
  checkpointing_.must_stop = [] { return StopRequests::has_come(); };
  checkpointing_.interval_seconds = saving.interval_seconds;
  checkpointing_.stop_after_seconds = saving.stop_after_seconds;
  checkpointing_.save = [this](std::string_view bytes) { store_->save(bytes); };
}

void Saving::note_stopped(const Console& console) const {
  console.warn(fmt::format(
      "stopped before the end; the state is saved in {}: run the same command again to go on", directory_));
}

}  // namespace throng
