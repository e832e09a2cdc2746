// The identity of a world: 64 bits over everything that decides how the run goes on.
#pragma once

#include <cstdint>

#include "raft/sim/world.h"

namespace raft::sim {

/// Equal on every compiler, optimisation level and machine for the same run at the same place.
std::uint64_t world_hash(const World& world);

/// Raised with every change that alters a run; stamped into saved sessions.
inline constexpr int engine_number = 3;

}  // namespace raft::sim
