// Two events are the same if their lines in the trace are: what cannot be seen there is no difference to anybody. Who did
// something is none; what was done is one, and is seen by what it has made of the world.
#include "raft/check/first_difference.h"

#include <algorithm>
#include <string>
#include <vector>

#include "raft/sim/trace.h"
#include "raft/sim/world_hash.h"

namespace raft::check {

namespace {

std::vector<std::string> lines_of(const sim::Timeline& run, std::int64_t first, std::int64_t last, bool with_world) {
  std::vector<std::string> lines;
  run.replay(first, last, [&](const sim::World& world, sim::Event event) {
    event.origin = sim::Origin::Script;
    const bool acts = event.intervention && with_world;
    lines.push_back(sim::trace_line(world, event, acts ? std::to_string(sim::world_hash(world)) : ""));
  });
  return lines;
}

/// With other settings the worlds are never the same.
bool begin_alike(const sim::Timeline& one, const sim::Timeline& other) {
  return sim::world_hash(sim::make_world(one.config())) == sim::world_hash(sim::make_world(other.config()));
}

}  // namespace

bool FirstDifference::look(const sim::Timeline& one, const sim::Timeline& other, std::int64_t most) {
  if (found_) return true;
  const std::int64_t both = std::min(one.end(), other.end());
  const std::int64_t last = std::min(both, alike_ + most);
  if (last <= alike_) return true;
  if (!begin_alike_) begin_alike_ = begin_alike(one, other);
  const std::vector<std::string> ones = lines_of(one, alike_ + 1, last, *begin_alike_);
  const std::vector<std::string> others = lines_of(other, alike_ + 1, last, *begin_alike_);
  const auto differs = std::mismatch(ones.begin(), ones.end(), others.begin(), others.end());
  alike_ += differs.first - ones.begin();
  if (differs.first != ones.end()) found_ = alike_ + 1;
  return found_ || alike_ == both;
}

}  // namespace raft::check
