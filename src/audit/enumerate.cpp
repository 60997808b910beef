// The rounds of an enumeration: work, put together, save.
#include "enumerate.hpp"

#include <chrono>

#include "block_figures.hpp"
#include "throng/core/error.hpp"

namespace throng {

namespace {

AuditState first_state(const AuditFacts& facts, const AuditOptions& options) {
  const Checkpointing* saving = options.checkpointing;
  if (saving == nullptr || saving->state.empty()) return {facts, options};
  AuditState state = decode_audit_state(saving->state, options);
  if (!(state.facts == facts))
    throw data_error("the saved state is not one of this audit", "start anew: --resume never");
  return state;
}

}  // namespace

Enumeration do_tasks(const AuditFacts& facts, const AuditOptions& options, Communicator& communicator,
                     const TaskWork& work) {
  Enumeration result{first_state(facts, options), std::nullopt};
  if (options.pieces != nullptr) check_pieces(*options.pieces, result.found.pieces, communicator);
  TaskRounds rounds(communicator, options.num_threads, options.checkpointing, result.found.open);
  double save_seconds = 0;
  while (!rounds.has_ended()) {
    rounds.run(save_seconds, work.visit);
    const auto begin = std::chrono::steady_clock::now();
    AuditState found = work.take();
    found.merge_ranks(communicator);
    result.found.merge(found);
    result.found.open = rounds.open();
    if (options.checkpointing == nullptr) continue;
    fail_together(communicator, [&] {
      if (communicator.is_root()) options.checkpointing->save(encode_audit_state(result.found));
    });
    save_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  result.is_stopped = rounds.open().size() != 0;
  return result;
}

}  // namespace throng
