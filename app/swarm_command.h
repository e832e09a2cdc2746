// `raftlab swarm`: many random runs under faults, every promise checked, every failure shrunk and saved.
#pragma once

#include <string>

#include "raft/search/seed_plan.h"

namespace app {

struct SwarmRequest {
  raft::search::SwarmOptions options;
  std::string history;  // a folder; "": none
  std::string out;      // the folder for walkthroughs; "": this one
  bool json = false;
};

// What stands behind an option; each gives "" or why not.
[[nodiscard]] std::string read_seeds(const std::string& text, raft::search::SwarmOptions& options);   // 1..1000, or 17
[[nodiscard]] std::string read_time(const std::string& text, raft::search::SwarmOptions& options);    // 60s
[[nodiscard]] std::string read_faults(const std::string& text, raft::search::SwarmOptions& options);  // all, or crash,drop,…

int run_swarm(const SwarmRequest& request);

}  // namespace app
