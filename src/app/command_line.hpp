// The command line, parsed: which verb, on what, with which options.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "throng/app/job.hpp"

namespace throng {

enum class Verb { kPrint, kGenerate, kSearch, kAnonymize, kVerify, kAudit, kConfig, kBench, kFrontier };

/// Arguments of `generate`, as typed.
struct GenerateArguments {
  std::string model, rows, output;
  std::string seed = "1";
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
  std::string file;                     ///< verify
  std::optional<std::string> manifest;  ///< verify
  GenerateArguments generate;
  std::optional<std::string> each_k;   ///< frontier: list of k
  std::optional<std::string> arrays;   ///< audit: HDF5 file for the figures of every combination
  std::optional<std::string> records;  ///< audit: private file for the risk of every record
  bool is_external = false;            ///< audit: print what may leave the house
};

/// Errors: usage_error, for an unknown verb or option with the nearest one.
Command parse_command_line(const std::vector<std::string>& arguments);

}  // namespace throng
