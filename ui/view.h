// Everything that the UI may see in one frame, read-only. It is made anew for every frame from the run;
// nothing in it is kept by the UI.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raft/check/linearizable.h"
#include "raft/check/oracles.h"
#include "raft/explain/explain.h"
#include "raft/sim/timeline.h"
#include "ui/author_view.h"
#include "ui/theme.h"

namespace ui {

/// One line of the event list, its sentences made by the app in the current language.
struct EventLine {
  std::int64_t number = 0;
  raft::sim::Time at = 0;
  raft::sim::EventKind kind{};
  raft::NodeId node = raft::no_node;
  bool quiet = false;   // heartbeats and their replies
  std::string what;     // what happened
  struct Why { std::string sentence; std::string section; };
  std::vector<Why> why;
};

struct UpcomingLine {
  raft::sim::Upcoming what;
  std::string sentence;
};

/// A walkthrough that is being played.
struct WalkthroughView {
  std::string title;
  int step = -1;       // from 0; -1 before the first
  int step_count = 0;
  bool step_complete = true;
  bool ended = false;
  std::string heading;  // the step's name
  std::string caption;  // what it says, "" if nothing
  std::string about;    // shown before the first step
  raft::NodeSet focus;
  bool left = false;    // somebody has acted by hand: Next returns to the walkthrough
  struct Question {
    std::string text;
    std::vector<std::string> options;
    std::optional<int> answer;  // known once the step is complete
  };
  std::optional<Question> question;
  std::string note;     // for the speaker
  struct Step { std::string name; bool hidden = false; bool asks = false; };
  std::vector<Step> steps;
};

/// A file that can be opened from the start screen or the menu.
struct LibraryEntry {
  std::string path;
  std::string title;
  std::string about;
  bool rule_off = false;  // what goes wrong without one of the rules
};

/// Whether one order of the clients' operations explains every answer so far.
struct ClientsView {
  raft::check::Answer answer = raft::check::Answer::Yes;
  std::string sentence = {};  // with No: which operations disagree
};

struct View {
  const raft::sim::Timeline& run;
  const raft::check::Oracles& oracles;
  const raft::explain::Words& words;
  ThemeName theme = ThemeName::Paper;
  float text_scale = 1;
  bool playing = false;
  int speed_exponent = -5;
  std::optional<raft::sim::Ratio> pace;  // a step's own, shown instead; speed_exponent is then the nearest to it
  std::span<const EventLine> events;       // a window of the event list that ends at the cursor, oldest first
  std::span<const UpcomingLine> upcoming;  // what happens next, soonest first
  std::optional<WalkthroughView> walkthrough;
  std::span<const LibraryEntry> library;
  std::string message;  // an error or a hint, a sentence; "" for none
  ClientsView clients = {};
  const AuthorView* author = nullptr;  // while a walkthrough is being written
  double real_seconds = 0;  // runs in real time: for easing only, never for what is shown

  const raft::sim::World& world() const { return run.world(); }
};

}  // namespace ui
