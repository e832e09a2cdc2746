// How the nodes are arranged, and what a message may not cover of them. For ui/scene*.cpp only.
#pragma once

#include "ui/scene.h"

namespace ui {

// The design of one node, in units; the countdown ring is its widest part.
inline constexpr float circle_radius = 38;
inline constexpr float ring_radius = 46;
inline constexpr float above_ring = 22;  // crown, or the tally of votes
inline constexpr float below_ring = 4;
inline constexpr float plate_height = 64;
inline constexpr float plate_gap = 6;
// Words do not shrink with everything else, so a plate does not either below this size; in points at text scale 1.
inline constexpr float least_plate_width = 124;
inline constexpr float least_plate_height = 50;

/// Where a node's plate is. Beside suits a wide stage, and keeps the middle free for messages.
enum class PlateSide { Below, Beside };

struct Design {
  PlateSide side = PlateSide::Beside;
  float least_plate = 1;  // in points; plates are this much of their least size where there is no room for more
  float unit = 0;

  float wide = 1;  // of a plate's width: less where there is no room, more where there is, for the log

  float plate_wide() const { return std::max(164 * unit * std::max(wide, 1.0F), least_plate_width * least_plate * wide); }
  float plate_high() const { return std::max(plate_height * unit, least_plate_height * least_plate); }
};

struct Arrangement {
  Design design;
  std::vector<NodeShape> shapes;
};

/// The arrangement with the largest unit; of several islands, one that is nearly as large where nodes stay nearer to where
/// they stand without islands; that is asked for first, with nothing to compare.
Arrangement best_of(const std::vector<raft::NodeSet>& islands, const SceneInput& input, Rect room, float most,
                    const std::vector<NodeShape>& without_islands);
NodeShape shape_at(raft::NodeId id, Point center, float lean_x, float lean_y, const Design& design);
std::vector<Point> outline_of(const std::vector<NodeShape>& shapes, raft::NodeSet island, float margin, int facets);

// How far a message reaches around its middle, in the scene's marks.
inline constexpr float message_reach = 11;
inline constexpr float heartbeat_reach = 4;
/// Whether what reaches so far around a point covers what is to be read: a plate, a crown or tally, a node.
bool covers(const NodeShape& node, Point at, float reach);

}  // namespace ui
