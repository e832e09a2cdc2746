// What the UI remembers between frames. All of it could be lost without harm: what is selected, where nodes
// stand, what is being typed.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "raft/sim/intervention.h"
#include "ui/diagram_state.h"
#include "ui/drawn.h"
#include "ui/file_dialog.h"
#include "ui/home_state.h"
#include "ui/point.h"
#include "ui/scroll_state.h"

namespace ui {

/// What the inspector shows.
struct Selection {
  enum class Kind { Nothing, Node, Message, Entry, Client, Link };
  Kind kind = Kind::Nothing;
  raft::NodeId node = raft::no_node;   // Node, Entry; one end of a Link
  raft::NodeId other = raft::no_node;  // the other end
  raft::sim::MessageId message = raft::sim::no_message;
  raft::Index entry = 0;
  raft::ClientId client = raft::no_client;
  friend bool operator==(const Selection&, const Selection&) = default;
};

/// "What will B decide?" has been asked of a message; the answer is shown as long as one stays at that place.
struct ArrivalAsked {
  raft::sim::MessageId message = raft::sim::no_message;  // no_message: nobody asks
  std::int64_t position = 0;  // of the run
  std::int64_t rewrites = 0;
  friend bool operator==(const ArrivalAsked&, const ArrivalAsked&) = default;
};

enum class Tool {
  Select,  // click, drag nodes
  Cut,     // draw a line across links
  Lasso,   // draw around nodes to make an island
};

/// The small menu beside what was clicked on the stage.
struct StageMenu {
  enum class Kind { Closed, Node, Message, Link, Client };
  Kind kind = Kind::Closed;
  raft::NodeId node = raft::no_node;
  raft::NodeId other = raft::no_node;  // the other end of a link
  raft::sim::MessageId message = raft::sim::no_message;
  raft::ClientId client = raft::no_client;
  int open_group = -1;  // its rows take the place of the groups
  Point at{};           // of a link and a client
  bool by_key = false;  // the middle of that instead
  std::vector<std::uint32_t> rows = {};  // widgets, as drawn last
  bool focus_first = false;  // the first row that does something gets the keyboard's focus in the next frame
};

struct StageState {
  std::map<raft::NodeId, Point> placed;  // nodes dragged by hand, in stage coordinates from 0 to 1
  Tool tool = Tool::Select;
  std::vector<Point> stroke;  // the line or lasso being drawn
  std::optional<raft::NodeId> grabbed;  // the mouse went down on it
  std::optional<raft::NodeId> dragged;  // and has moved since
  std::optional<Point> placed_before;   // where it had been put before that
  std::vector<raft::NodeSet> new_islands;  // lassoed so far, until the partition is made
  StageMenu menu;
  Point pressed{};                         // where the mouse went down
  bool pressing = false;                 // it is still down
  bool puts_back = false;                // this press is the second of a double click
  std::map<raft::NodeId, Point> eased;   // where nodes are while they move to a new place, from 0 to 1
  double eased_at = 0;                   // View::real_seconds
  /// A step forward is seen as a short flight of what is on its way.
  struct Step {
    raft::sim::Time from = 0;
    raft::sim::Time to = -1;  // the clock of the last frame; -1: there was none
    double since = 0;         // View::real_seconds
    double seen_at = 0;
  };
  Step step;

  /// What the mouse is in the middle of does not happen: a dragged node goes back to where it was.
  void drop_gesture() {
    if (dragged && placed_before) placed[*dragged] = *placed_before;
    if (dragged && !placed_before) placed.erase(*dragged);
    stroke.clear();
    grabbed.reset();
    dragged.reset();
    pressing = false;
  }
};

struct WritePrompt {
  bool open = false;
  bool begun = false;  // a write has been proposed
  raft::NodeId to = raft::no_node;  // no_node: the client finds the leader itself
  std::array<char, 160> text{};
};

/// The line for commands.
struct Palette {
  bool open = false;
  std::array<char, 512> text{};
  int row = 0;                             // the one that Enter takes
  bool show_row = false;                   // it is scrolled into view in the next frame
  std::optional<std::string> fill = {};    // stands in the field from the next frame on
  bool entered = false;                    // Enter was pressed in this frame
  std::vector<std::string> history = {};   // what was done, the last first
  int recalled = -1;                       // which of it stands in the field
  ScrollState scroll{.at_end = false};
};

/// The list of branches, above the transport.
struct BranchList {
  bool open = false;
  float left = 0;               // above its button
  std::optional<int> row = {};  // whose own commands are shown
};

/// A name is typed: of a branch, or of the file to save to.
struct NamePrompt {
  enum class For { Nothing, Branch, File };
  For what = For::Nothing;
  int branch = 0;
  std::array<char, 256> text{};
};

/// The sheet of settings and rules.
struct SettingsSheet {
  bool open = false;
  std::optional<raft::Rule> go_to = {};  // is scrolled into view and gets the focus in the next frame
  std::optional<int> go_to_group = {};   // the same for the head of a group
  struct Value {
    raft::sim::Setting setting{};
    raft::sim::SettingValue value;
    bool second = false;  // which end of a range has hold
  };
  std::optional<Value> dragged = {};  // a slider that is held: the run changes when it is let go
  struct Typing {
    raft::sim::Setting setting{};
    bool second = false;
    bool begun = false;  // the field has the keyboard
    bool wrong = false;  // what was entered is no value of it
    std::array<char, 32> text{};
  };
  std::optional<Typing> typing = {};
};

/// The one field of text that is being edited (widgets/field.h).
struct FieldState {
  std::string id;  // "": none
  bool begun = false;  // it has the keyboard
  bool leave = false;  // the window is about to show something else, or to close: what was typed is taken
  bool taken = false;  // by Enter; it closes unless whoever carries it out refuses
  std::optional<std::string> entered = {};  // what Enter has taken last
  std::array<char, 4096> text{};
};

/// The author's panel.
struct AuthorState {
  bool text_open = false;   // the whole file is shown
  ScrollState scroll{.at_end = false};
  ScrollState text_scroll{.at_end = false};
  int shown_step = -1;      // was scrolled to
  /// The row of a step that is held.
  struct Drag {
    int step = 0;
    float from = 0;      // where the mouse took hold of it
    bool moved = false;  // farther than a click does
    bool dropped = false;  // by Escape: it stays where it was
  };
  std::optional<Drag> drag = {};
};

/// Which widget the Tab key has reached; widgets are known by the hash of their place and name.
struct FocusState {
  std::uint32_t widget = 0;          // 0: none
  std::vector<std::uint32_t> order;  // of the frame before: where Tab goes next
  std::vector<Rect> places;          // where they are
  std::vector<std::uint32_t> seen;   // of this frame so far
  std::vector<Rect> seen_places;
  bool moved = false;                // in this frame: what it has reached is scrolled into view
  bool arrows_inside = false;        // it has reached a list or a grid, in which the arrows go on
};

/// Where the arrows stand in the table of logs.
struct LogCursor {
  int row = 0;           // of the node
  raft::Index index = 0; // of the entry; 0: the node itself
};

/// A tooltip appears after the mouse has rested.
struct HoverState {
  std::uint32_t widget = 0;
  double since = 0;  // View::real_seconds
  bool dismissed = false;  // it was pressed: who presses knows what it does
};

/// How high the lines of the event list are: measuring text is the dearest part of a frame.
struct EventHeights {
  struct Line { std::size_t characters = 0; bool quiet = false; bool here = false; float height = 0; };
  std::map<std::int64_t, Line> lines;  // by event number
  float width = 0;                     // of the text, and the scale: with other ones all is measured anew
  float text_scale = 0;
};

/// What the seek bar shows of a run: stretches of equal length, at most 2048. New records are added to it; it is made
/// anew only when the run has lost some of its own.
struct SeekBarCache {
  struct Stretch { raft::Term term = 0; std::uint8_t notable = 0; };
  std::vector<Stretch> stretches;
  raft::sim::Time length = 64;  // of a stretch; doubles when there are too many
  std::int64_t records = 0;     // taken in so far
  raft::sim::Time last_at = 0;  // of the last of them
  raft::Term last_term = 0;
};

struct UiState;
/// With this in its field, to be completed.
void open_palette(UiState& state, const std::string& line);

struct UiState {
  Selection selection;
  Selection hovered;   // shared by stage, log table, event list and diagram
  std::int64_t hovered_event = -1;  // by number, the same
  ArrivalAsked arrival;
  StageState stage;
  DiagramState diagram;
  WritePrompt write;
  Palette palette;
  FieldState field;
  AuthorState author;
  Selection picked_before;  // in the frame before this one
  Point mouse_at;
  bool mouse_rests = false;  // since a key was pressed
  Point clicked_at{-1e9F, -1e9F};  // where the mouse was down last
  bool help_open = false;
  bool legend_open = false;
  bool text_open = false;  // the state as text
  ScrollState text_scroll{.at_end = false};
  SettingsSheet settings;
  FileDialogState files;
  HomeState home;
  BranchList branch_list;
  NamePrompt name_prompt;
  bool recovery_put_off = false;  // what a crash has left behind is asked about at the next start
  bool library_open = false;
  bool hide_heartbeats = false;
  bool events_of_picked = false;  // only those that concern the node that is picked
  bool events_search_open = false;
  bool events_search_begun = false;  // the field has had the keyboard
  std::array<char, 64> events_search{};
  bool events_follow = true;         // the list goes along with the cursor
  bool events_played = false;        // the run was being played in the frame before
  std::int64_t events_seen = -1;     // where the cursor stood then
  std::int64_t events_row = -1;      // the event, by number, that the arrows stand on
  LogCursor log_cursor;
  bool room = false;
  float right_width = 0;   // 0: by the layout
  float log_height = 0;
  float diagram_height = 0;
  bool blank = false;       // the presenter has darkened the screen
  bool steps_open = false;  // the list of steps to jump to
  bool compare_list_open = false;
  FocusState focus;
  HoverState hover;
  ScrollState log_scroll;
  ScrollState inspector_scroll{.at_end = false};
  ScrollState legend_scroll{.at_end = false};
  ScrollState events_scroll;
  ScrollState upcoming_scroll{.at_end = false};
  ScrollState overlay_scroll{.at_end = false};
  ScrollState settings_scroll{.at_end = false};
  ScrollState branch_scroll{.at_end = false};
  EventHeights event_heights;
  SeekBarCache seek_bar;
  ScrollState compare_scroll{.at_end = false};
  std::shared_ptr<UiState> other;  // of the run beside this one, while there is one
  ScrollState steps_scroll{.at_end = false};
  ScrollState note_scroll{.at_end = false};
  struct Choice {
    int step = -1;
    int question = 0;  // of that step
    int option = -1;
  } choice;  // to the question of a walkthrough
  Drawn* drawn = nullptr;  // a test's: what the frames draw is added to it
};

}  // namespace ui
