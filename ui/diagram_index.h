// The whole run in short, node by node: what the space-time diagram shows where events lie too dense to be drawn one
// by one. It grows with the run and is bounded in memory; events themselves are in diagram_past.h.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "raft/sim/timeline.h"

namespace ui {

/// A node at the end of a stretch of the run, and what happened to it within.
struct LaneBrief {
  raft::Term term = 0;
  raft::Role role = raft::Role::Follower;
  bool up = true;
  bool known = false;         // something has happened to it: before, its role and term are those of the start
  std::uint8_t notable = 0;
  std::uint16_t events = 0;   // at most 65,535 are counted
};
using LaneBriefs = std::array<LaneBrief, raft::max_nodes>;

struct DiagramIndex {
  static constexpr std::size_t stretches_max = 4096;

  std::vector<LaneBriefs> stretches = {};  // each of `length` events
  std::vector<raft::sim::Time> begins = {};  // of each
  std::int64_t length = 64;           // doubles when there are too many of them
  std::int64_t records = 0;           // taken in so far
  raft::sim::Time last_at = 0;        // of the last of them
  std::int64_t rewrites = -1;
};

/// Takes in what the run has grown by; costs nothing while it has not. False: there is more for the next picture.
bool refresh(DiagramIndex& index, const raft::sim::Timeline& run, std::int64_t rewrites);

/// A part of the run in columns of equal time.
struct DiagramColumns {
  raft::sim::Time from = 0;
  raft::sim::Time span = 0;
  std::int64_t records = 0;  // of the run, and
  std::int64_t rewrites = -1;  // its past: with other ones all is made anew
  std::vector<LaneBriefs> columns = {};
  std::int64_t read = 0;  // how many records and stretches it took to make them
};

/// Above this many events the columns are made of stretches.
inline constexpr std::int64_t most_records_read = 65'536;

void refresh(DiagramColumns& columns, const DiagramIndex& index, const raft::sim::Timeline& run, raft::sim::Time from,
             raft::sim::Time span, std::size_t count);

}  // namespace ui
