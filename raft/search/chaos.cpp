// Which fault comes when, and how it ends again. What is done to the members and the messages is in chaos_parts.cpp.
#include "raft/search/chaos.h"

#include <algorithm>

namespace raft::search {

namespace {

using sim::Intervention;

NodeSet nodes_that(const sim::World& world, bool up) {
  NodeSet nodes;
  for (const NodeId node : world.all_nodes()) {
    if (world.machine(node).up == up) nodes.add(node);
  }
  return nodes;
}

/// A link that has the same thing of its own both ways goes back both ways at once.
void add_link_repairs(const sim::World& world, std::vector<Intervention>& all) {
  for (const sim::LinkSettings& link : world.settings.links) {
    const sim::LinkSettings* back = find_link(world.settings, link.to, link.from);
    for (const sim::Setting setting : {sim::Setting::Latency, sim::Setting::Loss, sim::Setting::Duplicate}) {
      if (!own_value(link, setting)) continue;
      const bool both = back != nullptr && own_value(*back, setting);
      if (both && link.to < link.from) continue;
      const sim::Direction direction = both ? sim::Direction::BothWays : sim::Direction::OneWay;
      all.emplace_back(sim::ChangeLink{setting, link.from, link.to, direction, std::nullopt});
    }
  }
}

std::vector<Intervention> repairs(const sim::World& world) {
  std::vector<Intervention> all;
  if (!world.network.all_open()) all.emplace_back(sim::Heal{});
  if (!world.network.dropped.empty()) all.emplace_back(sim::DropNothing{});
  for (const NodeId node : world.all_nodes()) {
    const sim::Machine& machine = world.machine(node);
    if (!machine.up) all.emplace_back(sim::Restart{NodeSet::only(node)});
    if (machine.paused) all.emplace_back(sim::Resume{node});
    if (machine.clock.numerator != machine.clock.denominator) all.emplace_back(sim::SetClock{node, {1, 1}});
    for (const NodeId to : world.network.held_from(node)) all.emplace_back(sim::Release{node, to});
  }
  add_link_repairs(world, all);
  return all;
}

bool relies_on_clocks(const sim::World& world) { return world.settings.core.features.reads == ReadMode::Lease; }

}  // namespace

std::optional<Intervention> next_repair(const sim::World& world) {
  const std::vector<Intervention> all = repairs(world);
  if (all.empty()) return std::nullopt;
  return all.front();
}

Chaos::Chaos(const SeedPlan& plan) : plan_(plan), picks_(plan.config.seed * 104'729 + 5) {
  for (const FaultInfo& info : fault_table) {
    if (plan.faults.has(info.fault)) faults_.push_back(info.fault);
  }
  fault_at_ = picks_.about(plan.fault_every * 2);
  for (int i = 0; i < plan.clients; ++i) ask_at_.push_back(picks_.about(plan.ask_every * 2));
}

sim::Time Chaos::next_at() const {
  return std::min(faults_.empty() ? sim::never : fault_at_, *std::min_element(ask_at_.begin(), ask_at_.end()));
}

std::optional<Mischief> Chaos::next(const sim::World& world) {
  const auto first = std::min_element(ask_at_.begin(), ask_at_.end());
  if (!faults_.empty() && fault_at_ <= *first) return next_fault(world);
  const auto client = static_cast<ClientId>(1 + (first - ask_at_.begin()));
  *first += picks_.about(plan_.ask_every);
  std::optional<Intervention> what = ask(world, client);
  if (!what) return std::nullopt;
  return Mischief{*what, std::nullopt};
}

std::optional<Mischief> Chaos::next_fault(const sim::World& world) {
  if (!soon_.empty()) {
    Mischief move = std::move(soon_.back());
    soon_.pop_back();
    if (soon_.empty()) fault_at_ += picks_.about(plan_.fault_every);
    return move;
  }
  // Troubles seldom come alone: what matters is often the second one, while the first is not over.
  fault_at_ += picks_.one_in(4) ? picks_.about(8'000) : picks_.about(plan_.fault_every);
  if (picks_.pick(5) < 2) {
    if (std::optional<Intervention> what = repair(world)) return Mischief{*what, std::nullopt};
  }
  return commit(faults_[picks_.pick(faults_.size())], world);
}

std::optional<Intervention> Chaos::repair(const sim::World& world) {
  const std::vector<Intervention> all = repairs(world);
  if (world.settings.loss != plan_.config.settings.loss && picks_.one_in(2)) {
    const sim::Ratio usual = plan_.config.settings.loss;
    return sim::ChangeSetting{sim::Setting::Loss, {usual.numerator, usual.denominator}};
  }
  if (all.empty()) return std::nullopt;
  return all[picks_.pick(all.size())];
}

std::optional<Mischief> Chaos::commit(Fault fault, const sim::World& world) {
  std::optional<Intervention> what = on_nodes(fault, world);
  if (!what) what = on_links(fault, world);
  if (!what) what = on_messages(fault, world);
  if (!what) what = on_members(fault, world);
  if (!what) return std::nullopt;
  return Mischief{*what, fault};
}

std::optional<Intervention> Chaos::on_nodes(Fault fault, const sim::World& world) {
  const bool lease = relies_on_clocks(world);
  switch (fault) {
    case Fault::Crash: {
      const NodeSet up = nodes_that(world, true);
      std::optional<NodeId> victim = one_of(up);
      if (!victim) return std::nullopt;
      if (picks_.one_in(12)) return sim::Crash{up};
      if (picks_.one_in(3)) {
        soon_.push_back({sim::Restart{NodeSet::only(*victim)}, std::nullopt});
        fault_at_ = world.now;
      }
      return sim::Crash{NodeSet::only(*victim)};
    }
    case Fault::Unsynced: return sim::Crash{NodeSet::only(node(world)), sim::Unwritten::Lost};
    case Fault::Pause: return sim::Pause{node(world)};
    case Fault::Clock:
      if (lease) return std::nullopt;
      return sim::SetClock{node(world), {picks_.from(7, 14), 10}};
    case Fault::Drift:
      if (!lease) return std::nullopt;
      if (picks_.one_in(3)) return sim::FireElectionTimer{node(world)};
      return sim::SetClock{node(world), {picks_.from(2, 40), 10}};
    case Fault::Timeout:
      if (lease) return std::nullopt;
      return sim::FireElectionTimer{node(world)};
    case Fault::Heartbeat: {
      const NodeId leader = current_leader(world);
      if (leader == no_node) return std::nullopt;
      return sim::FireHeartbeatTimer{leader};
    }
    case Fault::Wipe: return sim::Wipe{node(world)};
    default: return std::nullopt;
  }
}

std::optional<Intervention> Chaos::on_links(Fault fault, const sim::World& world) {
  if (fault == Fault::Loss) {
    const std::int32_t lost = picks_.from(2, 12);
    if (world.settings.loss == plan_.config.settings.loss) return sim::ChangeSetting{sim::Setting::Loss, {lost, 20}};
    return repair(world);
  }
  if (fault == Fault::Reorder) {
    const sim::TimeRange usual = plan_.config.settings.latency;
    const sim::TimeRange wide{1'000, 60'000};
    const sim::TimeRange then = world.settings.latency == wide ? usual : wide;
    return sim::ChangeSetting{sim::Setting::Latency, {then.min, then.max}};
  }
  if (world.node_count() < 2) return std::nullopt;
  const NodeId from = node(world);
  switch (fault) {
    case Fault::Partition: {
      const NodeSet all = world.all_nodes();
      const NodeSet one = NodeSet::from_bits(static_cast<std::uint16_t>(picks_.pick(all.bits()) & all.bits()));
      sim::Partition partition;
      for (const NodeSet island : {one, all - one}) {
        if (!island.empty()) partition.islands.push_back(island);
      }
      return partition;
    }
    case Fault::Isolate: {
      const NodeId leader = current_leader(world);
      return sim::Isolate{NodeSet::only(leader != no_node && picks_.one_in(2) ? leader : from)};
    }
    case Fault::Cut: return sim::Cut{from, other_than(from, world), sim::Direction::BothWays};
    case Fault::OneWayCut: return sim::Cut{from, other_than(from, world), sim::Direction::OneWay};
    case Fault::Hold: return sim::Hold{from, other_than(from, world)};
    case Fault::SlowLink: return own_setting(sim::Setting::Latency, world);
    case Fault::LossyLink: return own_setting(sim::Setting::Loss, world);
    case Fault::CopyingLink: return own_setting(sim::Setting::Duplicate, world);
    default: return std::nullopt;
  }
}

sim::ChangeLink Chaos::own_setting(sim::Setting setting, const sim::World& world) {
  const NodeId from = node(world);
  const NodeId to = other_than(from, world);
  return {setting, from, to, picks_.one_in(2) ? sim::Direction::BothWays : sim::Direction::OneWay,
          own_value_of_link(setting, picks_)};
}

NodeId Chaos::node(const sim::World& world) { return node_at(picks_.pick(world.node_count())); }

NodeId Chaos::other_than(NodeId first, const sim::World& world) {
  const std::size_t count = world.node_count();
  return node_at((index_of(first) + 1 + picks_.pick(count - 1)) % count);
}

std::optional<NodeId> Chaos::one_of(NodeSet nodes) {
  if (nodes.empty()) return std::nullopt;
  auto left = picks_.pick(static_cast<std::uint64_t>(nodes.count()));
  for (const NodeId node : nodes) {
    if (left-- == 0) return node;
  }
  return std::nullopt;
}

}  // namespace raft::search
