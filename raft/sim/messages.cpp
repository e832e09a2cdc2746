// What is done by hand to messages in flight, or to the next ones sent.
#include "raft/sim/intervene.h"

namespace raft::sim {

const Flight* picked(const World& world, const MessagePick& pick) {
  return pick.how == MessagePick::How::ById ? world.network.find(pick.id) : world.network.oldest(pick.pattern);
}

namespace {

void add_next_rule(World& world, NextRule::Action action, const MessagePick& pick, Time time, Event& event) {
  event.kind = EventKind::NextRule;
  world.network.next_rules.push_back({action, pick.pattern, time});
}

}  // namespace

void drop(World& world, const DropMessage& drop, Event& event) {
  if (drop.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Drop, drop.pick, 0, event);
    return;
  }
  lose(world, world.network.take(picked(world, drop.pick)->id), ReasonCode::DroppedByHand, event);
}

void deliver_now(World& world, const DeliverMessage& deliver_message, Event& event) {
  if (deliver_message.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Deliver, deliver_message.pick, 0, event);
    return;
  }
  event.kind = EventKind::Receive;
  Flight flight = world.network.take(picked(world, deliver_message.pick)->id);
  flight.arrives_at = flight.ends_at = world.now;
  deliver(world, std::move(flight), event);
}

void delay(World& world, const DelayMessage& delay_message, Event& event) {
  if (delay_message.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Delay, delay_message.pick, delay_message.by, event);
    return;
  }
  event.kind = EventKind::Message;
  const Flight& flight = *picked(world, delay_message.pick);
  event.flight = flight;
  world.network.reschedule(flight.id, later(flight.ends_at, delay_message.by), world.next_sequence++, Fate::Arrives);
}

void duplicate(World& world, const DuplicateMessage& duplicate_message, Event& event) {
  if (duplicate_message.pick.how == MessagePick::How::Next) {
    add_next_rule(world, NextRule::Action::Duplicate, duplicate_message.pick, duplicate_message.after, event);
    return;
  }
  event.kind = EventKind::Message;
  Flight copy = *picked(world, duplicate_message.pick);
  event.flight = copy;
  copy.arrives_at = later(copy.arrives_at, duplicate_message.after);
  // A copy of a message that is held, or waits at a paused node, waits beside it.
  if (copy.fate == Fate::Arrives) copy.ends_at = copy.arrives_at;
  copy.id = ++world.last_message;
  copy.sequence = world.next_sequence++;
  event.sent.push_back(copy.id);
  world.network.add(std::move(copy));
}

}  // namespace raft::sim
