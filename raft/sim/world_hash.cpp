// Every field of a world that decides how the run goes on, in a fixed order, into one number. Nodes and the network
// have files of their own.
#include "raft/sim/world_hash.h"

#include "raft/sim/hasher.h"

namespace raft::sim {

namespace {

void add(Hasher& hasher, const Timer& timer) {
  hasher.add(timer.armed_at);
  hasher.add(timer.fires_at);
  hasher.add(timer.sequence);
}

void add(Hasher& hasher, const DiskWrite& write) {
  hasher.add(write.done_at);
  hasher.add(write.sequence);
  add(hasher, write.state);
  hasher.add(write.kept);
  hasher.add(static_cast<std::int64_t>(write.messages.size()));
  for (const Message& message : write.messages) add(hasher, message);
}

void add(Hasher& hasher, const Client& client) {
  hasher.add(static_cast<std::int64_t>(client.status));
  add(hasher, client.known_leader);
  add(hasher, client.asked);
  hasher.add(client.only_that_node ? 1 : 0);
  hasher.add(client.serial);
  add(hasher, client.command);
  hasher.add(client.session);
  hasher.add(client.opens_first ? 1 : 0);
  add(hasher, client.next);
  hasher.add(client.result.bits());
  hasher.add(client.called_at);
  hasher.add(client.gives_up_at);
  hasher.add(client.sequence);
}

void add(Hasher& hasher, const LinkSettings& link) {
  add(hasher, link.from);
  add(hasher, link.to);
  hasher.add((link.latency ? 1 : 0) + (link.loss ? 2 : 0) + (link.duplicate ? 4 : 0));
  const TimeRange latency = link.latency.value_or(TimeRange{});
  hasher.add(latency.min);
  hasher.add(latency.max);
  for (const Ratio ratio : {link.loss.value_or(Ratio{}), link.duplicate.value_or(Ratio{})}) {
    hasher.add(ratio.numerator);
    hasher.add(ratio.denominator);
  }
}

void add(Hasher& hasher, const Settings& settings) {
  for (const SettingInfo& info : setting_table) {
    const SettingValue value = value_of(settings, info.setting);
    hasher.add(value.first);
    hasher.add(value.second);
  }
  for (const LinkSettings& link : settings.links) add(hasher, link);
  hasher.add(settings.core.rules.off_bits());
}

}  // namespace

std::uint64_t world_hash(const World& world) {
  Hasher hasher;
  hasher.add(static_cast<std::int64_t>(world.seed));
  add(hasher, world.settings);
  hasher.add(static_cast<std::int64_t>(world.symbols.size()));
  for (std::size_t i = 0; i < world.symbols.size(); ++i) {
    hasher.add_text(world.symbols.text(static_cast<SymbolId>(i)));
  }
  hasher.add(world.now);
  hasher.add(world.events);
  hasher.add(world.next_sequence);
  hasher.add(world.last_message);
  for (const Machine& machine : world.machines) {
    hasher.add_text(machine.name);
    hasher.add((machine.up ? 1 : 0) + (machine.paused ? 2 : 0));
    hasher.add(machine.clock.numerator);
    hasher.add(machine.clock.denominator);
    hasher.add(machine.clock_set_at);
    hasher.add(machine.clock_base);
    add(hasher, machine.election);
    add(hasher, machine.heartbeat);
    add(hasher, machine.node);
    hasher.add(static_cast<std::int64_t>(machine.writes.size()));
    for (const DiskWrite& write : machine.writes) add(hasher, write);
    if (!machine.writes.empty()) add(hasher, machine.written);
  }
  hasher.add(static_cast<std::int64_t>(world.clients.size()));
  for (const Client& client : world.clients) add(hasher, client);
  add(hasher, world.network, world.all_nodes());
  // What was sent at this very moment decides the draws of what is still to be sent now.
  if (world.sent_now_at == world.now) {
    for (const SentNow& sent : world.sent_now) {
      hasher.add(sent.link);
      hasher.add(sent.count);
    }
  }
  return hasher.value();
}

}  // namespace raft::sim
