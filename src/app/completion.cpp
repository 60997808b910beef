// Writes completions for three shells; every word comes from the definitions that the parser uses.
#include "completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "policy_file.hpp"
#include "section.hpp"
#include "slurm_script.hpp"
#include "throng/search/search.hpp"

namespace throng {

namespace {

/// What an option or argument takes, where that is one of a few words; its type name says which.
struct Values {
  std::vector<std::string> words;
  bool has_files = false;  ///< a file will do as well
};

Values values_of(const CLI::Option& option) {
  const std::string type = option.get_type_name();
  if (type == "POLICY") return {shipped_policies(), true};
  if (type == "HOW") return {{"auto", "never", "require"}, false};
  if (type == "VERB") return {{"anonymize", "audit", "search"}, false};
  if (type == "SHELL") return {{"bash", "fish", "zsh"}, false};
  if (type != "NAME") return {};
  const std::vector<std::string_view> names = strategy_names();
  return {{names.begin(), names.end()}, false};
}

std::vector<std::string> long_options(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// A verb's options and those of its verbs, by name.
std::map<std::string, const CLI::Option*> options_of(const CLI::App& verb) {
  std::map<std::string, const CLI::Option*> options;
  for (const CLI::Option* option : verb.get_options())
    for (const std::string& name : option->get_lnames()) options.emplace(name, option);
  for (const CLI::App* nested : verbs_of(verb)) options.merge(options_of(*nested));
  return options;
}

/// What may follow a verb: its own verbs, the words of its arguments, its options and those of its verbs.
std::vector<std::string> words_after(const CLI::App& verb) {
  std::vector<std::string> words = names_of_verbs(verb);
  for (const CLI::Option* option : verb.get_options())
    if (option->get_positional()) std::ranges::copy(values_of(*option).words, std::back_inserter(words));
  for (const auto& [name, option] : options_of(verb)) words.push_back("--" + name);
  return words;
}

/// Every option of any verb that takes one of a few words; the same name takes the same everywhere.
std::map<std::string, Values> options_with_values(const CLI::App& app) {
  std::map<std::string, Values> found;
  for (const auto& [name, option] : options_of(app))
    if (Values values = values_of(*option); !values.words.empty()) found.emplace(name, std::move(values));
  return found;
}

std::string bash(const CLI::App& app) {
  std::string cases, values;
  for (const CLI::App* verb : verbs_of(app))
    cases += fmt::format("    {}) words=\"{}\" ;;\n", verb->get_name(), fmt::join(words_after(*verb), " "));
  for (const auto& [name, taken] : options_with_values(app))
    values += fmt::format("    --{}) COMPREPLY=($(compgen{} -W \"{}\" -- \"$cur\")); return ;;\n", name,
                          taken.has_files ? " -f" : "", fmt::join(taken.words, " "));
  return fmt::format(
      "# bash completion for throng, written by throng completion bash\n"
      "_throng() {{\n  local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD-1]}} words=\"\"\n"
      "  # bash takes --option=value for three words.\n"
      "  if [ \"$cur\" = \"=\" ]; then\n    cur=\"\"\n"
      "  elif [ \"$prev\" = \"=\" ]; then\n    prev=${{COMP_WORDS[COMP_CWORD-2]}}\n  fi\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"{} {}\" -- \"$cur\"))\n    "
      "return\n  fi\n"
      "  case $prev in\n{}  esac\n"
      "  case ${{COMP_WORDS[1]}} in\n{}  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
      "  if [[ $cur != -* ]]; then COMPREPLY+=($(compgen -f -- \"$cur\")); fi\n}}\n"
      "complete -o filenames -F _throng throng\n",
      fmt::join(names_of_verbs(app), " "), fmt::join(long_options(app), " "), values, cases);
}

std::string zsh(const CLI::App& app) {
  std::string verbs, cases, values;
  for (const CLI::App* verb : verbs_of(app)) {
    verbs += fmt::format("    {}\n", shell_quoted(verb->get_name() + ":" + verb->get_description()));
    cases += fmt::format("    {}) compadd -- {}; _files ;;\n", verb->get_name(),
                         fmt::join(words_after(*verb), " "));
  }
  for (const auto& [name, taken] : options_with_values(app))
    values += fmt::format("    --{}) compadd -- {}; {}return ;;\n", name, fmt::join(taken.words, " "),
                          taken.has_files ? "_files; " : "");
  return fmt::format(
      "#compdef throng\n# zsh completion for throng, written by throng completion zsh\n"
      "_throng() {{\n  local -a verbs\n  verbs=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then\n    _describe verb verbs\n    return\n  fi\n"
      "  case $words[CURRENT-1] in\n{}  esac\n"
      "  case $words[2] in\n{}  esac\n}}\ncompdef _throng throng\n",
      verbs, values, cases);
}

/// "-l policy -r -a 'a b'": -r wants a value, -x one that is no file.
std::string fish_option(const std::string& name, const CLI::Option& option) {
  std::string text = "-l " + name;
  if (option.get_type_name().empty()) return text;
  const Values values = values_of(option);
  text += values.words.empty() || values.has_files ? " -r" : " -x";
  if (!values.words.empty())
    text += fmt::format(" -a {}", shell_quoted(fmt::format("{}", fmt::join(values.words, " "))));
  return text;
}

std::string fish(const CLI::App& app) {
  std::string text = "# fish completion for throng, written by throng completion fish\n";
  for (const CLI::App* verb : verbs_of(app)) {
    text += fmt::format("complete -c throng -n __fish_use_subcommand -f -a {} -d {}\n", verb->get_name(),
                        shell_quoted(verb->get_description()));
    const auto add = [&](const std::string& what) {
      text +=
          fmt::format("complete -c throng -n '__fish_seen_subcommand_from {}' {}\n", verb->get_name(), what);
    };
    for (const std::string& word : words_after(*verb))
      if (!word.starts_with("--")) add("-a " + word);
    for (const auto& [name, option] : options_of(*verb)) add(fish_option(name, *option));
  }
  return text;
}

/// roff text: backslashes, and control characters at the start of a line.
std::string roff(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n'))
      result += std::string("\\&") + c;
    else
      result += c;
  }
  return result;
}

std::string manual_of(const CLI::App& verb, const std::string& name) {
  std::string text = fmt::format(".SS {}\n{}\n", roff(name), roff(verb.get_description()));
  for (const CLI::Option* option : verb.get_options()) {
    const std::string type = option->get_type_name();
    text += fmt::format(".TP\n.B {}\n{}\n", roff(option->get_name() + (type.empty() ? "" : " " + type)),
                        roff(option->get_description()));
  }
  if (!verb.get_footer().empty()) text += fmt::format(".PP\n.nf\n{}\n.fi\n", roff(verb.get_footer()));
  for (const CLI::App* nested : verbs_of(verb)) text += manual_of(*nested, name + " " + nested->get_name());
  return text;
}

}  // namespace

std::vector<const CLI::App*> verbs_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<std::string> names_of_verbs(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : verbs_of(app)) names.push_back(verb->get_name());
  return names;
}

std::string completion_script(const CLI::App& app, const std::string& shell) {
  if (shell == "bash") return bash(app);
  if (shell == "zsh") return zsh(app);
  if (shell == "fish") return fish(app);
  throw_not_one_of("shell", shell, {"bash", "zsh", "fish"}, {});
}

std::string manual_page(const CLI::App& app) {
  std::string text = fmt::format(
      ".TH THRONG 1 \"\" \"throng {}\"\n.SH NAME\nthrong \\- {}\n.SH SYNOPSIS\n.B throng\n.I "
      "verb\n[options]\n"
      ".SH VERBS\n",
      THRONG_VERSION, roff(app.get_description()));
  for (const CLI::App* verb : verbs_of(app)) text += manual_of(*verb, verb->get_name());
  return text +
         ".SH EXIT STATUS\n.TP\n.B 0\npassed\n.TP\n.B 1\npolicy violated or no solution\n.TP\n.B 2\ncommand "
         "line or "
         "configuration\n.TP\n.B 3\nbad input data\n.TP\n.B 4\ninput/output or internal failure\n.TP\n.B "
         "75\nstopped by "
         "a signal\n";
}

}  // namespace throng
