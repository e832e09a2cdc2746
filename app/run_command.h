// `raftlab run` and `raftlab check`: walkthroughs without a window.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "raft/explain/explain.h"

namespace app {

struct RunRequest {
  std::vector<std::string> files;
  std::string trace;    // "": none
  std::string history;  // "": none
  std::string shiviz;   // "": none
  std::optional<raft::explain::Language> transcript;
  std::string notes;  // en, zh: as text; a file that ends in .html: as a page, in Chinese if it ends in .zh.html; "": none
  bool state = false;
  std::optional<raft::explain::Language> state_language;  // nullopt: English
  bool hash = false;
  std::optional<std::uint64_t> seed;
};
int run_walkthroughs(const RunRequest& request);

struct CheckRequest {
  std::vector<std::string> files;
  bool format = false;
};
int check_walkthroughs(const CheckRequest& request);

}  // namespace app
