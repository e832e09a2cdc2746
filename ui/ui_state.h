// What the UI remembers between frames. All of it could be lost without harm: what is selected, where nodes
// stand, what is being typed.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "raft/sim/intervention.h"
#include "ui/point.h"

namespace ui {

/// What the inspector shows.
struct Selection {
  enum class Kind { Nothing, Node, Message, Entry };
  Kind kind = Kind::Nothing;
  raft::NodeId node = raft::no_node;  // Node, Entry
  raft::sim::MessageId message = raft::sim::no_message;
  raft::Index entry = 0;
  friend bool operator==(const Selection&, const Selection&) = default;
};

enum class Tool {
  Select,  // click, drag nodes
  Cut,     // draw a line across links
  Lasso,   // draw around nodes to make an island
};

struct StageState {
  std::map<raft::NodeId, Point> placed;  // nodes dragged by hand, in stage coordinates from 0 to 1
  Tool tool = Tool::Select;
  std::vector<Point> stroke;  // the line or lasso being drawn
  std::optional<raft::NodeId> dragged;
  std::vector<raft::NodeSet> new_islands;  // lassoed so far, until the partition is made
};

struct WritePrompt {
  bool open = false;
  raft::NodeId to = raft::no_node;  // no_node: the client finds the leader itself
  std::array<char, 160> text{};
};

struct UiState {
  Selection selection;
  Selection hovered;   // shared by stage, log table and event list
  StageState stage;
  WritePrompt write;
  bool help_open = false;
  bool legend_open = false;
  bool library_open = false;
  bool hide_heartbeats = false;
  bool room = false;
  float right_width = 0;   // 0: by the layout
  float log_height = 0;
};

}  // namespace ui
