// The messages in flight, many of them and few: the order in which they end, and what is found by its number.
#include "raft/sim/network.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "raft/sim/world_hash.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

Flight flight_of(MessageId id, Time ends_at, std::size_t entries = 0) {
  Flight flight;
  flight.id = id;
  flight.arrives_at = flight.ends_at = ends_at;
  flight.sequence = id;
  AppendEntries append;
  append.entries.resize(entries);
  flight.message = {A, B, 1, append};
  return flight;
}

/// What the network should hold, the simple way.
struct Model {
  std::map<std::pair<Time, std::int64_t>, MessageId> by_end;
  std::map<MessageId, std::pair<Time, std::int64_t>> by_id;

  void add(MessageId id, Time ends_at, std::int64_t sequence) {
    by_end[{ends_at, sequence}] = id;
    by_id[id] = {ends_at, sequence};
  }
  void remove(MessageId id) {
    by_end.erase(by_id.at(id));
    by_id.erase(id);
  }
};

void check_same(const Network& network, const Model& model) {
  REQUIRE(network.in_flight() == model.by_id.size());
  auto wanted = model.by_end.begin();
  std::size_t position = 0;
  std::size_t same = 0;
  for (const Flight& flight : network.flights()) {
    same += flight.id == wanted->second && flight.ends_at == wanted->first.first ? 1 : 0;
    if (position % 97 == 0) CHECK(network.flight(position).id == flight.id);
    ++position;
    ++wanted;
  }
  CHECK(same == model.by_id.size());
  CHECK(position == model.by_id.size());
  CHECK(network.weight() == model.by_id.size());
}

}  // namespace

TEST_CASE("messages end in the order of time and sequence, however many there are and whatever is done to them") {
  Network network;
  Model model;
  std::mt19937 dice(7);
  const auto roll = [&dice](std::size_t sides) { return static_cast<std::int64_t>(dice() % sides); };
  MessageId last = 0;
  std::int64_t sequence = 1'000'000;
  const auto any_id = [&] {
    const auto at = model.by_id.lower_bound(roll(static_cast<std::size_t>(last)) + 1);
    return at != model.by_id.end() ? at->first : model.by_id.rbegin()->first;
  };
  // Grows to some thousands, shrinks to nearly none, and so on: blocks are split and joined, slots packed.
  for (int round = 0; round < 6; ++round) {
    const bool grows = round % 2 == 0;
    for (int i = 0; i < 6'000; ++i) {
      const std::int64_t what = roll(10);
      if (model.by_id.empty() || what < (grows ? 7 : 1)) {
        const Time ends_at = roll(4) == 0 ? never : roll(10'000);
        Flight flight = flight_of(++last, ends_at);
        model.add(flight.id, ends_at, flight.sequence);
        network.add(std::move(flight));
      } else if (what == 7) {
        const MessageId id = any_id();
        const Time ends_at = roll(10'000);
        model.remove(id);
        model.add(id, ends_at, ++sequence);
        network.reschedule(id, ends_at, sequence, Fate::Arrives);
      } else if (what == 8) {
        const MessageId id = any_id();
        model.remove(id);
        CHECK(network.take(id).id == id);
        CHECK(network.find(id) == nullptr);
      } else {
        const MessageId id = model.by_end.begin()->second;
        model.remove(id);
        CHECK(network.take_first().id == id);
      }
    }
    check_same(network, model);
    const Network copy = network;
    check_same(copy, model);
    for (const auto& [id, end] : model.by_id) REQUIRE(network.find(id) != nullptr);
    if (!model.by_id.empty()) CHECK(network.oldest(MessagePattern())->id == model.by_id.begin()->first);
  }
}

TEST_CASE("a message that comes back under its own number is found by it") {
  Network network;
  for (MessageId id = 1; id <= 5; ++id) network.add(flight_of(id, 10 * id));
  Flight waiting = network.take_first();
  network.add(flight_of(6, 60));
  waiting.ends_at = never;
  network.add(std::move(waiting));
  REQUIRE(network.find(1) != nullptr);
  CHECK(network.find(1)->ends_at == never);
  CHECK(network.find(7) == nullptr);
  CHECK(network.oldest(MessagePattern())->id == 1);
}

TEST_CASE("a message weighs as much as itself and its entries") {
  Network network;
  network.add(flight_of(1, 10, 3));
  network.add(flight_of(2, 20));
  CHECK(network.weight() == 5);
  network.reschedule(1, 30, 9, Fate::Held);
  CHECK(network.weight() == 5);
  network.take(1);
  CHECK(network.weight() == 1);
}

TEST_CASE("by its kind and its way the oldest message is meant that will arrive, and a lost one only where there is no other") {
  for (const MessageId lost : {1, 200}) {  // beyond some number the messages are found by their ids
    CAPTURE(lost);
    Network network;
    for (MessageId id = 1; id <= lost; ++id) {
      Flight flight = flight_of(id, 1_s, 1);
      flight.fate = Fate::LinkIsCut;
      network.add(std::move(flight));
    }
    MessagePattern pattern;
    pattern.types = MessagePattern::Types::One;
    pattern.type = MessageType::AppendEntries;
    CHECK(network.oldest(pattern)->id == 1);
    network.add(flight_of(lost + 1, 1_s, 1));
    network.add(flight_of(lost + 2, 1_s, 1));
    CHECK(network.oldest(pattern)->id == lost + 1);
  }
}

TEST_CASE("what waits for a slow disk weighs too, until it leaves or the node crashes") {
  ClusterConfig config = cluster_of(3);
  config.settings.disk_delay = 30_ms;
  Cluster cluster(config);
  std::size_t most = 0;
  for (int i = 0; i < 400; ++i) {
    REQUIRE(cluster.step());
    most = std::max(most, cluster.world.waits_for_disks);
    std::size_t waiting = 0;
    for (const Machine& machine : cluster.world.machines) {
      for (const DiskWrite& write : machine.writes) {
        waiting += 1;  // the logs of this test are short
        for (const Message& message : write.messages) waiting += weight_of(message);
      }
    }
    REQUIRE(cluster.world.waits_for_disks == waiting);
  }
  CHECK(most > 0);
  cluster.crash({A, B, C});
  CHECK(cluster.world.waits_for_disks == 0);
}

TEST_CASE("a world in which too much is under way stands still until room is made") {
  Cluster cluster(cluster_of(3));
  World& world = cluster.world;
  Flight heavy = flight_of(++world.last_message, 1_s, most_under_way);
  heavy.sequence = world.next_sequence++;
  world.network.add(std::move(heavy));
  REQUIRE(is_full(world));
  CHECK(upcoming(world).what == Upcoming::What::Full);
  CHECK(upcoming(world).at == never);
  Event event;
  CHECK_FALSE(advance(world, event));
  intervene(world, Cut{A, B, Direction::BothWays}, Origin::Script, event);
  CHECK_FALSE(is_full(world));
  CHECK(advance(world, event));
}

}  // namespace raft::test
