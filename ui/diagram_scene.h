// Where everything of the space-time diagram is: lanes, messages as slanted lines, what lies under the mouse; and how
// the view moves. Pure geometry, made anew for every frame; drawn by panels/diagram*.cpp.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ui/diagram_state.h"
#include "ui/view.h"

namespace ui {

/// So high, in units, lanes have room for names and numbers beside their marks.
inline constexpr float roomy_lane = 28;

/// From a time to a place and back.
struct DiagramScale {
  float left = 0;
  float right = 1;
  raft::sim::Time from = 0;
  raft::sim::Time span = 1;

  float x_of(raft::sim::Time time) const;
  raft::sim::Time time_at(float x) const;
  raft::sim::Time end() const { return from + span; }
};

struct DiagramLane {
  raft::Endpoint end;
  Rect row;
  float y = 0;
};

/// How a message stands to the cursor.
enum class DiagramTense : std::uint8_t { Past, OnItsWay, Future };
DiagramTense tense_of(const DiagramPast& past, const PastFlight& flight, const raft::sim::Timeline& run);

struct DiagramLine {
  const PastFlight* flight = nullptr;
  DiagramTense tense = DiagramTense::Past;
  Point from = {};
  Point to = {};        // where it arrives or dies; planned, if it is still on its way
  bool dies = false;
  bool quiet = false;
  raft::sim::Time ends_at = 0;

  /// Where on the line a time is; clamped to its ends.
  Point at(float x) const;
};

/// How dense events lie.
enum class DiagramLevel : std::uint8_t {
  Near,    // everything
  Middle,  // heartbeats and their answers are left out
  Far,     // no messages: how busy each lane is, and what is worth seeing
};

struct DiagramScene {
  Rect area;
  Rect header;
  Rect axis;
  Rect heads;  // of the lanes
  Rect plot;
  float unit = 1;
  DiagramScale scale;
  raft::sim::Time clock = 0;
  DiagramLevel level = DiagramLevel::Near;
  std::vector<DiagramLane> lanes = {};  // clients first, then nodes
  std::vector<DiagramLine> lines = {};

  const DiagramLane* lane_of(raft::Endpoint end) const;
};

struct DiagramInput {
  const raft::sim::Timeline& run;
  DiagramState& state;  // its caches are refreshed
  std::int64_t rewrites = 0;
  float unit = 1;
  bool hide_heartbeats = false;
  Rect area;
};

DiagramScene make_diagram(const DiagramInput& input);

struct DiagramHit {
  enum class Kind : std::uint8_t { Nothing, Head, Message, Event, Lane };
  Kind kind = Kind::Nothing;
  raft::sim::MessageId message = raft::sim::no_message;
  std::int64_t event = -1;
  raft::Endpoint lane = {};
};
DiagramHit hit_diagram(const DiagramScene& scene, const DiagramState& state, Point at);

// How the view moves. `least` and `most` bound what it shows.
inline constexpr raft::sim::Time least_span = 200;
void zoom(DiagramState& state, const raft::sim::Timeline& run, raft::sim::Time around, double factor);
void pan(DiagramState& state, const raft::sim::Timeline& run, raft::sim::Time by);
void show(DiagramState& state, raft::sim::Time from, raft::sim::Time to);  // with a margin
void show_all(DiagramState& state, const raft::sim::Timeline& run);
/// The step that the cursor stands in; without a walkthrough, what surrounds the cursor.
void show_step(DiagramState& state, const View& view);
/// Where the cursor has moved since the frame before, it is brought into view.
void follow(DiagramState& state, const raft::sim::Timeline& run);

/// Messages that reach the same end as `id` between its own end and `until`: they overtake it if it is delayed so long.
std::vector<raft::sim::MessageId> overtakers(const DiagramPast& past, raft::sim::MessageId id, raft::sim::Time until);

}  // namespace ui
