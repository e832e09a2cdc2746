// What one link has of its own, standing rules with a condition, clocks in the head, and what snapshots leave countable.
#include <map>
#include <tuple>

#include <nlohmann/json.hpp>

#include "raft/sim/trace.h"
#include "tests/walkthrough/play.h"

namespace {

using walkthrough_test::by_hand;

/// When each message of the first candidate's election arrived or died: by its link, its type and when it was sent.
using Sending = std::tuple<std::string, std::string, raft::sim::Time>;
std::map<Sending, raft::sim::Time> arrivals(const std::string& text) {
  walkthrough_test::Player player = walkthrough_test::player_of(text);
  std::map<Sending, raft::sim::Time> seen;
  player.on_event = [&seen](const raft::sim::World& after, const raft::sim::Event& event, const std::string&) {
    if (!event.flight) return;
    const raft::Message& message = event.flight->message;
    const std::string link = endpoint_name(after, message.from) + endpoint_name(after, message.to);
    seen[{link, message_type_name(message.type()), event.flight->sent_at}] = event.at;
  };
  CHECK(walkthrough_test::play(player) == "");
  return seen;
}

}  // namespace

TEST_CASE("a link's own latency and loss hold for that link and direction alone, and can be taken back") {
  CHECK(walkthrough_test::outcome(by_hand + "set latency A -> B 80ms..90ms\nstep \"s\"\ndo timeout A\nfor 20ms\n"
                                "expect role A = leader\nfor 59ms\nexpect term B = 0\n"
                                "until term B = 1 within 11ms\nuntil in_flight RequestVoteReply B -> A = 0 within 10ms\n") == "");
  CHECK(walkthrough_test::outcome(
            by_hand + "set latency A B 80ms\nset latency B -> A 5ms\nstep \"s\"\ndo timeout A\nfor 79ms\n"
                      "expect term B = 0\nfor 1ms\nexpect term B = 1 and in_flight RequestVoteReply B -> A = 1\n"
                      "for 5ms\nexpect in_flight RequestVoteReply B -> A = 0\n"
                      "do set latency A -> B default\ndo heartbeat A\nfor 10ms\nexpect leader_of B = A\n") == "");
  CHECK(walkthrough_test::outcome(by_hand + "set loss A -> B 1\nstep \"s\"\ndo timeout A\nfor 300ms\n"
                                "expect term B = 0 and role A = leader and leader_of C = A\n"
                                "do set loss A -> B 0\nuntil leader_of B = A within 100ms\n") == "");
  // All links lose everything but one that has its own say.
  CHECK(walkthrough_test::outcome(by_hand +
                                  "set loss 1\nset loss A B 0\nstep \"s\"\ndo timeout A\nuntil role A = leader within 20ms\n"
                                  "expect term C = 0\n") == "");
  CHECK(walkthrough_test::outcome(by_hand + "set duplicate A -> B 1\nstep \"s\"\ndo timeout A\n"
                                "expect in_flight RequestVote A -> B = 2 and in_flight RequestVote A -> C = 1\n") == "");
}

TEST_CASE("changing one link leaves every draw of the others as it was") {
  const std::string start = "walkthrough 1\ncluster A B C D E\nset timers manual\nset latency 1ms..100ms\nset loss 1/5\nseed 9\n";
  const std::string rest = "step \"s\"\ndo timeout A\nfor 1s\n";
  const auto before = arrivals(start + rest);
  const auto after = arrivals(start + "set latency A B 145ms..150ms\nset loss A -> B 1/2\n" + rest);
  int common = 0;
  int changed = 0;
  for (const auto& [sending, at] : before) {
    const auto found = after.find(sending);
    if (found == after.end()) continue;  // another leader's moment, or one more request
    const std::string& link = std::get<0>(sending);
    if (link == "AB" || link == "BA") {
      changed += found->second != at ? 1 : 0;
      continue;
    }
    ++common;
    CHECK(found->second == at);
  }
  CHECK(common >= 10);
  CHECK(changed >= 1);
}

TEST_CASE("a link's own settings are in the trace as they are written, and saved sessions replay them") {
  walkthrough_test::Player player =
      walkthrough_test::player_of(by_hand + "step \"s\"\ndo set latency A -> B 80ms..90ms\ndo set loss A C 1/5\n");
  std::vector<std::string> commands;
  player.on_event = [&commands](const raft::sim::World& after, const raft::sim::Event& event, const std::string& command) {
    commands.push_back(nlohmann::json::parse(raft::sim::trace_line(after, event, command))["command"]);
  };
  CHECK(walkthrough_test::play(player) == "");
  CHECK(commands == std::vector<std::string>{"set latency A -> B 80ms..90ms", "set loss A C 1/5"});
}

TEST_CASE("drop every … when: by what a message carries") {
  const std::string led = by_hand + "step \"s\"\ndo timeout A\nsettle\n";
  CHECK(walkthrough_test::outcome(led + "do drop every AppendEntries A -> B when entries > 0\ndo write x=1\nfor 400ms\n"
                            "expect last B = 0 and last C = 1 and leader_of B = A and lost AppendEntries A -> B >= 1\n"
                            "expect lost Heartbeat A -> B = 0\ndo drop nothing\nfor 100ms\nexpect last B = 1\n") == "");
  // Of the two entries it is the one of term 2 that must not arrive; alone, that of term 1 may.
  const std::string older = by_hand + "given A term 1 log 1:x\ngiven B term 1\nset batch 1\nstep \"s\"\n"
                                      "do drop every AppendEntries A -> B when entry_term = 2\n"
                                      "do timeout A\nuntil role A = leader within 1s\n";
  CHECK(walkthrough_test::outcome(older + "do write y=2\nfor 500ms\nexpect last A = 2 and last B = 1 and log B = [1:x]\n") ==
        "");
  CHECK(walkthrough_test::outcome(led + "do drop every any A -> * when not message_term < 2\ndo timeout B\nfor 100ms\n"
                            "expect term A = 2 and role B = leader and votes B = 2 and lost any A -> * >= 1\n") == "");
  CHECK(walkthrough_test::outcome(led +
                                  "do drop every any * -> * when entries = 1 and (message_term = 1 or message_term = 7)\n"
                                  "do write x=1\nfor 300ms\nexpect last B = 0 and last C = 0 and commit A = 0\n") == "");
  CHECK(walkthrough_test::outcome(led +
                                  "do drop every any A -> B when entries > 0\ndo drop every any A -> B when entries > 0\n")
            .find("cannot drop every any A -> B when entries > 0: already dropped") != std::string::npos);
}

TEST_CASE("a clock set in the head runs so from the start") {
  const std::string start = "walkthrough 1\ncluster A B\nset election_timeout 200ms..200ms\nset clock B 11/10\nstep \"s\"\n";
  CHECK(walkthrough_test::outcome(start + "expect countdown A = 200ms and countdown B = 181.818ms\nfor 181ms\n"
                              "expect role B = follower\nuntil role B = candidate within 1ms\n") == "");
}

TEST_CASE("what a snapshot has replaced still counts as stored, committed and applied") {
  CHECK(walkthrough_test::outcome(
            by_hand + "step \"s\"\ndo timeout A\nsettle\ndo incr x\nsettle\ndo incr x\nsettle\ndo write y=1\nsettle\n"
                      "do snapshot A 2\ndo snapshot B\n"
                      "expect applications A \"incr x\" = 2 and applications B \"incr x\" = 2 and first A = 3\n"
                      "expect stored \"incr x\" = 3 and committed \"y=1\" = 3\n"
                      "do crash B\ndo restart B\nuntil applied B = 3 within 1s\n"
                      "expect applications B \"incr x\" = 2 and applications B \"y=1\" = 1\n") == "");
  // A node that was sent the snapshot has applied all that is in it.
  CHECK(walkthrough_test::outcome(by_hand +
                                  "step \"s\"\ndo crash C\ndo timeout A\nsettle\ndo incr x\nsettle\ndo incr x\nsettle\n"
                                  "do snapshot A\ndo restart C\nuntil snapshot C = 2 within 1s\n"
                                  "expect applications C \"incr x\" = 2 and stored \"incr x\" = 3\n") == "");
}
