// The calls of the command line and their options. What a call does is in a file of its own.
#include "app/cli.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <span>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/bench_command.h"
#include "app/explore_command.h"
#include "app/files.h"
#include "app/grade_command.h"
#include "app/help_text.h"
#include "app/list_command.h"
#include "app/manual.h"
#include "app/render.h"
#include "app/run_command.h"
#include "app/standard_streams.h"
#include "app/swarm_command.h"
#include "app/video_file.h"
#include "raft/walkthrough/values.h"

namespace app {

namespace {

using Arguments = std::vector<std::string>;

int refuse(const std::string& why) {
  complain("raftlab: " + why);
  return exit_bad_input;
}

/// The overview for `--help`, and for `--version` what it says, whatever else there is.
std::optional<int> asked_everywhere(const Arguments& arguments) {
  const auto is_there = [&arguments](const char* wanted) { return std::find(arguments.begin(), arguments.end(), wanted) != arguments.end(); };
  if (is_there("--help") || is_there("-h")) return print(help_overview());
  if (is_there("--version")) return print("raftlab " RAFTLAB_VERSION "\n");
  return std::nullopt;
}

/// Parses; nullopt to go on, otherwise the exit status with everything said.
std::optional<int> parse(CLI::App& app, Arguments arguments) {
  app.set_help_flag();
  if (const std::optional<int> status = asked_everywhere(arguments)) return status;
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(arguments);
  } catch (const CLI::ParseError& error) {
    std::string why = error.what();
    std::replace(why.begin(), why.end(), '\n', ' ');
    return refuse(why + "; see raftlab --help");
  }
  return std::nullopt;
}

std::optional<raft::explain::Language> language_of(const std::string& code) {
  return code.empty() ? std::nullopt : raft::explain::language_from_code(code);
}

std::optional<ui::ThemeName> theme_of(const std::string& name) {
  if (name.empty()) return std::nullopt;
  return name == "ink" ? ui::ThemeName::Ink : ui::ThemeName::Paper;
}

struct Looks {
  std::string language;
  std::string theme;
  void add_to(CLI::App& app) {
    app.add_option("--lang", language)->check(CLI::IsMember({"en", "zh"}));
    app.add_option("--theme", theme)->check(CLI::IsMember({"paper", "ink"}));
  }
};

int call_window(const Arguments& arguments) {
  CLI::App app;
  WindowRequest request;
  Looks looks;
  app.add_option("FILE", request.file);
  app.add_option("--trace", request.trace);
  app.add_option("--record", request.record);
  looks.add_to(app);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  request.language = language_of(looks.language);
  request.theme = theme_of(looks.theme);
  return open_window(request);
}

/// One file each for what a run writes, and one run at a time.
std::string why_not_one_each(const RunRequest& request) {
  const std::array<std::pair<const char*, const std::string*>, 3> outputs = {
      {{"--trace", &request.trace}, {"--history", &request.history}, {"--shiviz", &request.shiviz}}};
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (outputs[i].second->empty()) continue;
    if (request.files.size() > 1) return fmt::format("{} takes one FILE at a time", outputs[i].first);
    for (std::size_t j = 0; j < i; ++j) {
      if (!is_same_file(*outputs[j].second, *outputs[i].second)) continue;
      return fmt::format("{} and {} cannot be the same file", outputs[j].first, outputs[i].first);
    }
  }
  return "";
}

std::string is_notes(const std::string& value) {
  if (value == "en" || value == "zh" || value.ends_with(".html")) return "";
  return "--notes is en or zh for text, or the name of a page, FILE.html (FILE.zh.html in Chinese)";
}

std::string is_seed(const std::string& text) {
  return raft::walkthrough::seed_of(text) ? "" : raft::walkthrough::what_is_a_seed + (", not '" + text + "'");
}

int call_run(const Arguments& arguments) {
  CLI::App app;
  RunRequest request;
  std::string transcript;
  std::string language;
  std::string seed;
  app.add_option("FILE", request.files)->required();
  app.add_option("--trace", request.trace);
  app.add_option("--history", request.history);
  app.add_option("--shiviz", request.shiviz);
  app.add_option("--transcript", transcript)->check(CLI::IsMember({"en", "zh"}));
  app.add_option("--notes", request.notes)->check(is_notes);
  app.add_flag("--state", request.state);
  app.add_option("--lang", language)->check(CLI::IsMember({"en", "zh"}));
  app.add_flag("--hash", request.hash);
  app.add_option("--seed", seed)->check(is_seed);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  if (!seed.empty()) request.seed = raft::walkthrough::seed_of(seed);
  if (request.files.size() > 1 && request.notes.ends_with(".html")) return refuse("--notes FILE.html takes one FILE at a time");
  if (!language.empty() && !request.state) return refuse("--lang is the language of --state, which is not asked for");
  request.transcript = language_of(transcript);
  request.state_language = language.empty() ? request.transcript : language_of(language);
  if (const std::string why = why_not_one_each(request); !why.empty()) return refuse(why);
  return run_walkthroughs(request);
}

int call_check(const Arguments& arguments) {
  CLI::App app;
  CheckRequest request;
  app.add_option("FILE", request.files)->required();
  app.add_flag("--format", request.format);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  return check_walkthroughs(request);
}

bool read_size(const std::string& text, RenderRequest& request) {
  char rest = 0;
  if (std::sscanf(text.c_str(), "%5dx%5d%c", &request.width, &request.height, &rest) != 2) return false;
  return request.width >= 320 && request.width <= 7680 && request.height >= 240 && request.height <= 4320;
}

/// "" if this output can be made with these numbers.
std::string refusal_of(const RenderRequest& request) {
  const std::optional<VideoFormat> format = video_format_of(request.output);
  const int most_frames = format == VideoFormat::Gif ? 50 : 120;
  if (request.frames_per_second < 1 || request.frames_per_second > most_frames) {
    return fmt::format("--fps is from 1 to {}, not {}{}", most_frames, request.frames_per_second,
                       format == VideoFormat::Gif ? ": a gif counts in hundredths of a second" : "");
  }
  const bool odd = request.width % 2 != 0 || request.height % 2 != 0;
  if (odd && (format == VideoFormat::Mp4 || format == VideoFormat::Webm)) {
    return fmt::format("the --size of an .mp4 or .webm film is even, such as {}x{}, not {}x{}", request.width / 2 * 2,
                       request.height / 2 * 2, request.width, request.height);
  }
  if (format && request.every == RenderRequest::Every::Step) {
    return "--every step draws into a folder; a film has all frames";
  }
  // A typing error would become the name of a folder.
  constexpr std::array<std::string_view, 9> other_kinds = {".avi", ".mov", ".mkv", ".m4v", ".png", ".jpg", ".jpeg", ".webp", ".svg"};
  for (const std::string_view ending : other_kinds) {
    if (request.output.ends_with(ending)) return fmt::format("a film ends in .mp4, .webm or .gif, not in {}; any other OUT is a folder of pictures", ending);
  }
  return "";
}

int call_render(const Arguments& arguments) {
  CLI::App app;
  RenderRequest request;
  Looks looks;
  std::string size = "1920x1080";
  std::string every;
  app.add_option("FILE", request.file)->required();
  app.add_option("-o,--output", request.output)->required();
  app.add_option("--size", size);
  app.add_option("--fps", request.frames_per_second);
  app.add_option("--every", every)->check(CLI::IsMember({"step", "frame"}));
  app.add_flag("--stats", request.stats);
  looks.add_to(app);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  if (!read_size(size, request)) {
    return refuse("--size is WIDTHxHEIGHT from 320x240 to 7680x4320, such as 1920x1080, not '" + size + "'");
  }
  const bool film = video_format_of(request.output).has_value();
  request.every = every == "frame" || (film && every.empty()) ? RenderRequest::Every::Frame : RenderRequest::Every::Step;
  if (const std::string why = refusal_of(request); !why.empty()) return refuse(why);
  request.language = language_of(looks.language);
  request.theme = theme_of(looks.theme);
  return render(request);
}

int call_bench(const Arguments& arguments) {
  CLI::App app;
  BenchRequest request;
  app.add_option("--only", request.only);
  app.add_flag("--json", request.json);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  return run_bench(request);
}

int call_explore(const Arguments& arguments) {
  CLI::App app;
  ExploreRequest request;
  std::size_t nodes = 0;
  bool joint = false;
  app.add_option("FILE", request.file);
  CLI::Option* const nodes_option = app.add_option("--nodes", nodes)->check(CLI::Range(0, 1000));  // what is too many is said better later
  const CLI::Range bound(-1000, 1'000'000);  // no sum of them leaves an int
  app.add_option("--terms", request.bounds.terms)->check(bound);
  app.add_option("--entries", request.bounds.entries)->check(bound);
  app.add_option("--messages", request.bounds.messages)->check(bound);
  app.add_option("--crashes", request.bounds.crashes)->check(bound);
  app.add_option("--drops", request.bounds.drops)->check(bound);
  app.add_option("--duplicates", request.bounds.duplicates)->check(bound);
  app.add_option("--changes", request.bounds.changes)->check(bound);
  app.add_flag("--joint", joint);
  app.add_option("--rule", request.rules)->allow_extra_args(false);  // what follows may be FILE
  app.add_option("--memory", request.memory_mib)->check(CLI::Range(16, 1 << 20));
  app.add_flag("--json", request.json);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  if (nodes_option->count() > 0) request.nodes = nodes;
  if (joint) request.change_by = raft::search::ChangeBy::JointConsensus;
  return explore_cluster(request);
}

int call_swarm(const Arguments& arguments) {
  CLI::App app;
  SwarmRequest request;
  std::string seeds = "1..1000";
  std::string time = "60s";
  std::string faults = "all";
  std::vector<std::string> rules;
  app.add_option("--seeds", seeds);
  app.add_option("--nodes", request.options.nodes)->check(CLI::Range(std::size_t{1}, raft::sim::max_voters));
  app.add_option("--time", time);
  app.add_option("--faults", faults);
  app.add_option("--rule", rules)->allow_extra_args(false);
  app.add_option("--history", request.history);
  app.add_option("--out", request.out);
  app.add_flag("--json", request.json);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  std::vector<std::string> errors = {read_seeds(seeds, request.options), read_time(time, request.options),
                                     read_faults(faults, request.options)};
  for (const std::string& rule : rules) errors.push_back(read_rule(rule, request.options.rules));
  for (const std::string& error : errors) {
    if (!error.empty()) return refuse("swarm: " + error);
  }
  return run_swarm(request);
}

int call_grade(const Arguments& arguments) {
  CLI::App app;
  GradeRequest request;
  app.add_option("ASSIGNMENT", request.assignment)->required();
  app.add_option("SESSION", request.sessions)->required();
  app.add_flag("--json", request.json);
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  return grade_sessions(request);
}

int call_list(const Arguments& arguments) {
  CLI::App app;
  ListRequest request;
  std::string language;
  app.add_flag("--json", request.json);
  app.add_option("--lang", language)->check(CLI::IsMember({"en", "zh"}));
  if (const std::optional<int> status = parse(app, arguments)) return *status;
  request.language = language_of(language).value_or(raft::explain::Language::English);
  return list_walkthroughs(request);
}

int call_help(const Arguments& arguments) {
  if (arguments.empty()) return print(help_overview());
  if (const std::optional<int> status = asked_everywhere(arguments)) return *status;
  if (arguments.size() > 1) return refuse("help takes one topic: language, keys or rules");
  if (arguments[0] == "language") return print(help_language());
  if (arguments[0] == "keys") return print(help_keys());
  if (arguments[0] == "rules") return print(help_rules());
  if (arguments[0] == "man") return print(manual_page());
  if (arguments[0] == "bash") return print(bash_completion());
  if (arguments[0] == "zsh") return print(zsh_completion());
  if (arguments[0] == "fish") return print(fish_completion());
  return refuse("there is no help about '" + arguments[0] + "'; topics are language, keys, rules");
}

}  // namespace

std::string read_rule(const std::string& text, raft::Rules& rules) {
  const std::size_t equals = text.find('=');
  const std::string state = equals == std::string::npos ? "" : text.substr(equals + 1);
  if (state != "off" && state != "on") {
    return "--rule takes NAME=off, as in --rule one_vote_per_term=off, not '" + text + "'";
  }
  const std::optional<raft::Rule> rule = raft::rule_from_name(text.substr(0, equals));
  if (!rule) return "there is no rule '" + text.substr(0, equals) + "'; raftlab help rules lists them";
  rules.set(*rule, state == "on");
  return "";
}

int run_command_line(int argc, char** argv) {
  // A file that is opened while one of them is closed would get its number, and what is printed would go there.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) < 0) static_cast<void>(open("/dev/null", O_RDONLY));  // writing to it fails as before
  }
  // A closed pipe, or a file larger than the shell allows, is an error of writing, told like any other.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  Arguments arguments(argv + std::min(argc, 1), argv + argc);
  const std::string call = arguments.empty() ? "" : arguments[0];
  const Arguments rest(arguments.begin() + (arguments.empty() ? 0 : 1), arguments.end());
  if (call == "run") return call_run(rest);
  if (call == "check") return call_check(rest);
  if (call == "render") return call_render(rest);
  if (call == "bench") return call_bench(rest);
  if (call == "explore") return call_explore(rest);
  if (call == "grade") return call_grade(rest);
  if (call == "help") return call_help(rest);
  if (call == "list") return call_list(rest);
  if (call == "swarm") return call_swarm(rest);
  return call_window(arguments);
}

}  // namespace app
