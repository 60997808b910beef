// The command line, parsed: which verb, on what, with which options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "throng/app/job.hpp"

namespace throng {

enum class Verb {
  kPrint,
  kGenerate,
  kSearch,
  kAnonymize,
  kApply,
  kVerify,
  kAudit,
  kConfig,
  kBench,
  kFrontier,
  kCompare,
  kReport,
  kDescribe,
  kInit,
  kExplain,
  kMerge,
  kVerifyProof,
  kSlurmScript
};

/// Arguments of `generate`, as typed.
struct GenerateArguments {
  std::string model, rows, output;
  std::string seed = "1";
};

/// Arguments of `slurm-script`, as typed; its threads are the overrides'.
struct SlurmArguments {
  std::optional<std::string> verb, time;
  std::string nodes = "1", ranks = "1", margin = "120";
};

/// The policy of audit and verify, and the files its verdict goes to.
struct GateArguments {
  std::optional<std::string> policy, junit, sarif, summary;
};

struct Command {
  Verb verb = Verb::kPrint;
  std::string text;  ///< kPrint: help or version
  std::string job;
  Overrides overrides;
  bool is_json = false;
  bool is_quiet = false;
  bool has_color = true;
  bool is_dry_run = false;
  bool has_origin = false;              ///< config show --origin
  std::string file;                     ///< verify, compare: the release; verify-proof: the certificate
  std::string before;                   ///< compare
  std::optional<std::string> manifest;  ///< verify
  GenerateArguments generate;
  SlurmArguments slurm;
  std::optional<std::string> each_k;       ///< frontier: list of k
  std::optional<std::string> arrays;       ///< audit: HDF5 file for the figures of every combination
  std::optional<std::string> records;      ///< audit: private file for the risk of every record
  bool is_external = false;                ///< audit, report: the form that may leave the house
  std::optional<std::string> certificate;  ///< search: of optimality, to be written
  std::optional<std::string> plan;         ///< search, anonymize: to be written; apply: to be read
  GateArguments gate;                      ///< audit, verify
  std::optional<std::string> run;          ///< report: answer of an earlier search
  std::optional<std::string> audited;      ///< report: HDF5 file of an earlier audit
  std::optional<std::string> html;         ///< report, init: file to write
  std::vector<std::string> shards;         ///< merge
  std::string shell;                       ///< completion
};

/// Errors: usage_error, for an unknown verb or option with the nearest one.
Command parse_command_line(const std::vector<std::string>& arguments);

}  // namespace throng
