// The manual page, in the macros of man(7).
#include "app/manual.h"

#include <fmt/format.h>

#include "app/call_table.h"

namespace app {

namespace {

/// As plain text of a page: a dash is a dash, a backslash a backslash, and no line starts a macro.
std::string roff(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\\') {
      safe += "\\e";
    } else if (c == '-') {
      safe += "\\-";
    } else {
      safe += c;
    }
  }
  if (!safe.empty() && (safe[0] == '.' || safe[0] == '\'')) safe.insert(0, "\\&");
  return safe;
}

std::string option_text(const OptionInfo& option) {
  std::string names;
  for (const std::string& name : names_of(option)) names += (names.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
  const std::string argument = *option.argument != '\0' ? " \\fI" + roff(option.argument) + "\\fR" : "";
  return fmt::format(".TP\n{}{}\n{}\n", names, argument, roff(option.says));
}

std::string call_text(const CallInfo& call) {
  std::string text = ".SS raftlab";
  if (*call.name != '\0') text += " " + std::string(call.name);
  if (*call.arguments != '\0') text += " " + roff(call.arguments);
  text += "\n" + roff(call.says) + ".\n";
  for (const OptionInfo& option : call.options) text += option_text(option);
  return text;
}

}  // namespace

std::string manual_page() {
  std::string text = ".TH RAFTLAB 1 \"\" \"raftlab " RAFTLAB_VERSION "\" \"User Commands\"\n";
  text += ".SH NAME\nraftlab \\- watch the Raft consensus algorithm, break it, and replay it\n.SH SYNOPSIS\n";
  for (const CallInfo& call : call_table()) {
    text += fmt::format(".B raftlab{}{}\n{}\n.br\n", *call.name != '\0' ? " " : "", call.name, roff(call.arguments));
  }
  text += ".SH DESCRIPTION\n" + roff(program_says) + "\n";
  text += "A walkthrough is a text file of a few kilobytes that plays the same on every machine;\n"
          "its language is described by\n.BR \"raftlab help language\" .\n";
  text += ".SH CALLS\n";
  for (const CallInfo& call : call_table()) text += call_text(call);
  text += ".SH EXIT STATUS\nOf several files the worst counts.\n";
  for (const ExitStatusInfo& info : exit_status_table()) text += fmt::format(".TP\n.B {}\n{}\n", info.status, roff(info.says));
  text += ".SH FILES\n.TP\n.I $XDG_CONFIG_HOME/raftlab/\n"
          "settings.json, what has been chosen in the window, and draft\\-*.walk, a walkthrough that is being written.\n"
          ".TP\n.I $XDG_DATA_HOME/raftlab/\nWalkthroughs that were recorded, or saved under a name without a folder.\n"
          ".TP\n.I $XDG_STATE_HOME/raftlab/\n"
          "progress.json, how far each walkthrough has been seen, what was opened last and the window\\(aqs place; and "
          "recordings/, what is recorded, for as long as it has not been saved.\n"
          ".PP\nThe folder of the state and that of the settings may be deleted: then everything is as at the first start.\n"
          ".TP\n.I *.walk\nWalkthroughs. The program does nothing that one of them says outside its simulation.\n";
  text += ".SH ENVIRONMENT\n.TP\n.BR XDG_CONFIG_HOME \", \" XDG_DATA_HOME \", \" XDG_STATE_HOME\n"
          "Where the folders above are; without them they are in ~/.config, ~/.local/share and ~/.local/state.\n"
          ".TP\n.BR LC_ALL \", \" LC_MESSAGES \", \" LANG\n"
          "The language of the window, until one has been chosen in it.\n";
  text += ".SH EXAMPLES\n.nf\nraftlab run lesson.walk \\-\\-transcript en\nraftlab render lesson.walk \\-o lesson.mp4\n"
          "raftlab explore \\-\\-rule one_vote_per_term=off\n.fi\n"
          ".SH SEE ALSO\n.BR ffmpeg (1),\nwhich makes the films\n";
  return text;
}

}  // namespace app
