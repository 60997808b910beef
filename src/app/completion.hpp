// The command line's own definitions as shell completions and as a manual page.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace throng {

/// The completion script for "bash", "zsh" or "fish". Errors: usage_error for another shell.
std::string completion_script(const CLI::App& app, const std::string& shell);

/// The manual page, section 1, as roff.
std::string manual_page(const CLI::App& app);

/// The verbs of `app`, in the order they were declared.
std::vector<const CLI::App*> verbs_of(const CLI::App& app);
std::vector<std::string> names_of_verbs(const CLI::App& app);

}  // namespace throng
