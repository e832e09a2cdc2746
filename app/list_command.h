// `raftlab list`: the library as a table, or as JSON.
#pragma once

#include "raft/explain/explain.h"

namespace app {

struct ListRequest {
  bool json = false;
  raft::explain::Language language = raft::explain::Language::English;
};

/// Returns an exit status.
int list_walkthroughs(const ListRequest& request);

}  // namespace app
