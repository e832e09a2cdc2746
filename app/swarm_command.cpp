// `raftlab swarm`: drives raft/search/swarm.h, says how far it is, and writes what it finds.
#include "app/swarm_command.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/cli.h"
#include "app/files.h"
#include "app/interrupt.h"
#include "app/progress_line.h"
#include "app/standard_streams.h"
#include "raft/core/ascii.h"
#include "raft/search/found_walk.h"
#include "raft/search/swarm.h"
#include "raft/sim/json_text.h"
#include "raft/walkthrough/values.h"

namespace app {

namespace {

using raft::search::Failure;
using raft::search::Swarm;
using raft::search::SwarmOptions;

/// Seconds of this much of a run pass between two looks at the interrupt flag and the clock.
constexpr int slice = 20'000;

bool read_number(std::string_view text, std::uint64_t& number) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

std::string file_name(const Failure& failure) {
  std::string name = raft::ascii::lower(fmt::format("swarm-{}-{}", failure.seed, promise_name(failure.finding)));
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

std::string runs_so_far(const Swarm& swarm) {
  return fmt::format("seed {} of {}..{}{}, {} events, {} failures", swarm.seed(), swarm.options().first_seed,
                     swarm.options().last_seed, swarm.shrinking() ? " (shrinking)" : "", swarm.coverage().events(),
                     swarm.failed());
}

class SwarmCall {
 public:
  explicit SwarmCall(const SwarmRequest& request) : request_(request), swarm_(request.options) {}

  int run() {
    while (true) {
      if (interrupted()) {
        line_.clear();
        complain("cancelled");
        return std::max(report(), exit_cancelled);
      }
      std::string error;
      switch (swarm_.advance(slice)) {
        case Swarm::Progress::Working: break;
        case Swarm::Progress::SeedDone: error = save_history(); break;
        case Swarm::Progress::Shrunk: error = save_walkthrough(); break;
        case Swarm::Progress::Done: line_.clear(); return report();
      }
      if (!error.empty()) {
        line_.clear();
        complain(error);
        return exit_surroundings;
      }
      line_.show([this] { return runs_so_far(swarm_); });
    }
  }

 private:
  std::string save_history() const {
    if (request_.history.empty()) return "";
    const raft::search::SeedRun& run = swarm_.run();
    const std::string path = fmt::format("{}/seed-{}.jsonl", request_.history, swarm_.seed());
    return write_file_atomically(path, history_lines(run.history(), run.world().symbols, run.world().now));
  }

  std::string save_walkthrough() {
    const Failure& failure = swarm_.failure();
    const std::string base = (request_.out.empty() ? "" : request_.out + "/") + file_name(failure);
    const std::string path = unused_path(base, ".walk");
    if (std::string error = write_file_atomically(path, write(walkthrough_of(failure.smallest, failure.seed)));
        !error.empty()) {
      return error;
    }
    saved_.push_back(path);
    line_.clear();
    if (!request_.json) {
      print(fmt::format("seed {}: {} is broken, after event {} and {} acts; shrunk to event {} and {} acts: {}\n",
                        failure.seed, promise_name(failure.finding), failure.finding.event, failure.acts,
                        failure.smallest.finding.event, failure.smallest.acts.size(), path));
    }
    return "";
  }

  int report() const {
    const std::vector<std::string> missing = swarm_.coverage().missing(request_.options);
    const bool failed = swarm_.failed() > 0 || (!missing.empty() && !interrupted());
    const int printed = print(request_.json ? json(missing) : text(missing));
    return std::max(printed, failed ? exit_failed : exit_held);
  }

  std::string text(const std::vector<std::string>& missing) const {
    std::string all;
    std::string group;
    for (const auto& line : swarm_.coverage().lines(request_.options)) {
      if (line.group != group) all += fmt::format("{}\n", group = line.group);
      all += fmt::format("  {:<30} {:>12}\n", line.name, line.count);
    }
    for (const std::string& name : missing) all += fmt::format("never occurred: {}\n", name);
    const double simulated = static_cast<double>(swarm_.simulated()) / 1e6;
    all += fmt::format("{:.0f} simulated s in {:.1f} s: {:.0f} sim/s; {} histories undecided\n", simulated,
                       line_.seconds(), simulated / line_.seconds(), swarm_.undecided());
    return all + fmt::format("{} runs, {} events, {} failures\n", swarm_.runs(), swarm_.coverage().events(),
                             swarm_.failed());
  }

  std::string json(const std::vector<std::string>& missing) const {
    nlohmann::ordered_json counts;
    for (const auto& line : swarm_.coverage().lines(request_.options)) counts[line.group][line.name] = line.count;
    nlohmann::ordered_json failures = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < saved_.size(); ++i) {
      const Failure& failure = swarm_.failures()[i];
      failures.push_back({{"seed", failure.seed},
                          {"broken", promise_name(failure.finding)},
                          {"event", failure.finding.event},
                          {"acts", failure.acts},
                          {"shrunk_acts", failure.smallest.acts.size()},
                          {"file", saved_[i]}});
    }
    const nlohmann::ordered_json all{{"runs", swarm_.runs()},
                                     {"events", swarm_.coverage().events()},
                                     {"failures", swarm_.failed()},
                                     {"undecided", swarm_.undecided()},
                                     {"simulated_us", swarm_.simulated()},
                                     {"never_occurred", missing},
                                     {"found", failures},
                                     {"counts", counts}};
    return raft::sim::json_text(all) + "\n";
  }

  const SwarmRequest& request_;
  Swarm swarm_;
  ProgressLine line_;
  std::vector<std::string> saved_;  // one for each of swarm_.failures()
};

std::string cannot_use_folder(const std::string& path) {
  std::error_code code;
  if (path.empty() || std::filesystem::is_directory(path, code)) return "";
  return path + ": no such folder";
}

}  // namespace

std::string read_seeds(const std::string& text, SwarmOptions& options) {
  const std::size_t dots = text.find("..");
  const std::string_view all = text;
  const std::string_view first = all.substr(0, dots);
  const std::string_view last = dots == std::string::npos ? first : all.substr(dots + 2);
  const bool good = read_number(first, options.first_seed) && read_number(last, options.last_seed);
  if (good && options.first_seed >= 1 && options.first_seed <= options.last_seed) return "";
  return "--seeds is A..B with 1 <= A <= B, such as 1..1000, not '" + text + "'";
}

std::string read_time(const std::string& text, SwarmOptions& options) {
  const auto read = raft::walkthrough::parse_duration(text, "--time");
  if (const auto* problem = std::get_if<raft::walkthrough::Problem>(&read)) return problem->text;
  options.time = std::get<raft::sim::Time>(read);
  return options.time > 0 ? "" : "--time is more than nothing";
}

std::string read_faults(const std::string& text, SwarmOptions& options) {
  options.faults = {};
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string name = text.substr(begin, end - begin);
    const auto faults = raft::search::faults_from_name(name);
    if (!faults) {
      std::string known = "all, sabotage";
      for (const raft::search::FaultInfo& info : raft::search::fault_table) known.append(", ").append(info.name);
      return fmt::format("there is no fault '{}'; faults are {}", name, known);
    }
    options.faults = options.faults | *faults;
    begin = end + 1;
  }
  return "";
}

int run_swarm(const SwarmRequest& request) {
  for (const std::string& folder : {request.history, request.out}) {
    if (const std::string error = cannot_use_folder(folder); !error.empty()) {
      complain(error);
      return exit_surroundings;
    }
  }
  watch_for_interrupt();
  return SwarmCall(request).run();
}

}  // namespace app
