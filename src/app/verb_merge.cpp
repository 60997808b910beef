// throng merge: read the shards of one run, put them together, print.
#include "shard_file.hpp"
#include "throng/app/config.hpp"
#include "verbs.hpp"

namespace throng {

ExitCode run_merge(const Command& command, Communicator& communicator, const Console& console) {
  std::string text;
  bool has_answer = true;
  fail_together(communicator, [&] {
    const std::vector<StateFile> shards = read_shards(command.shards);
    if (shards.front().label.kind == "search shard") {
      if (command.is_external)
        throw usage_error("option --external is for shards of an audit", "leave it out");
      text = merged_search_json(shards, has_answer);
    } else {
      text =
          audit_json(merged_audit(shards), command.is_external ? Audience::kExternal : Audience::kInternal);
    }
  });
  console.print(text);
  return has_answer ? ExitCode::kPass : ExitCode::kViolation;
}

}  // namespace throng
