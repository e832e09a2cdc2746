// A run: configuration, seed and interventions, and a cursor that can stand at any of its events.
// States are not stored but played again from the nearest checkpoint, exactly.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "raft/sim/advance.h"
#include "raft/sim/event_index.h"
#include "raft/sim/world.h"

namespace raft::sim {

/// Something somebody did, with its place: it is event `number` of the run and happened at `at`.
struct Act {
  std::int64_t number = 0;
  Time at = 0;
  Intervention what;
  Origin origin = Origin::Script;
};

/// A place in a run: right after event `event`, at `clock`.
struct RunPlace {
  std::int64_t event = 0;
  Time clock = 0;
  friend bool operator==(const RunPlace&, const RunPlace&) = default;
};

/// All copies belong to one thread: they share checkpoints, and with them what worlds share.
class Timeline {
 public:
  /// A run of five nodes has used it up after some million events: from there on its past takes no more memory.
  static constexpr std::size_t default_checkpoint_budget = std::size_t{20} << 20U;

  /// `checkpoint_budget` in bytes: when it is full, every other checkpoint is given up. `records_kept` as in EventIndex.
  explicit Timeline(const ClusterConfig& config, std::size_t checkpoint_budget = default_checkpoint_budget,
                    std::int64_t records_kept = EventIndex::default_kept);

  const ClusterConfig& config() const { return config_; }

  /// The world after event position(). At position 0: before the first.
  const World& world() const { return world_; }
  std::int64_t position() const { return world_.events; }
  /// The event that led to the world as it is; of kind Start at position 0.
  const Event& event() const { return event_; }
  /// The last event that has been played so far.
  std::int64_t end() const { return index_.size() - 1; }
  /// Until when anything is known: the last event, or the time at which one looks.
  Time known_until() const { return std::max(record(end()).at, clock_); }

  /// The time at which one looks: from world().now until the next event.
  Time clock() const { return clock_; }
  /// Where the cursor stands.
  RunPlace place() const { return {position(), clock_}; }
  /// No further than to the next event.
  void set_clock(Time time);

  /// When the next event will happen, recorded or not; `never` if nothing ever will.
  Time next_at() const;

  /// Plays the next event: the recorded one, or the world's next. False if nothing will ever happen.
  bool step();
  /// Goes to the place right after event `number`, 0 <= number <= end().
  void seek(std::int64_t number);
  /// The last event that happened at or before `time`.
  std::int64_t last_event_until(Time time) const;

  /// Acts at clock(). What was recorded after this place is forgotten. Returns why not, if it cannot act.
  [[nodiscard]] std::optional<Reason> act(const Intervention& what, Origin origin);
  /// Nothing is recorded any more after the place where the cursor stands.
  void forget_future();

  /// Event by number; 0 is the start. One of the distant past is played again, with its whole block: about 10 ms, and
  /// nothing for the next one of the same block.
  EventRecord record(std::int64_t number) const;
  /// Shows `visit` the records from `next` on, which moves on with them, for whoever goes through a whole run for every
  /// picture. False: so many would have to be played again that the rest is left for the next picture.
  template <typename Visit>
  bool visit_records(std::int64_t& next, const Visit& visit) const;
  bool keeps_record(std::int64_t number) const { return index_.keeps(number); }
  /// The last event up to `number` that has any of these `Notable` bits; 0: none.
  std::int64_t last_notable(std::int64_t number, std::uint8_t any_of) const;
  const std::vector<Act>& acts() const { return acts_; }
  /// The act that is event `number`; null if that is none.
  const Act* act_numbered(std::int64_t number) const;

  /// The events `first` to `last` in full, played again without moving the cursor. Requires last <= end().
  std::vector<Event> events(std::int64_t first, std::int64_t last) const;
  /// The same, one after the other, each with the world as it left it.
  void replay(std::int64_t first, std::int64_t last,
              const std::function<void(const World&, const Event&)>& visit) const;

  std::size_t checkpoint_count() const { return checkpoints_.size(); }
  /// Where several runs are kept at once, each has its part. Copies of a run share the checkpoints of their common past.
  void set_checkpoint_budget(std::size_t bytes);

 private:
  struct Checkpoint {
    World world;
    std::size_t bytes = 0;
  };
  struct ReplayedBlock {
    std::int64_t first = 0;
    std::vector<EventRecord> records;
  };

  bool play_next(World& world, Event& event) const;
  const World& checkpoint_before(std::int64_t number) const;
  void remember();
  void keep_to_budget();

  ClusterConfig config_;
  World world_;
  Event event_;
  Time clock_ = 0;
  std::vector<Act> acts_;  // by number
  EventIndex index_;
  mutable std::shared_ptr<const ReplayedBlock> replayed_;  // the one that was asked for last
  std::vector<std::shared_ptr<const Checkpoint>> checkpoints_;  // by world.events; [0] is the start
  std::size_t checkpoint_bytes_ = 0;
  std::size_t checkpoint_budget_;
  std::int64_t interval_ = 512;  // events between two checkpoints: less than a millisecond to play again
};

template <typename Visit>
bool Timeline::visit_records(std::int64_t& next, const Visit& visit) const {
  constexpr std::int64_t most_replayed = 4 * EventIndex::block_size;
  std::int64_t replayed = 0;
  for (; next <= end(); ++next) {
    if (!index_.keeps(next) && ++replayed > most_replayed) return false;
    visit(record(next));
  }
  return true;
}

/// What the event was, in short.
EventRecord record_of(const World& after, const Event& event);

}  // namespace raft::sim
