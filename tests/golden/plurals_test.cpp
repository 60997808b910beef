// One of a thing is named in the singular, whatever verb tells of it.
#include <gtest/gtest.h>

#include <regex>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::run_binary;
using test::TemporaryDirectory;

TEST(Plurals, OneIsNotMany) {
  const TemporaryDirectory directory;
  directory.write("cases.csv", "town\nAvon\nAvon\n");
  directory.write("job.toml",
                  "[input]\npath = \"cases.csv\"\n[columns.town]\nrole = \"quasi_identifier\"\n[privacy]\n"
                  "k = 2\n[audit]\nthresholds = [2]\n[output]\nformats = [\"csv\"]\nname = \"cases\"\n");
  directory.write("p.toml",
                  "[require]\nk = 2\nmin_retained = 1.0\n[[at_risk]]\nmax_size = 1\nmax_share = 0\n"
                  "[columns.town]\nmin_values = 1\nmin_count = 1\n");
  directory.write("other.csv", "town\nAvon\n");
  const std::regex many(
      "(^|[^.0-9,])1 ([a-z-]+ )?(\\w*-)?(classes|records|rows|columns|pairs|combinations|identifiers|"
      "tuples|threads|values|nodes|violations|bytes|levels)\\b");
  const std::vector<std::vector<std::string>> commands = {
      {"search", "job.toml", "--dry-run", "--threads", "1"},
      {"audit", "job.toml", "--dry-run", "--threads", "1"},
      {"report", "job.toml", "--dry-run"},
      {"search", "job.toml"},
      {"audit", "job.toml"},
      {"audit", "job.toml", "--policy", "p.toml"},
      {"explain", "job.toml"},
      {"describe", "cases.csv"},
      {"frontier", "job.toml", "--max-suppressed", "1"},
      {"anonymize", "job.toml"},
      {"verify", "out/release/cases.csv", "--job", "job.toml", "--policy", "p.toml"},
      {"verify", "other.csv", "--job", "job.toml"},
      {"compare", "cases.csv", "out/release/cases.csv", "--job", "job.toml"},
      {"compare", "cases.csv", "out/release/cases.csv", "--job", "job.toml", "--dry-run"},
  };
  for (const auto& arguments : commands) {
    const auto result = run_binary(arguments, {directory.path(), "", 0});
    const std::string said = result.out + result.err;
    EXPECT_GT(said.size(), 20U) << arguments[0];
    std::smatch found;
    EXPECT_FALSE(std::regex_search(said, found, many)) << arguments[0] << ": " << said;
  }
}

}  // namespace
}  // namespace throng
