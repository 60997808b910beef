// throng merge: read the shards of one run, put them together, print; with --output the figures of all.
#include <algorithm>

#include "piece_files.hpp"
#include "shard_file.hpp"
#include "throng/app/config.hpp"
#include "verbs.hpp"

namespace throng {

namespace {

/// What only an audit has is refused for a search.
void check_options(const Command& command) {
  if (command.is_external) throw usage_error("option --external is for shards of an audit", "leave it out");
  if (command.arrays) throw usage_error("option --output is for shards of an audit", "leave it out");
}

}  // namespace

ExitCode run_merge(const Command& command, Communicator& communicator, const Console& console) {
  std::vector<StateFile> shards;
  std::vector<std::string> paths;
  std::ranges::remove_copy_if(command.shards, std::back_inserter(paths), is_piece_file);
  bool is_search = false;
  fail_together(communicator, [&] {
    if (paths.empty()) throw usage_error("these are figures of shards, not shards", "give the shards' files");
    shards = read_shards(paths);
    is_search = shards.front().label.kind == "search shard";
    if (is_search) check_options(command);
  });
  if (is_search) {
    std::string text;
    bool has_answer = true;
    fail_together(communicator, [&] { text = merged_search_json(shards, has_answer); });
    console.print(text);
    return has_answer ? ExitCode::kPass : ExitCode::kViolation;
  }
  const MergedAudit merged = merged_audit(shards, paths, command.arrays.has_value(), communicator);
  if (command.arrays) write_audit_file(*command.arrays, merged.label, merged.answer, communicator);
  console.print(audit_json(merged.answer, command.is_external ? Audience::kExternal : Audience::kInternal));
  return ExitCode::kPass;
}

}  // namespace throng
