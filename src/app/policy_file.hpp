// Policy files: where they are found and what is in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "throng/policy/policy.hpp"

namespace throng {

/// Reads a policy from text; `path` is used in messages. Errors: usage_error with line and column for
/// malformed TOML, unknown keys, wrong types, values out of range and a policy without a rule.
Policy parse_policy(std::string_view text, const std::string& path);

/// The policy in the file `name`, or, when it has neither a slash nor an ending, the shipped one of that
/// name. Errors: as parse_policy(); usage_error with the nearest name for a shipped one that is not there;
/// io_error.
Policy load_policy(const std::string& name);

/// The names of the shipped policies that are found here, sorted.
std::vector<std::string> shipped_policies();

}  // namespace throng
