// Completions: the words of a call, its options, and the values of an option that has a list of them. Whatever else
// stands on a line is the name of a file.
#include <fmt/format.h>

#include <cstring>

#include "app/call_table.h"
#include "app/manual.h"

namespace app {

namespace {

std::string joined(const std::vector<std::string>& words, const char* between = " ") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::vector<std::string> call_names() {
  std::vector<std::string> names;
  for (const CallInfo& call : call_table()) {
    if (*call.name != '\0') names.emplace_back(call.name);
  }
  return names;
}

std::vector<std::string> option_names(const CallInfo& call) {
  std::vector<std::string> names;
  for (const OptionInfo& option : call.options) {
    for (const std::string& name : names_of(option)) names.push_back(name);
  }
  return names;
}

std::vector<std::string> topic_names() { return {help_topics().begin(), help_topics().end()}; }

bool takes_folder(const OptionInfo& option) { return std::strcmp(option.argument, "DIR") == 0; }
bool takes_nothing(const OptionInfo& option) { return *option.argument == '\0'; }

/// What bash and zsh mean by a text between ' and '.
std::string quoted(std::string text) {
  for (std::size_t at = 0; (at = text.find('\'', at)) != std::string::npos; at += 4) text.replace(at, 1, "'\\''");
  return "'" + text + "'";
}

std::string bash_values() {
  std::string text;
  for (const CallInfo& call : call_table()) {
    for (const OptionInfo& option : call.options) {
      const std::vector<std::string> values = values_of(option);
      if (values.empty() && !takes_folder(option)) continue;
      const std::string reply = takes_folder(option) ? "-d" : "-W " + quoted(joined(values));
      text += fmt::format("    '{} {}') COMPREPLY=($(compgen {} -- \"$word\")); return ;;\n", call.name,
                          names_of(option).back(), reply);
    }
  }
  return text;
}

/// zsh reads brackets and colons in a description.
std::string zsh_words(const std::string& text) {
  std::string safe;
  for (const char c : text) safe += std::strchr("[]:\\", c) != nullptr ? std::string("\\") + c : std::string(1, c);
  return safe;
}

std::string zsh_option(const OptionInfo& option) {
  std::string action;
  if (!takes_nothing(option)) {
    const std::vector<std::string> values = values_of(option);
    const std::string what = !values.empty() ? "(" + joined(values) + ")" : takes_folder(option) ? "_files -/" : "_files";
    action = ":" + zsh_words(option.argument) + ":" + what;
  }
  std::string text;
  for (const std::string& name : names_of(option)) {
    text += " \\\n        " + quoted(fmt::format("{}[{}]{}", name, zsh_words(option.says), action));
  }
  return text;
}

std::string fish_option(const std::string& condition, const OptionInfo& option) {
  std::string text = "complete -c raftlab -n " + quoted(condition);
  for (const std::string& name : names_of(option)) {
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  const std::vector<std::string> values = values_of(option);
  if (!values.empty()) {
    text += " -x -a " + quoted(joined(values));
  } else if (takes_folder(option)) {
    text += " -x -a '(__fish_complete_directories)'";
  } else if (!takes_nothing(option)) {
    text += " -r";
  }
  std::string says = option.says;
  for (std::size_t at = 0; (at = says.find_first_of("\\'", at)) != std::string::npos; at += 2) says.insert(at, "\\");
  return text + " -d '" + says + "'\n";
}

}  // namespace

std::string bash_completion() {
  std::string text = "# bash completion for raftlab\n_raftlab() {\n";
  text += "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} call=''\n";
  text += fmt::format("  case ${{COMP_WORDS[1]}} in {}) [ $COMP_CWORD -gt 1 ] && call=${{COMP_WORDS[1]}} ;; esac\n",
                      joined(call_names(), "|"));
  text += "  case \"$call $before\" in\n" + bash_values();
  text += fmt::format("    'help help') COMPREPLY=($(compgen -W '{}' -- \"$word\")); return ;;\n  esac\n",
                      joined(topic_names()));
  text += "  if [[ $word == -* ]]; then\n    case $call in\n";
  for (const CallInfo& call : call_table()) {
    text += fmt::format("      '{}') COMPREPLY=($(compgen -W '{}' -- \"$word\")) ;;\n", call.name, joined(option_names(call)));
  }
  text += "    esac\n    return\n  fi\n  compopt -o filenames 2>/dev/null\n";
  text += "  COMPREPLY=($(compgen -f -X '!*.walk' -- \"$word\") $(compgen -d -- \"$word\"))\n";
  text += fmt::format("  [ $COMP_CWORD -eq 1 ] && COMPREPLY+=($(compgen -W '{}' -- \"$word\"))\n", joined(call_names()));
  return text + "}\ncomplete -F _raftlab raftlab\n";
}

std::string zsh_completion() {
  std::string text = "#compdef raftlab\n_raftlab() {\n  local -a calls=(\n";
  for (const CallInfo& call : call_table()) {
    if (*call.name != '\0') text += "    " + quoted(std::string(call.name) + ":" + zsh_words(call.says)) + "\n";
  }
  text += "  )\n  local call=$words[2]\n  if (( CURRENT == 2 )) && [[ $PREFIX != -* ]]; then\n"
          "    _describe -t calls call calls\n    _files -g '*.walk'\n    return\n  fi\n  case $call in\n";
  for (const CallInfo& call : call_table()) {
    if (*call.name == '\0') continue;
    const std::string rest = std::strcmp(call.name, "help") == 0 ? "'*:topic:(" + joined(topic_names()) + ")'"
                                                                 : "'*:walkthrough:_files -g \"*.walk\"'";
    text += fmt::format("    {})\n      shift words; (( CURRENT-- ))\n      _arguments", call.name);
    for (const OptionInfo& option : call.options) text += zsh_option(option);
    text += " \\\n        " + rest + "\n      ;;\n";
  }
  text += "    *)\n      _arguments";
  for (const OptionInfo& option : call_table().front().options) text += zsh_option(option);
  return text + " \\\n        '*:walkthrough:_files -g \"*.walk\"'\n      ;;\n  esac\n}\n_raftlab \"$@\"\n";
}

std::string fish_completion() {
  const std::string calls = joined(call_names());
  std::string text = "# fish completion for raftlab\n";
  for (const CallInfo& call : call_table()) {
    const bool is_window = *call.name == '\0';
    if (!is_window) {
      std::string says = call.says;
      for (std::size_t at = 0; (at = says.find('\'', at)) != std::string::npos; at += 2) says.insert(at, "\\");
      text += fmt::format("complete -c raftlab -n '__fish_use_subcommand' -a {} -d '{}'\n", call.name, says);
    }
    const std::string condition =
        is_window ? "not __fish_seen_subcommand_from " + calls : std::string("__fish_seen_subcommand_from ") + call.name;
    for (const OptionInfo& option : call.options) text += fish_option(condition, option);
  }
  return text + "complete -c raftlab -n '__fish_seen_subcommand_from help' -x -a '" + joined(topic_names()) + "'\n";
}

}  // namespace app
