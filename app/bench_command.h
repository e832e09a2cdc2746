// `raftlab bench`: the speeds that were promised, measured here.
#pragma once

#include <string>
#include <vector>

namespace app {

struct BenchRequest {
  std::vector<std::string> only;  // names of rows; empty: all
  bool json = false;
};
int run_bench(const BenchRequest& request);

}  // namespace app
