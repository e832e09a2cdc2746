// `raftlab explore`: what was asked for as a search, its progress, and what it found. Searching is in raft/search.
#include "app/explore_command.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/files.h"
#include "app/interrupt.h"
#include "app/run_command.h"
#include "app/walkthrough_file.h"
#include "raft/search/explorer.h"
#include "raft/search/explorer_walk.h"

namespace app {

namespace {

using raft::search::Given;
using raft::search::Options;
using raft::search::Outcome;
using raft::search::Result;
using Clock = std::chrono::steady_clock;

int complain(const std::string& line, int status) {
  fmt::print(stderr, "{}\n", line);
  return status;
}

int refuse(const std::string& why) { return complain("raftlab: explore: " + why, exit_bad_input); }

/// NAME=off, as `set rule NAME off` says it. "" or why not.
std::string apply_rule(const std::string& text, raft::Rules& rules) {
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

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One line that is written over and over while a person looks at it.
class ProgressLine {
 public:
  explicit ProgressLine(Clock::time_point start) : start_(start), shown_at_(start), wanted_(isatty(STDERR_FILENO) == 1) {}
  ~ProgressLine() {
    if (shown_) fmt::print(stderr, "\r\033[K");
  }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void show(const Result& result) {
    if (!wanted_ || seconds_since(shown_at_) < 0.2) return;
    shown_at_ = Clock::now();
    shown_ = true;
    fmt::print(stderr, "\r\033[K{} states, depth {}, {:.0f} states/s, {} MiB", result.states, result.depth,
               static_cast<double>(result.states) / seconds_since(start_), result.memory >> 20U);
    std::fflush(stderr);
  }

 private:
  Clock::time_point start_;
  Clock::time_point shown_at_;
  bool wanted_;
  bool shown_ = false;
};

/// NAME.walk in this folder, or NAME-2.walk, …: nothing is overwritten.
std::string unused_name(const std::string& name) {
  std::error_code code;
  std::string path = name + ".walk";
  for (int i = 2; std::filesystem::exists(path, code); ++i) path = fmt::format("{}-{}.walk", name, i);
  return path;
}

std::string last_line(const Result& result) {
  return fmt::format("{} states, depth {}, {}\n", result.states, result.depth,
                     result.outcome == Outcome::Violated ? "not complete: violation found"
                                                         : raft::search::outcome_text(result.outcome));
}

nlohmann::ordered_json as_json(const Result& result, double seconds) {
  nlohmann::ordered_json json;
  json["states"] = result.states;
  json["depth"] = result.depth;
  json["complete"] = result.outcome == Outcome::Complete;
  json["outcome"] = raft::search::outcome_text(result.outcome);
  json["transitions"] = result.transitions;
  json["seconds"] = seconds;
  json["states_per_second"] = static_cast<double>(result.states) / seconds;
  json["bytes_per_state"] = static_cast<double>(result.memory) / static_cast<double>(result.states);
  return json;
}

/// Prints what was found. `saved` is where the walkthrough went.
int report(const ExploreRequest& request, const Result& result, double seconds, const std::string& saved) {
  if (request.json) {
    nlohmann::ordered_json json = as_json(result, seconds);
    if (result.counterexample) {
      json["violation"] = raft::check::property_name(result.counterexample->violation.property);
      json["steps"] = result.counterexample->steps.size();
      json["walk"] = saved;
    }
    return print(json.dump() + "\n");
  }
  std::string text;
  if (result.counterexample) {
    text += fmt::format("{}, after {} steps\nsaved as {}\n", violation_text(*result.counterexample),
                        result.counterexample->steps.size(), saved);
  }
  text += fmt::format("{:.1f} s, {:.0f} states/s, {:.0f} bytes a state\n", seconds,
                      static_cast<double>(result.states) / seconds,
                      static_cast<double>(result.memory) / static_cast<double>(result.states));
  return print(text + last_line(result));
}

int status_of(Outcome outcome) {
  if (outcome == Outcome::Violated) return exit_failed;
  return outcome == Outcome::Cancelled ? exit_cancelled : exit_held;
}

bool says_impossible(const raft::walkthrough::Walkthrough& walkthrough) {
  using Kind = raft::walkthrough::HeadLine::Kind;
  return std::any_of(walkthrough.head.begin(), walkthrough.head.end(),
                     [](const auto& line) { return line.kind == Kind::Impossible && line.on; });
}

int explore_and_report(const ExploreRequest& request, const Options& options, Given given) {
  watch_for_interrupt();
  const Clock::time_point start = Clock::now();
  Result result;
  {
    ProgressLine line(start);
    result = raft::search::explore(options, [&line](const Result& so_far) {
      line.show(so_far);
      return interrupted() ? raft::search::Go::Stop : raft::search::Go::On;
    });
  }
  const double seconds = seconds_since(start);
  std::string saved;
  if (result.counterexample) {
    saved = unused_name(raft::search::name_of(options.start.settings.core.rules));
    const std::string error = write_file_atomically(saved, walkthrough_of(*result.counterexample, given));
    if (!error.empty()) return complain(error, exit_surroundings);
  }
  return std::max(status_of(result.outcome), report(request, result, seconds, saved));
}

}  // namespace

int explore_cluster(const ExploreRequest& request) {
  Options options{.start = raft::search::first_start(request.nodes.value_or(3)),
                  .bounds = request.bounds,
                  .change_by = request.change_by,
                  .memory_limit = request.memory_mib << 20U};
  Given given = Given::Reachable;
  if (!request.file.empty()) {
    if (request.nodes) return refuse("the nodes are those of " + request.file + "; --nodes is for a first start");
    raft::walkthrough::Parsed parsed = read_walkthrough(request.file);
    if (!parsed.errors.empty()) return complain(parsed.errors.front().message(), exit_bad_input);
    if (says_impossible(parsed.walkthrough)) given = Given::Impossible;
    options.start = std::move(parsed.walkthrough.config);
  }
  for (const std::string& rule : request.rules) {
    if (const std::string why = apply_rule(rule, options.start.settings.core.rules); !why.empty()) return refuse(why);
  }
  if (const std::optional<std::string> why = raft::search::refusal(options)) return refuse(*why);
  return explore_and_report(request, options, given);
}

}  // namespace app
