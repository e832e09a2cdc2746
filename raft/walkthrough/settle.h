// `settle`: when has a cluster come to rest. No message but heartbeats and their replies is on its way, no client
// waits, and the leader has since heard two more rounds of heartbeats come back from every node it can reach.
#pragma once

#include <vector>

#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::walkthrough {

class Settling {
 public:
  /// Call after every event since the statement began.
  void observe(const sim::World& after, const sim::Event& event);
  bool settled(const sim::World& world) const;

 private:
  struct Round {
    std::vector<sim::MessageId> heartbeats;  // on their way to the followers
    std::vector<sim::MessageId> replies;     // on their way back
    NodeSet back;
  };
  bool has_come_back(const Round& round, NodeSet reachable) const;

  NodeId leader_ = no_node;
  Term term_ = 0;
  std::vector<Round> rounds_;
};

}  // namespace raft::walkthrough
