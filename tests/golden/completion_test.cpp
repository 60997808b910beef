// Completion scripts, tried in the shells they are for: verbs, options, and the words that options take.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "run_binary.hpp"
#include "support/temporary_directory.hpp"

namespace throng {
namespace {

using test::read_text;
using test::run_binary;
using test::TemporaryDirectory;

using Words = std::vector<std::string>;

TEST(CompletionScript, KnowsEveryVerbAndOption) {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    const auto result = run_binary({"completion", shell});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    for (const char* verb : {"search", "anonymize", "verify", "audit", "generate", "config", "compare",
                             "report", "describe", "init", "explain"})
      EXPECT_NE(result.out.find(verb), std::string::npos) << shell << " " << verb;
    for (const char* option : {"max-suppressed", "sarif", "origin", "external"})
      EXPECT_NE(result.out.find(option), std::string::npos) << shell << " " << option;
  }
  const auto wrong = run_binary({"completion", "bahs"});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_NE(wrong.err.find("did you mean \"bash\"?"), std::string::npos) << wrong.err;
}

/// Runs `script` after the completion script of `shell`, in a directory of one file, and gives the lines it
/// prints.
Words said_in(const std::string& shell, const std::string& script) {
  const TemporaryDirectory directory;
  directory.write("cases.csv", "");
  const std::string completion = directory.write("completion", run_binary({"completion", shell}).out);
  const std::string path = directory.write("try", "cd " + directory.path() + "\n" + script);
  const std::string out = directory.path("out");
  const std::string clean = shell == "zsh"    ? "zsh -f "
                            : shell == "fish" ? "fish --no-config "
                                              : "bash --norc ";
  const std::string command = "COMPLETION=" + completion + " " + clean + path + " > " + out;
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::istringstream text(read_text(out));
  Words lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line.substr(0, line.find('\t')));
  return lines;
}

bool is_installed(const std::string& shell) {
  return std::system(("command -v " + shell + " > /dev/null").c_str()) == 0;
}

/// What `shell` offers for the last of `words`.
Words offered(const std::string& shell, const Words& words) {
  std::string quoted, line;
  for (const std::string& word : words) {
    quoted += " '" + word + "'";
    line += (line.empty() ? "" : " ") + word;
  }
  const std::string num = std::to_string(words.size());
  if (shell == "bash")
    return said_in("bash", ". $COMPLETION\nCOMP_WORDS=(" + quoted + "); COMP_CWORD=$((" + num +
                               " - 1)); _throng; printf '%s\\n' \"${COMPREPLY[@]}\"\n");
  if (shell == "fish") return said_in("fish", "source $COMPLETION\ncomplete -C '" + line + "'\n");
  // zsh completes in its line editor only; what the function calls is caught here instead.
  return said_in("zsh",
                 "compdef() { }\n_files() { print -l *.csv }\n_describe() { print -l ${verbs%%:*} }\n"
                 "compadd() { shift; print -l -- $@ }\nwords=(" +
                     quoted + "); CURRENT=" + num + "\n. $COMPLETION\n_throng\n");
}

bool has(const Words& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

class Completion : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (!is_installed(GetParam())) GTEST_SKIP() << GetParam() << " is not installed";
  }
};

TEST_P(Completion, OffersVerbsAndTheirOptions) {
  EXPECT_TRUE(has(offered(GetParam(), {"throng", "se"}), "search"));
  const Words options = offered(GetParam(), {"throng", "audit", "--"});
  EXPECT_TRUE(has(options, "--sarif"));
  EXPECT_TRUE(has(options, "--policy"));
  EXPECT_FALSE(has(options, "--strategy")) << "audit has none";
}

TEST_P(Completion, OffersTheWordsThatOptionsTake) {
  const Words policies = offered(GetParam(), {"throng", "audit", "--policy", ""});
  for (const char* name : {"ctdc-k11", "cms-cell-suppression", "hdx-3-percent", "strict-0.09", "cases.csv"})
    EXPECT_TRUE(has(policies, name)) << name;
  const Words strategies = offered(GetParam(), {"throng", "search", "job.toml", "--strategy", ""});
  for (const char* name : {"optimal", "local", "suppress-cells", "redact"})
    EXPECT_TRUE(has(strategies, name)) << name;
  EXPECT_FALSE(has(strategies, "cases.csv"));
  EXPECT_FALSE(has(strategies, "--k"));
  const Words how = offered(GetParam(), {"throng", "search", "job.toml", "--resume", ""});
  EXPECT_EQ(how, (Words{"auto", "never", "require"}));
  EXPECT_TRUE(has(offered(GetParam(), {"throng", "completion", ""}), "fish"));
  EXPECT_EQ(offered(GetParam(), {"throng", "slurm-script", "--verb", ""}),
            (Words{"anonymize", "audit", "search"}));
}

INSTANTIATE_TEST_SUITE_P(Shells, Completion, ::testing::Values("bash", "zsh", "fish"));

TEST(BashCompletion, NarrowsByWhatIsTyped) {
  EXPECT_EQ(offered("bash", {"throng", "audit", "--policy", "ct"}), Words{"ctdc-k11"});
  EXPECT_EQ(offered("bash", {"throng", "search", "--strategy", "=", "opt"}), Words{"optimal"});
  EXPECT_TRUE(has(offered("bash", {"throng", "search", "--strategy", "="}), "optimal"));
  EXPECT_EQ(offered("bash", {"throng", "search", "ca"}), Words{"cases.csv"});
}

}  // namespace
}  // namespace throng
