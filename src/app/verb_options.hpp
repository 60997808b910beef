// The options of the verbs that people read: compare, report, describe, init, explain, slurm-script, man,
// completion.
#pragma once

#include <CLI/CLI.hpp>

#include "command_line.hpp"

namespace throng {

/// --quiet and --no-color.
void add_output_style(CLI::App* app, Command& command);
/// What concerns a released file as well: --qi, --k, --threads.
void add_basic_overrides(CLI::App* app, Overrides& overrides);

/// --checkpoint-dir and what belongs to it.
void add_checkpoint(CLI::App* app, Overrides& overrides);
/// --shard and its file.
void add_shard(CLI::App* app, Overrides& overrides);

/// --policy and the files of its verdict.
void add_gate(CLI::App* app, GateArguments& gate);

void add_apply(CLI::App& app, Command& command);
/// --plan of the verbs that write one.
void add_plan(CLI::App* app, Command& command);
/// verify-proof.
void add_verify_proof(CLI::App& app, Command& command);
void add_compare(CLI::App& app, Command& command);
void add_report(CLI::App& app, Command& command);
void add_describe(CLI::App& app, Command& command);
void add_init(CLI::App& app, Command& command);
void add_merge(CLI::App& app, Command& command);
void add_explain(CLI::App& app, Command& command);
void add_slurm_script(CLI::App& app, Command& command);
/// `completion` and `man`: they fill in Command::text from `app`.
void add_self_description(CLI::App& app, Command& command);

}  // namespace throng
