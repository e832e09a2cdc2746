// What one event may change in one node, checked after every event: terms, votes, indexes, roles, configurations.
// What nodes may not do to each other is in safety.h.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "raft/check/property.h"

namespace raft::check {

/// A value with the manners of Safety. An event costs the same however long the log and the history are; only a
/// crash, or a snapshot that arrives, costs a look at that node's log.
class Transitions {
 public:
  /// What the world is like at the start is not judged, only what becomes of it.
  explicit Transitions(const sim::World& start);

  /// Call once for every event, in order.
  void observe(const sim::World& after, const sim::Event& event);

  const std::vector<Violation>& violations() const { return violations_.all(); }
  bool broken(Property property) const { return violations_.broken(property); }

 private:
  /// What is on a node's disk: older than its durable state while a slow disk is writing.
  struct OnDisk {
    Term term = 0;
    NodeId vote = no_node;
  };
  /// A configuration of a node's log; the first of them stands for all that the log no longer holds.
  struct Stored {
    Index index = 0;
    Configuration configuration;
  };
  /// What a node was after the previous event.
  struct Seen {
    bool up = false;
    Role role = Role::Follower;
    Term term = 0;
    NodeId vote = no_node;
    Index commit = 0;
    Index applied = 0;
    OnDisk disk;
    std::uint16_t wrong = 0;  // the facts that did not hold: those are reported already
    std::vector<Stored> stored;  // ascending, never empty
  };

  void report(Property property, NodeId node, const sim::World& after, const char* detail);
  void look_at(const sim::World& world, NodeId node);
  bool is_quiet(const sim::World& after, const sim::Event& event, NodeId node) const;
  void check_node(const sim::World& after, const sim::Event& event, NodeId node);
  void check_disk(const sim::World& after, NodeId node);
  void check_boot(const sim::World& after, NodeId node);
  void check_role(const sim::World& after, NodeId node);
  void follow_log(const sim::World& after, const sim::Event& event, NodeId node);
  void follow_commit(const sim::World& after, NodeId node);
  void check_facts(const sim::World& after, NodeId node);

  Violations violations_;
  std::int64_t event_ = 0;  // number of the event under observation
  std::array<Seen, max_nodes> seen_{};
  std::size_t node_count_ = 0;
  Stored committed_;  // the latest configuration that anybody knows to be committed
};

}  // namespace raft::check
