// The file of a shard: what it found, and what is needed to print the answer of all shards together.
#pragma once

#include <string>
#include <vector>

#include "answer.hpp"
#include "audit_answer.hpp"
#include "audit_file.hpp"
#include "loaded.hpp"
#include "state_file.hpp"

namespace throng {

/// The kind of the states of an audit: one that keeps the figures of every combination goes with no other.
std::string audit_kind(bool keeps_arrays);

/// Where the shard of this run goes; `kind` is that of the verb.
std::string shard_path(const std::string& kind, const Job& job);

/// Write the file of a shard that is done. Errors: io_error.
void write_search_shard(const Loaded& loaded, const Answer& answer);
void write_audit_shard(const Loaded& loaded, const AuditAnswer& answer);

/// All shards of one run, whole and each once, by number.
/// Errors: usage_error that names the file or the number of one that is missing, given twice or of another
/// run; data_error for a file that is none or is damaged; io_error.
std::vector<StateFile> read_shards(const std::vector<std::string>& paths);

/// The answer of the whole run, as JSON or to be printed so, from all its shards. Errors: data_error.
std::string merged_search_json(const std::vector<StateFile>& shards, bool& has_solution);

/// What the file of all shards is labelled with.
AuditFileLabel audit_file_label(const Loaded& loaded);

struct MergedAudit {
  AuditAnswer answer;
  AuditFileLabel label;  ///< of shards with figures
};

/// *Collective.* With `keeps_arrays` also their figures, which are beside the files `paths`, in any order.
/// Errors, the same on every rank: data_error; usage_error for shards without figures.
MergedAudit merged_audit(const std::vector<StateFile>& shards, const std::vector<std::string>& paths,
                         bool keeps_arrays, Communicator& communicator);

}  // namespace throng
