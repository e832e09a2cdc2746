// Adding up the identity of a world, field by field. For raft/sim only; world_hash.h is for everybody.
#pragma once

#include <cstdint>
#include <string_view>

#include "raft/core/node_state.h"
#include "raft/sim/draw.h"
#include "raft/sim/network.h"

namespace raft::sim {

class Hasher {
 public:
  void add(std::int64_t value) { hash_ = mix(hash_ ^ static_cast<std::uint64_t>(value)) + 0x9E3779B97F4A7C15U; }
  void add_text(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    for (const char c : text) add(static_cast<unsigned char>(c));
  }
  std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0x5241465420204C42U;
};

inline void add(Hasher& hasher, NodeId node) { hasher.add(static_cast<std::int64_t>(node)); }
inline void add(Hasher& hasher, Endpoint end) { hasher.add(end.code()); }
inline void add(Hasher& hasher, EntryId entry) {
  hasher.add(entry.index);
  hasher.add(entry.term);
}

// node_hash.cpp
void add(Hasher& hasher, const Configuration& configuration);
void add(Hasher& hasher, const Command& command);
void add(Hasher& hasher, const Entry& entry);
void add(Hasher& hasher, const SnapshotContent& snapshot);
void add(Hasher& hasher, const Durable& disk);
void add(Hasher& hasher, const NodeState& node);

// network_hash.cpp
void add(Hasher& hasher, const Message& message);
void add(Hasher& hasher, const Network& network, NodeSet nodes);

}  // namespace raft::sim
