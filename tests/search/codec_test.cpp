// Nodes and messages as bytes: nothing that decides the future is lost on the way.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "raft/core/step.h"
#include "raft/search/codec.h"
#include "raft/search/explorer.h"
#include "raft/sim/draw.h"

namespace raft::test {

using search::Bytes;
using search::Commands;
using search::MessageView;
using search::NodeView;
using search::Power;
using search::Renaming;
using search::View;

namespace {

constexpr std::size_t node_count = 3;

std::vector<std::uint8_t> copy(View view) { return {view.begin(), view.end()}; }

/// A cluster that takes random steps. Each is taken twice: by the node itself, and by what the codec makes of it.
class Walk {
 public:
  Walk(std::uint64_t seed, const CoreSettings& settings)
      : seed_(seed), settings_(settings), commands_(sim::make_world(search::first_start(node_count))) {
    commands_.name_client_commands(40);
    for (std::size_t i = 0; i < node_count; ++i) {
      nodes_.push_back(make_node(node_at(i), {.voters = NodeSet::first(node_count), .next = {}, .learners = {}}));
    }
  }

  void go(int steps) {
    for (int i = 0; i < steps; ++i) one_step();
  }
  int messages_seen = 0;
  int leaders_seen = 0;
  int changes_seen = 0;

 private:
  std::uint64_t random(std::uint64_t below) { return sim::mix(seed_ ^ ++draws_) % below; }

  std::vector<std::uint8_t> bytes_of(const NodeState& node) {
    Bytes bytes;
    encode(node, Power::Up, node_count, commands_, bytes);
    return copy(bytes.view());
  }
  std::vector<std::uint8_t> bytes_of(const Message& message) {
    Bytes bytes;
    encode(message, settings_.rules, commands_, bytes);
    return copy(bytes.view());
  }

  NodeSet some_nodes() { return NodeSet::from_bits(static_cast<std::uint16_t>(1 + random((1U << node_count) - 1))); }

  Message from_client(std::size_t index) {
    Message ask;
    ask.from = ClientId{1};
    ask.to = node_at(index);
    const auto number = commands_.number_of_client_command(1 + random(30));
    ask.body = ClientRequest{commands_.command(number)};
    return ask;
  }

  void one_step() {
    const std::uint64_t what = random(10);
    const std::size_t index = random(node_count);
    Message message;
    Input input{.kind = InputKind::ElectionTimeout};
    std::size_t to = index;
    if (what < 7 && !in_flight_.empty()) {
      const std::size_t place = random(in_flight_.size());
      message = in_flight_[place];
      if (random(4) != 0) in_flight_.erase(in_flight_.begin() + static_cast<std::ptrdiff_t>(place));
      to = index_of(message.to.node());
      input = {.kind = InputKind::Receive, .message = &message};
    } else if (what == 7) {
      input = {.kind = InputKind::HeartbeatTimeout};
    } else if (what == 9 && random(3) == 0) {
      input = {.kind = InputKind::Configure, .configuration = {.voters = some_nodes(), .next = {}, .learners = {}}};
      if (random(2) == 0) input.configuration = {nodes_[index].configuration.voters, some_nodes(), {}};
    } else if (what == 8 && nodes_[index].durable.log.last_index() < 12) {
      message = from_client(index);
      input = {.kind = InputKind::Receive, .message = &message};
    }
    take(nodes_[to], input);
  }

  void take(NodeState& node, const Input& input) {
    const std::vector<std::uint8_t> before = bytes_of(node);
    decode(NodeView{before}, node_count, settings_, commands_, decoded_);
    CHECK(bytes_of(decoded_) == before);
    // A candidate that asks again asks those who have not answered; the codec forgets who refused.
    const bool asks_again = input.kind == InputKind::HeartbeatTimeout && node.memory.role == Role::Candidate;
    Message decoded_message;
    Input decoded_input = input;
    if (input.message != nullptr && search::is_explored(*input.message)) {
      const std::vector<std::uint8_t> bytes = bytes_of(*input.message);
      decoded_message = decode(MessageView{bytes}, commands_);
      CHECK(bytes_of(decoded_message) == bytes);
      decoded_input.message = &decoded_message;
      ++messages_seen;
    }
    step(node, settings_, input, effects_);
    step(decoded_, settings_, decoded_input, decoded_effects_);
    CHECK(bytes_of(decoded_) == bytes_of(node));
    if (node.memory.role == Role::Leader) ++leaders_seen;
    if (!(node.configuration == node.first_configuration)) ++changes_seen;
    CHECK(decoded_.configuration == node.configuration);
    compare_messages(asks_again);
  }

  void compare_messages(bool asks_again) {
    std::vector<std::vector<std::uint8_t>> sent;
    std::vector<std::vector<std::uint8_t>> sent_by_decoded;
    for (const Message& message : effects_.messages) {
      if (!search::is_explored(message)) continue;
      in_flight_.push_back(message);
      sent.push_back(bytes_of(message));
    }
    for (const Message& message : decoded_effects_.messages) {
      if (search::is_explored(message)) sent_by_decoded.push_back(bytes_of(message));
    }
    if (!asks_again) CHECK(sent == sent_by_decoded);
    if (in_flight_.size() > 20) in_flight_.erase(in_flight_.begin(), in_flight_.begin() + 10);
  }

  std::uint64_t seed_;
  std::uint64_t draws_ = 0;
  CoreSettings settings_;
  Commands commands_;
  std::vector<NodeState> nodes_;
  std::vector<Message> in_flight_;
  NodeState decoded_;
  Effects effects_;
  Effects decoded_effects_;
};

}  // namespace

TEST_CASE("codec: a node made from its bytes does what the node does, in random runs") {
  int changes_seen = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    CoreSettings settings;
    settings.rules.set(Rule::ConfigurationWhenStored, seed % 4 != 0);
    settings.features.noop = seed % 2 == 0;
    settings.features.fast_repair = seed % 3 == 0;
    settings.batch = seed % 5 == 0 ? 2 : 16;
    Walk walk(seed, settings);
    walk.go(300);
    CHECK(walk.messages_seen > 100);
    CHECK(walk.leaders_seen > 0);
    changes_seen += walk.changes_seen;
  }
  CHECK(changes_seen > 100);
}

TEST_CASE("codec: a renaming moves the node, its vote, its votes, its followers and its configurations") {
  const Renaming next{1, 2, 0};
  Commands commands(sim::make_world(search::first_start(node_count)));
  commands.name_client_commands(1);
  const auto only = [&commands](NodeId node) {
    NodeSet one;
    one.add(node);
    return commands.number(Configuration{.voters = one, .next = {}, .learners = {}});
  };
  const auto all = commands.number(Configuration{.voters = NodeSet::first(node_count), .next = {}, .learners = {}});
  const std::uint8_t only_b = only(node_at(1));
  const std::uint8_t only_c = only(node_at(2));
  Bytes bytes;
  // Its entry is a client's, then one is a configuration.
  const std::vector<std::uint8_t> leader = {0, 2, 5, 0, 0b000, 1, 1, 1, all, 5, 1, /**/ 1, 0, 0, 2, 1, 1, 1, 0, 1};
  rename(NodeView{leader}, node_count, next, commands, bytes);
  const std::vector<std::uint8_t> moved = {1, 2, 5, 1, 0b000, 1, 1, 1, all, 5, 1, /**/ 1, 0, 1, 1, 0, 0, 2, 1, 1};
  CHECK(copy(bytes.view()) == moved);
  const std::vector<std::uint8_t> candidate = {2, 1, 3, 2, 0b110, 0, 0, 1, only_b, 3, only_b};
  rename(NodeView{candidate}, node_count, next, commands, bytes);
  CHECK(copy(bytes.view()) == std::vector<std::uint8_t>{0, 1, 3, 0, 0b101, 0, 0, 1, only_c, 3, only_c});
  const std::vector<std::uint8_t> vote = {0, 2, 1, 3, 0, 0};
  rename(MessageView{vote}, next, commands, bytes);
  CHECK(copy(bytes.view()) == std::vector<std::uint8_t>{0, 0, 2, 3, 0, 0});
  const std::vector<std::uint8_t> append = {2, 2, 1, 3, 0, 0, 0, 1, 3, only_b};
  rename(MessageView{append}, next, commands, bytes);
  CHECK(copy(bytes.view()) == std::vector<std::uint8_t>{2, 0, 2, 3, 0, 0, 0, 1, 3, only_c});
}

}  // namespace raft::test
