// The table of calls says what the command line takes; the manual page and the completions say all of the table.
#include "app/call_table.h"

#include <map>
#include <regex>
#include <set>

#include "app/manual.h"
#include "tests/support/program.h"

namespace app::test {

namespace {

using Options = std::map<std::string, std::set<std::string>>;  // by the name of the call

Options options_of_table() {
  Options options;
  for (const app::CallInfo& call : app::call_table()) {
    for (const app::OptionInfo& option : call.options) {
      for (const std::string& name : app::names_of(option)) options[call.name].insert(name);
    }
  }
  for (const char* everywhere : {"-h", "--help", "--version"}) options[""].erase(everywhere);  // taken by every call
  return options;
}

/// What app/cli.cpp gives to the parser of each call.
Options options_of_source() {
  const std::string source = read(source_dir() + "/app/cli.cpp");
  static const std::regex function(R"(\nint call_(\w+)\([^)]*\) \{\n([^]*?)\n\}\n)");
  static const std::regex added(R"re(add_(?:option|flag)\("([^"]+)")re");
  Options options;
  for (std::sregex_iterator call(source.begin(), source.end(), function), end; call != end; ++call) {
    const std::string name = (*call)[1] == "window" ? "" : (*call)[1].str();
    const std::string body = (*call)[2];
    for (std::sregex_iterator option(body.begin(), body.end(), added); option != end; ++option) {
      std::istringstream names(std::regex_replace((*option)[1].str(), std::regex(","), " "));
      for (std::string one; names >> one;) {
        if (one[0] == '-') options[name].insert(one);
      }
    }
    if (body.find("looks.add_to") != std::string::npos) options[name].insert({"--lang", "--theme"});
  }
  return options;
}

}  // namespace

TEST_CASE("every option that the command line takes is in the table, and the other way round") {
  const Options source = options_of_source();
  REQUIRE(source.at("render").contains("--output"));
  CHECK(options_of_table() == source);
}

TEST_CASE("help, the manual page and the completions name every call and every option") {
  const Folder folder;
  const std::string help = run(folder, "--help").out;
  const std::string page = std::regex_replace(run(folder, "help man").out, std::regex(R"(\\-)"), "-");
  const std::string bash = run(folder, "help bash").out;
  const std::string zsh = run(folder, "help zsh").out;
  const std::string fish = run(folder, "help fish").out;
  for (const char* name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"}) {
    CHECK(page.find(std::string("$") + name + "/raftlab/") != std::string::npos);  // FILES
    CHECK(page.rfind(name) > page.find(".SH ENVIRONMENT"));
  }
  for (const app::CallInfo& call : app::call_table()) {
    for (const std::string& text : {help, page, bash, zsh, fish}) CHECK(text.find(call.name) != std::string::npos);
    CHECK(help.find(call.says) != std::string::npos);
    for (const app::OptionInfo& option : call.options) {
      for (const std::string& name : app::names_of(option)) {
        CAPTURE(name);
        for (const std::string& text : {help, page, bash, zsh}) CHECK(text.find(name) != std::string::npos);
        const std::string as_fish = name.starts_with("--") ? "-l " + name.substr(2) : "-s " + name.substr(1);
        CHECK(fish.find(" " + as_fish + " ") != std::string::npos);
      }
    }
  }
}

TEST_CASE("bash completes calls, options, values of options and walkthroughs") {
  const Folder folder;
  write(folder / "completion", run(folder, "help bash").out);
  write(folder / "lesson.walk", "");
  write(folder / "other.txt", "");
  const auto completed = [&](const std::string& words) {  // the last one is being typed
    write(folder / "try",
          ". ./completion\nCOMP_WORDS=(" + words + ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_raftlab\necho ${COMPREPLY[@]}\n");
    return run_shell(folder, "bash ./try").out;
  };
  CHECK(completed("raftlab re") == "render\n");
  CHECK(completed("raftlab run --tr") == "--trace --transcript\n");
  CHECK(completed("raftlab run --transcript ''") == "en zh\n");
  CHECK(completed("raftlab run le") == "lesson.walk\n");
  CHECK(completed("raftlab explore --rule one_v") == "one_vote_per_term=off\n");
  CHECK(completed("raftlab swarm --faults cr") == "crash\n");
  CHECK(completed("raftlab --theme i") == "ink\n");
  CHECK(completed("raftlab help la") == "language\n");
}

}  // namespace app::test
