// Where a replay first differs from the session that was saved: signs left along a run, and followed later.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "raft/sim/timeline.h"
#include "raft/walkthrough/walkthrough.h"

namespace raft::walkthrough {

/// Six bits of the world's hash as one character. One difference in 64 is seen only after the next event.
char trail_sign(const sim::World& world);

/// 1, or the power of two by which a long run gets at most 16,384 signs.
std::int64_t trail_spacing(std::int64_t events);

/// Which event is the first that differs; "" if the run follows the trail as far as both go.
std::string where_it_leaves(const Trail& trail, const sim::Timeline& run, const Names& names);

/// As comments: `trail EVENT EVERY SIGNS`, EVENT that of the first sign in the line.
std::vector<std::string> trail_comments(const Trail& trail);
/// Takes the trail out of the comments and into what was saved.
void take_trail(Walkthrough& walkthrough);

}  // namespace raft::walkthrough
