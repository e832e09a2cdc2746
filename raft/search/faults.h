// The faults that the swarm commits, by name: one list, read by the command line, its help and the swarm.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace raft::search {

// FAULT(enumerator, name, within, what it does). Model: Raft promises to survive it. Sabotage: it does not.
#define RAFT_FAULTS(FAULT)                                                                                       \
  FAULT(Crash, "crash", Model, "nodes crash, and restart from their disks later or at once")                     \
  FAULT(Unsynced, "unsynced", Model, "a node crashes while its slow disk is writing; what is not there is lost") \
  FAULT(Pause, "pause", Model, "a node stands still, and goes on later")                                         \
  FAULT(Partition, "partition", Model, "the network falls apart into islands")                                   \
  FAULT(Isolate, "isolate", Model, "one node hears nobody and is heard by nobody")                               \
  FAULT(Cut, "cut", Model, "one link is cut both ways")                                                          \
  FAULT(OneWayCut, "one_way_cut", Model, "one link is cut one way")                                              \
  FAULT(Hold, "hold", Model, "the messages of one link wait, and all go on later")                               \
  FAULT(Drop, "drop", Model, "a message in flight is lost")                                                      \
  FAULT(DropEvery, "drop_every", Model, "all messages of one type on one link are lost for a while")             \
  FAULT(DropWhen, "drop_when", Model, "messages that carry certain entries or terms are lost for a while")       \
  FAULT(Delay, "delay", Model, "a message in flight arrives much later")                                         \
  FAULT(Deliver, "deliver", Model, "a message in flight arrives at once, before older ones")                     \
  FAULT(Duplicate, "duplicate", Model, "a message in flight arrives twice; some arrive twice by chance")         \
  FAULT(Loss, "loss", Model, "messages are lost by chance, for a while or always")                               \
  FAULT(Reorder, "reorder", Model, "latencies differ so much that messages overtake each other")                 \
  FAULT(SlowLink, "slow_link", Model, "one link is slow, one way or both ways, for a while or from the start")   \
  FAULT(LossyLink, "lossy_link", Model, "one link loses messages by chance")                                     \
  FAULT(CopyingLink, "copying_link", Model, "the messages of one link arrive twice by chance")                   \
  FAULT(Clock, "clock", Model, "a node's clock and timers run faster or slower; never where a lease relies on them") \
  FAULT(Timeout, "timeout", Model, "an election timer fires early; never where a lease relies on it")            \
  FAULT(Heartbeat, "heartbeat", Model, "a heartbeat timer fires early")                                          \
  FAULT(Members, "members", Model, "a node is added or removed")                                                 \
  FAULT(Joint, "joint", Model, "several members change at once, by joint consensus")                             \
  FAULT(Learners, "learners", Model, "a learner is added or promoted")                                           \
  FAULT(Transfer, "transfer", Model, "the leader is asked to hand over")                                         \
  FAULT(Snapshot, "snapshot", Model, "a node is told to compact its log")                                        \
  FAULT(Expire, "expire", Model, "a client's session is ended, or a client opens a new one")                     \
  FAULT(Wipe, "wipe", Sabotage, "a node loses its disk")                                                         \
  FAULT(Drift, "drift", Sabotage, "clocks run at other rates, and timers fire early, where a lease relies on them")

enum class Fault : std::uint8_t {
#define RAFT_FAULT_ENUMERATOR(enumerator, name, within, says) enumerator,
  RAFT_FAULTS(RAFT_FAULT_ENUMERATOR)
#undef RAFT_FAULT_ENUMERATOR
};

enum class Within : std::uint8_t { Model, Sabotage };

struct FaultInfo {
  Fault fault;
  const char* name;
  Within within;
  const char* says;
};

inline constexpr auto fault_table = std::to_array<FaultInfo>({
#define RAFT_FAULT_ROW(enumerator, name, within, says) {Fault::enumerator, name, Within::within, says},
    RAFT_FAULTS(RAFT_FAULT_ROW)
#undef RAFT_FAULT_ROW
});

class FaultSet {
 public:
  static constexpr FaultSet all(Within within) {
    FaultSet set;
    for (const FaultInfo& info : fault_table) {
      if (info.within == within) set.add(info.fault);
    }
    return set;
  }
  constexpr bool has(Fault fault) const { return (bits_ & bit(fault)) != 0; }
  constexpr void add(Fault fault) { bits_ |= bit(fault); }
  constexpr void remove(Fault fault) { bits_ &= ~bit(fault); }
  constexpr bool empty() const { return bits_ == 0; }
  friend constexpr bool operator==(const FaultSet&, const FaultSet&) = default;
  friend constexpr FaultSet operator|(FaultSet a, FaultSet b) {
    a.bits_ |= b.bits_;
    return a;
  }

 private:
  static constexpr std::uint32_t bit(Fault fault) { return std::uint32_t{1} << static_cast<unsigned>(fault); }
  std::uint32_t bits_ = 0;
};

/// The faults that a word stands for: the name of one, `all` (every fault within Raft's model) or `sabotage`.
constexpr std::optional<FaultSet> faults_from_name(std::string_view name) {
  if (name == "all") return FaultSet::all(Within::Model);
  if (name == "sabotage") return FaultSet::all(Within::Sabotage);
  for (const FaultInfo& info : fault_table) {
    if (name != info.name) continue;
    FaultSet set;
    set.add(info.fault);
    return set;
  }
  return std::nullopt;
}

}  // namespace raft::search
