// Two events are the same if their lines in the trace are: what cannot be seen there is no difference to anybody.
#include "raft/check/first_difference.h"

#include <algorithm>
#include <string>
#include <vector>

#include "raft/sim/trace.h"

namespace raft::check {

namespace {

std::vector<std::string> lines_of(const sim::Timeline& run, std::int64_t first, std::int64_t last) {
  std::vector<std::string> lines;
  run.replay(first, last, [&lines](const sim::World& world, const sim::Event& event) {
    lines.push_back(sim::trace_line(world, event, ""));
  });
  return lines;
}

}  // namespace

bool FirstDifference::look(const sim::Timeline& one, const sim::Timeline& other, std::int64_t most) {
  if (found_) return true;
  const std::int64_t both = std::min(one.end(), other.end());
  const std::int64_t last = std::min(both, alike_ + most);
  if (last <= alike_) return true;
  const std::vector<std::string> ones = lines_of(one, alike_ + 1, last);
  const std::vector<std::string> others = lines_of(other, alike_ + 1, last);
  const auto differs = std::mismatch(ones.begin(), ones.end(), others.begin(), others.end());
  alike_ += differs.first - ones.begin();
  if (differs.first != ones.end()) found_ = alike_ + 1;
  return found_ || alike_ == both;
}

}  // namespace raft::check
