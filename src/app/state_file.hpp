// A file that holds the state of a run: a label of text that says of which, a checksum, and the state.
#pragma once

#include <string>
#include <string_view>

#include "throng/core/checkpointing.hpp"

namespace throng {

/// What a state belongs to. Two runs with the same label give the same answer.
struct StateLabel {
  std::string kind;           ///< "search" or "audit"
  std::string input_sha256;   ///< of the input file
  std::string answer_sha256;  ///< of all settings and hierarchies that the answer depends on
  Shard shard;
};

struct StateFile {
  StateLabel label;
  std::string state;
};

/// docs/file-formats.md, "Saved states".
std::string encode_state_file(const StateLabel& label, std::string_view state);

/// Errors: data_error naming `path` for a file that is no saved state, is of another format version, is cut
/// off or damaged.
StateFile decode_state_file(std::string_view bytes, const std::string& path);

}  // namespace throng
