// The policy gate of audit and verify: gathers the facts, checks the rules, writes the files for CI.
#pragma once

#include <string>

#include "audit_answer.hpp"
#include "command_line.hpp"
#include "console.hpp"
#include "throng/core/communicator.hpp"
#include "throng/policy/gate_files.hpp"
#include "throng/policy/policy.hpp"

namespace throng {

/// *Collective.* What a released file tells the gate: its classes, its combinations, and, where the job's own
/// input is there to compare with, what was lost. Errors: as the parts.
PolicyFacts facts_of_release(const Job& job, const std::string& file, const Policy& policy,
                             Communicator& communicator);

/// Writes the files that `arguments` ask for. Errors: io_error.
void write_gate_files(const PolicyResult& result, const GateArguments& arguments, const GateSubject& subject);

/// The verdict in a few lines.
std::string gate_text(const PolicyResult& result, bool is_strict);

/// `answer`, a JSON object, with the verdict as its last member.
std::string with_gate_json(const std::string& answer, const PolicyResult& result, bool is_strict);

}  // namespace throng
