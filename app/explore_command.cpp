// `raftlab explore`: what was asked for as a search, its progress, and what it found. Searching is in raft/search.
#include "app/explore_command.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/files.h"
#include "app/interrupt.h"
#include "app/progress_line.h"
#include "app/standard_streams.h"
#include "app/walkthrough_file.h"
#include "raft/search/explorer.h"
#include "raft/search/explorer_walk.h"
#include "raft/sim/json_text.h"

namespace app {

namespace {

using raft::search::Given;
using raft::search::Options;
using raft::search::Outcome;
using raft::search::Result;

int end_with(const std::string& line, int status) {
  complain(line);
  return status;
}

int refuse_to_explore(const std::string& why) { return end_with("raftlab: explore: " + why, exit_bad_input); }

std::string states_so_far(const Result& result, double seconds) {
  return fmt::format("{} states, depth {}, {:.0f} states/s, {} MiB", result.states, result.depth,
                     static_cast<double>(result.states) / seconds, result.memory >> 20U);
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
    return print(raft::sim::json_text(json) + "\n");
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
  ProgressLine line;
  const Result result = raft::search::explore(options, [&line](const Result& so_far) {
    line.show([&] { return states_so_far(so_far, line.seconds()); });
    return interrupted() ? raft::search::Go::Stop : raft::search::Go::On;
  });
  line.clear();
  const double seconds = line.seconds();
  std::string saved;
  if (result.counterexample) {
    saved = unused_path(raft::search::name_of(options.start.settings.core.rules), ".walk");
    const std::string error = write_file_atomically(saved, walkthrough_of(*result.counterexample, given));
    if (!error.empty()) return end_with(error, exit_surroundings);
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
    if (request.nodes) return refuse_to_explore("the nodes are those of " + request.file + "; --nodes is for a first start");
    raft::walkthrough::Parsed parsed = read_walkthrough(request.file, 1, nullptr, false);
    if (!parsed.errors.empty()) return end_with(parsed.errors.front().message(), exit_bad_input);
    if (says_impossible(parsed.walkthrough)) given = Given::Impossible;
    options.start = std::move(parsed.walkthrough.config);
  }
  for (const std::string& rule : request.rules) {
    const std::string why = read_rule(rule, options.start.settings.core.rules);
    if (!why.empty()) return refuse_to_explore(why);
  }
  if (const std::optional<std::string> why = raft::search::refusal(options)) return refuse_to_explore(*why);
  return explore_and_report(request, options, given);
}

}  // namespace app
