// The [columns.*] tables of the job file.
#pragma once

#include "throng/app/job.hpp"
#include "toml_tree.hpp"

namespace throng {

/// Appends the described columns to job.input. Errors: usage_error.
void read_columns(const TomlEntry& columns, Job& job);

/// Reads a role. Errors: usage_error with the nearest role.
Role checked_role(const std::string& name, const std::string& text, const Place& place);

}  // namespace throng
