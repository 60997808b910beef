// Pages that the report verb writes, as text.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng::test {

/// The page `throng report ARGUMENTS` writes.
inline std::string report_of(const TemporaryDirectory& directory, std::vector<std::string> arguments,
                             int code = 0) {
  const std::string path = directory.path("report.html");
  arguments.insert(arguments.begin(), "report");
  arguments.insert(arguments.end(), {"--output", path});
  const auto result = run_binary(arguments);
  EXPECT_EQ(result.exit_code, code) << result.err;
  return read_text(path);
}

/// How often `part` stands in `text`.
inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace throng::test
