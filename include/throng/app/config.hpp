// The resolved configuration as lines of a job file, for `throng config show` and for every output.
#pragma once

#include <string>
#include <vector>

#include "throng/app/job.hpp"

namespace throng {

/// Who reads it: the external form leaves out paths and the seed, which say something about the private side.
enum class Audience { kInternal, kExternal };

/// One setting: `key = value` in TOML.
struct Setting {
  std::string key;
  std::string value;
  std::string origin;
};

/// Every setting, in the order of the documentation.
std::vector<Setting> settings_of(const Job& job, Audience audience);

/// "key = value" per setting: a valid job file.
std::vector<std::string> configuration_lines(const Job& job, Audience audience);

/// `text` as a TOML (and JSON) string.
std::string toml_string(std::string_view text);

}  // namespace throng
