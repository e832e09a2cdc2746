// Events as lines of the event list, and the search through those of a whole run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "raft/explain/explain.h"
#include "raft/sim/timeline.h"
#include "ui/view.h"

namespace app {

/// An answer that changes nothing any more.
bool is_late(const raft::sim::Event& event);
ui::EventLine event_line(const raft::explain::Words& words, const raft::sim::World& world, const raft::sim::Event& event);

/// What is looked for; nothing: all events.
struct EventFilter {
  std::string text = {};  // words that must all be there, capitals or not
  raft::Endpoint end = {};            // whom it happened to, or who sent or gets its message
  std::int64_t first = 1;             // what happened before is left out
  bool loud = false;                  // heartbeats and their replies are left out
  bool looks() const { return !text.empty() || end != raft::Endpoint{}; }
  bool empty() const { return !looks() && !loud; }
  friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

/// Looks backwards from the cursor, a slice of events in each frame, until enough are found or the start is reached.
class EventSearch {
 public:
  static constexpr std::size_t most_lines = 240;
  static constexpr std::int64_t events_a_frame = 600;
  /// Past so many heartbeats nobody has asked to look.
  static constexpr std::int64_t most_heartbeats = 60'000;

  /// `generation` changes with the past of the run.
  void look(const raft::sim::Timeline& run, const raft::explain::Words& words, const EventFilter& filter,
            std::int64_t generation);
  bool done() const;
  const std::vector<ui::EventLine>& lines() const { return lines_; }  // oldest first

 private:
  std::vector<ui::EventLine> found(const raft::sim::Timeline& run, const raft::explain::Words& words, std::int64_t first,
                                   std::int64_t last) const;

  EventFilter filter_;
  std::int64_t position_ = -1;
  std::int64_t generation_ = -1;
  raft::explain::Language language_{};
  std::int64_t looked_to_ = 0;  // events before this one have not been looked at
  std::vector<ui::EventLine> lines_;
};

}  // namespace app
