// Pieces of a run's figures as files beside its checkpoint or shard, each named by its checksum.
#pragma once

#include <string>
#include <vector>

#include "throng/app/job.hpp"
#include "throng/core/checkpointing.hpp"

namespace throng {

/// What the pieces of an audit of `job` are named after: its shard's file, or the checkpoint in its
/// directory; empty without either.
std::string piece_prefix(const Job& job);

/// Pieces are `<prefix>.figures-<SHA-256>`, mode 0600, whole or absent. Errors of keep: io_error.
PieceStore piece_files(const std::string& prefix);

/// Only for reading: pieces beside any of `prefixes`.
PieceStore piece_files_of(const std::vector<std::string>& prefixes);

/// True for the name of a piece: what `part*` finds beside the files of shards.
bool is_piece_file(const std::string& path);

}  // namespace throng
