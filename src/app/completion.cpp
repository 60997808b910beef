// Writes completions for three shells; every word comes from the definitions that the parser uses.
#include "completion.hpp"

#include <fmt/format.h>

#include "section.hpp"

namespace throng {

namespace {

/// Text inside single quotes of a shell.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::vector<std::string> long_options(const CLI::App& verb) {
  std::vector<std::string> names;
  for (const CLI::Option* option : verb.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> names_of(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* verb : verbs_of(app)) names.push_back(verb->get_name());
  return names;
}

/// What may follow a verb: its own verbs, and its options and those of its verbs.
std::vector<std::string> words_after(const CLI::App& verb) {
  std::vector<std::string> words = names_of(verb);
  const std::vector<std::string> own = long_options(verb);
  words.insert(words.end(), own.begin(), own.end());
  for (const CLI::App* nested : verbs_of(verb))
    for (const std::string& option : long_options(*nested))
      if (std::find(words.begin(), words.end(), option) == words.end()) words.push_back(option);
  return words;
}

std::string bash(const CLI::App& app) {
  std::string cases;
  for (const CLI::App* verb : verbs_of(app))
    cases += fmt::format("    {}) words=\"{}\" ;;\n", verb->get_name(), fmt::join(words_after(*verb), " "));
  return fmt::format(
      "# bash completion for throng, written by throng completion bash\n"
      "_throng() {{\n  local cur=${{COMP_WORDS[COMP_CWORD]}} words=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"{} {}\" -- \"$cur\"))\n    "
      "return\n  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n{}  esac\n"
      "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
      "  if [[ $cur != -* ]]; then COMPREPLY+=($(compgen -f -- \"$cur\")); fi\n}}\n"
      "complete -o filenames -F _throng throng\n",
      fmt::join(names_of(app), " "), fmt::join(long_options(app), " "), cases);
}

std::string zsh(const CLI::App& app) {
  std::string verbs, cases;
  for (const CLI::App* verb : verbs_of(app)) {
    verbs += fmt::format("    {}\n", quoted(verb->get_name() + ":" + verb->get_description()));
    cases += fmt::format("    {}) compadd -- {}; _files ;;\n", verb->get_name(),
                         fmt::join(words_after(*verb), " "));
  }
  return fmt::format(
      "#compdef throng\n# zsh completion for throng, written by throng completion zsh\n"
      "_throng() {{\n  local -a verbs\n  verbs=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then\n    _describe verb verbs\n    return\n  fi\n"
      "  case $words[2] in\n{}  esac\n}}\ncompdef _throng throng\n",
      verbs, cases);
}

std::string fish(const CLI::App& app) {
  std::string text = "# fish completion for throng, written by throng completion fish\n";
  for (const CLI::App* verb : verbs_of(app)) {
    text += fmt::format("complete -c throng -n __fish_use_subcommand -f -a {} -d {}\n", verb->get_name(),
                        quoted(verb->get_description()));
    for (const std::string& word : words_after(*verb)) {
      const std::string flag = word.starts_with("--") ? "-l " + word.substr(2) : "-a " + word;
      text +=
          fmt::format("complete -c throng -n '__fish_seen_subcommand_from {}' {}\n", verb->get_name(), flag);
    }
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
