// A disk that takes its time: what a node says leaves only when all that it has written is there (Figure 2 and
// dissertation 3.8; so do a leader's AppendEntries, which 10.2.1 would let go at once). Without `disk_delay` nothing here
// happens.
#include <algorithm>
#include <limits>
#include <utility>

#include "raft/sim/act.h"

namespace raft::sim {

namespace {

bool has_written(const Event& event, const Durable& disk) {
  const Effects& effects = event.effects;
  return disk.current_term != event.before.term || disk.voted_for != event.before.vote ||
         effects.appended_from != 0 || effects.deleted_from != 0 || effects.snapshot_taken.index != 0 ||
         effects.snapshot_installed.index != 0;
}

}  // namespace

bool disk_is_slow(const World& world, NodeId node) {
  return world.settings.disk_delay > 0 || !world.machine(node).writes.empty();
}

std::size_t weight_of(const DiskWrite& write) {
  std::size_t weight = 1 + write.state.log.copy_bytes() / sizeof(Entry);
  for (const Message& message : write.messages) weight += weight_of(message);
  return weight;
}

void begin_write(World& world, NodeId node, std::optional<Durable> before, Event& event) {
  Machine& machine = world.machine(node);
  const Durable& disk = machine.node.durable;
  if (has_written(event, disk)) {
    if (machine.writes.empty()) machine.written = std::move(*before);
    DiskWrite write;
    write.done_at = later(world.now, world.settings.disk_delay);
    if (!machine.writes.empty()) write.done_at = std::max(write.done_at, machine.writes.back().done_at);
    write.sequence = world.next_sequence++;
    write.state = disk;
    write.kept = std::numeric_limits<Index>::max();
    if (event.effects.deleted_from != 0) write.kept = event.effects.deleted_from - 1;
    world.waits_for_disks += weight_of(write);
    machine.writes.push_back(std::move(write));
  }
  if (machine.writes.empty() || event.effects.messages.empty()) return;
  const auto waiting = static_cast<std::int32_t>(event.effects.messages.size());
  event.reasons.emplace_back(ReasonCode::DiskIsWriting, std::initializer_list<Operand>{waiting});
}

void finish_write(World& world, NodeId node, Event& event) {
  Machine& machine = world.machine(node);
  DiskWrite write = std::move(machine.writes.front());
  machine.writes.erase(machine.writes.begin());
  world.waits_for_disks -= weight_of(write);
  // Entries that a later write replaces do not count as written.
  Index last = write.state.log.last_index();
  for (const DiskWrite& later : machine.writes) last = std::min(last, later.kept);
  machine.written = machine.writes.empty() ? Durable{} : std::move(write.state);
  event.reasons.emplace_back(ReasonCode::WrittenToDisk, std::initializer_list<Operand>{last});
  for (Message& message : write.messages) send(world, std::move(message), event);
  step_node(world, node, {.kind = InputKind::Written, .index = last}, event);
}

}  // namespace raft::sim
