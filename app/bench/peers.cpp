// What other implementations and simulators of Raft did with the same workload on one core of the machine that the
// budgets were set on. They send different numbers of messages for the same work: simulated time is the fair column.
#include <array>

#include "app/bench/measure.h"

namespace app::bench {

namespace {

constexpr auto peer_rows = std::to_array<Peer>({
    {"willemt/raft", "C, no checks", 78'400, 71'400, 12'100},
    {"tikv/raft-rs", "Rust, no checks", 26'100, 22'000, 1'430},
    {"etcd-io/raft", "Go, no checks", 17'100, 13'200, 590},
    {"canonical/raft fixture", "C simulator, two invariants a step", 6'700, 550, 28},
    {"cowsql/raft fixture", "C simulator, two invariants a step", 3'450, 540, 38},
    {"RaftScope's model", "JavaScript, not drawn", 1'792, 1'708, 470},
});

}  // namespace

std::span<const Peer> peers() { return peer_rows; }

}  // namespace app::bench
