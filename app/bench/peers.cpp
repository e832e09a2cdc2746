// What others did on one core of the machine that the budgets were set on: implementations and simulators of Raft with
// the same workload, and programs that do much the same as another row. Implementations send different numbers of
// messages for the same work: simulated time is the fair column. Model checkers have models of their own.
#include <array>

#include "app/bench/measure.h"

namespace app::bench {

namespace {

constexpr auto peer_rows = std::to_array<Peer>({
    {"willemt/raft", "C, no checks", 78'400, 71'400, 12'100, 12.5e6, 3},
    {"tikv/raft-rs", "Rust, no checks", 26'100, 22'000, 1'430, 4.2e6, 3},
    {"etcd-io/raft", "Go, no checks", 17'100, 13'200, 590, 2.7e6, 10},
    {"canonical/raft fixture", "C simulator, two invariants a step", 6'700, 550, 28, 2.8e6, 2},
    {"cowsql/raft fixture", "C simulator, two invariants a step", 3'450, 540, 38, 1.5e6, 2},
    {"RaftScope's model", "JavaScript, not drawn", 1'792, 1'708, 470, 0.28e6, 49},
});

constexpr auto reference_rows = std::to_array<Reference>({
    {"idle", "TigerBeetle's VOPR", "its own claim, of a whole database", 1'000},
    {"idle", "FoundationDB's simulator", "its own claim, of a whole database", 10},
    {"write", "RaftScope", "as its page runs, with its history", 5},
    {"late", "canonical/raft fixture", "550, falling to 33: it scans the log", 0.06},
    {"late", "cowsql/raft fixture", "540, falling to 39: it scans the log", 0.072},
    {"memory", "RaftScope", "as its page runs, with its history", 22'000},
    {"explorer", "TLC", "2 workers", 14'000},
    {"explorer", "stateright's Raft example", "one thread", 193'000},
    {"explorer", "SPIN", "COLLAPSE", 552'000},
    {"explorer-memory", "stateright's Raft example", "one thread", 2'000},
    {"explorer-memory", "SPIN", "COLLAPSE", 44},
    {"frame-five", "Dear ImGui's demo window", "a plot and 500 circles, no renderer", 0.053},
});

}  // namespace

std::span<const Peer> peers() { return peer_rows; }

std::span<const Reference> references() { return reference_rows; }

}  // namespace app::bench
