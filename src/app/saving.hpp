// What a verb does to be stopped and gone on with, or to do a share of the work.
#pragma once

#include <memory>
#include <string>

#include "checkpoint_store.hpp"
#include "loaded.hpp"
#include "throng/core/checkpointing.hpp"
#include "throng/core/stop_request.hpp"

namespace throng {

/// True for the verbs that can save their state.
bool has_state(Verb verb);

/// Errors: usage_error for what `verb` cannot save or share, and for options that need another one.
void check_saving(const Job& job, Verb verb);

/// What a state of `kind` of this run is labelled with. Reads the input again, for its checksum.
StateLabel label_of(const std::string& kind, const Loaded& loaded);

/// The checkpoints of one run, on every rank; only rank 0 has files.
class Saving {
 public:
  /// *Collective.* Loads the checkpoint to go on from, when the job names a directory.
  /// Errors: as CheckpointStore, on every rank.
  Saving(const std::string& kind, const Loaded& loaded, Communicator& communicator, const Console& console);

  Saving(const Saving&) = delete;
  Saving& operator=(const Saving&) = delete;

  /// Null without a directory.
  [[nodiscard]] const Checkpointing* checkpointing() const {
    return directory_.empty() ? nullptr : &checkpointing_;
  }
  /// Says where the state of a stopped run is.
  void note_stopped(const Console& console) const;

 private:
  std::string directory_;
  std::unique_ptr<CheckpointStore> store_;
  Checkpointing checkpointing_;
};

}  // namespace throng
