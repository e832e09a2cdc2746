// What happens to a cluster at random: faults and their ends, and what its clients ask. It only proposes; whoever
// runs the world acts.
#pragma once

#include <optional>
#include <vector>

#include "raft/search/picks.h"
#include "raft/search/seed_plan.h"
#include "raft/sim/world.h"

namespace raft::search {

/// Something to do now, for which fault if it is one.
struct Mischief {
  sim::Intervention what;
  std::optional<Fault> fault;
};

class Chaos {
 public:
  explicit Chaos(const SeedPlan& plan);

  /// When it wants to do something next.
  sim::Time next_at() const;
  /// What it wants to do then; it may be refused, or nothing. Always something that the language can say.
  std::optional<Mischief> next(const sim::World& world);

 private:
  std::optional<Mischief> next_fault(const sim::World& world);
  std::optional<Mischief> commit(Fault fault, const sim::World& world);
  std::optional<sim::Intervention> on_nodes(Fault fault, const sim::World& world);
  std::optional<sim::Intervention> on_links(Fault fault, const sim::World& world);
  sim::ChangeLink own_setting(sim::Setting setting, const sim::World& world);
  std::optional<sim::Intervention> on_messages(Fault fault, const sim::World& world);
  std::optional<sim::Intervention> on_members(Fault fault, const sim::World& world);
  std::optional<sim::Intervention> change_member(const sim::World& world);
  std::optional<sim::Intervention> change_learner(const sim::World& world);
  std::optional<sim::Intervention> repair(const sim::World& world);
  std::optional<sim::Intervention> ask(const sim::World& world, ClientId client);

  NodeId node(const sim::World& world);
  NodeId other_than(NodeId first, const sim::World& world);
  std::optional<NodeId> one_of(NodeSet nodes);
  std::string name(const sim::World& world);
  std::optional<sim::MessagePick> message(const sim::World& world);
  sim::MessagePattern link_pattern(const sim::World& world);
  sim::DropEvery drop_when(const sim::World& world);
  sim::MessageCondition comparison(const sim::World& world);

  SeedPlan plan_;
  Picks picks_;
  std::vector<Fault> faults_;
  std::vector<Mischief> soon_;  // what belongs to the last fault and follows it, last first
  sim::Time fault_at_ = 0;
  std::vector<sim::Time> ask_at_;  // by client
  std::int64_t values_ = 0;
};

/// What ends every fault that is at work, one thing at a time; nullopt: nothing is at work. `plain` are the settings
/// that the network goes back to.
std::optional<sim::Intervention> next_repair(const sim::World& world);

}  // namespace raft::search
