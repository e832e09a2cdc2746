// §5.4, safety: who may win an election, what may be committed; Figures 7 and 8.
#include <doctest/doctest.h>

#include "tests/support/nodes.h"

namespace raft::test {

using Terms = std::vector<Term>;

TEST_CASE("§5.4.1 a request for a vote tells of the candidate's last entry") {
  Node node;
  node.term(7).log({1, 4, 6}).timeout();
  for (const Message& message : node.sent<RequestVote>()) {
    CHECK(std::get<RequestVote>(message.body).last_log == EntryId{3, 6});
  }
  Node empty;
  empty.timeout();
  CHECK(empty.sent_to<RequestVote>(B)->last_log == EntryId{0, 0});
}

TEST_CASE("§5.4.1 a node denies its vote when its own log is more up to date") {
  struct Case {
    EntryId theirs;
    std::initializer_list<Term> ours;
    bool granted;
    const char* why;
  };
  const Case cases[] = {
      {{0, 0}, {}, true, "both empty"},
      {{1, 1}, {}, true, "ours empty"},
      {{0, 0}, {1}, false, "theirs empty"},
      {{2, 1}, {1, 1}, true, "the same"},
      {{3, 1}, {1, 1}, true, "same last term, theirs longer"},
      {{1, 1}, {1, 1}, false, "same last term, ours longer"},
      {{1, 3}, {1, 1, 2, 2, 2}, true, "later last term wins over length"},
      {{9, 1}, {1, 2}, false, "earlier last term loses in spite of its length"},
      {{2, 2}, {1, 1}, true, "same length, later term"},
      {{2, 1}, {1, 2}, false, "same length, earlier term"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.why);
    Node node;
    node.term(5).log(c.ours).receive(B, 6, RequestVote{c.theirs});
    CHECK(node.granted(B) == c.granted);
    CHECK(node.refused_vote(B) == !c.granted);
    CHECK(node.vote() == (c.granted ? B : no_node));
    CHECK(node.term() == 6);  // it learns of the term in either case
  }
}

TEST_CASE("§5.4.1 the reason for the denial names both logs") {
  Node node;
  node.term(3).log({1, 3}).receive(B, 4, RequestVote{{5, 2}});
  CHECK(node.gave(Reason{ReasonCode::LogIsBehind, {EntryId{5, 2}, EntryId{2, 3}}}));
}

TEST_CASE("§5.4.1 a candidate that lacks a committed entry cannot win") {
  Group group(5);
  group.timeout(A);
  group.deliver(NodeSet::first(5));
  group.ask(A, write(1));
  group.deliver(set_of({A, B, C}));
  REQUIRE(group[A].commit() == 1);
  for (int attempt = 0; attempt < 5; ++attempt) {
    group.timeout(E);
    group.deliver(NodeSet::first(5));
    CHECK(group[E].role() == Role::Candidate);
  }
  group.timeout(B);
  group.deliver(NodeSet::first(5));
  group.timeout(B);
  group.deliver(NodeSet::first(5));
  CHECK(group[B].role() == Role::Leader);
}

TEST_CASE("§5.4.2 entries of earlier terms are not committed by counting replicas") {
  Node node;
  node.term(3).log({2, 2}).leader();
  node.receive(B, 4, AppendEntriesReply{true, 2, 2}).receive(C, 4, AppendEntriesReply{true, 2, 2});
  CHECK(node.commit() == 0);
  CHECK(node.gave(ReasonCode::FollowerMatches));
}

TEST_CASE("§5.4.2 the refusal to commit says the entry and the term") {
  Node node;
  node.term(3).log({2, 2}).leader();
  node.receive(B, 4, AppendEntriesReply{true, 2, 2});
  CHECK(node.gave(Reason{ReasonCode::NotCurrentTerm, {EntryId{2, 2}, Term{4}}}));
}

TEST_CASE("§5.4.2 an entry of the current term commits all before it") {
  Node node;
  node.term(3).log({2, 2}).leader().ask(c1, write(1));
  node.receive(B, 4, AppendEntriesReply{true, 2, 3});
  CHECK(node.commit() == 3);
  CHECK(node.applied() == 3);
  CHECK(node.effects.applied.size() == 3);
  CHECK(node.sent<ClientReply>().size() == 1);  // nobody waits for the older two
}

TEST_CASE("§5.4.2 a majority that stores only an older part commits nothing") {
  Node node(5);
  node.term(3).log({2, 2}).leader().ask(c1, write(1));
  node.receive(B, 4, AppendEntriesReply{true, 2, 2}).receive(C, 4, AppendEntriesReply{true, 2, 2});
  CHECK(node.commit() == 0);
  node.receive(B, 4, AppendEntriesReply{true, 2, 3});
  CHECK(node.commit() == 0);
  node.receive(D, 4, AppendEntriesReply{true, 2, 3});
  CHECK(node.commit() == 3);
}

TEST_CASE("§5.3 majorities for commitment: one, two, even and eleven nodes") {
  const int needed[] = {0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6};
  for (int size = 1; size <= 11; ++size) {
    CAPTURE(size);
    Node node(size);
    node.leader().ask(c1, write(1));
    int stored = 1;
    for (const NodeId peer : node.state.peers()) {
      if (node.commit() == 1) break;
      node.receive(peer, 1, AppendEntriesReply{true, 0, 1});
      ++stored;
    }
    CHECK(node.commit() == 1);
    CHECK(stored == needed[size]);
    CHECK(node.sent<ClientReply>().size() == 1);
  }
}

/// Figure 8 (c) as the rest of it goes on from here: S1 leads term 4, its entry 2^2 is on a majority.
struct Figure8 {
  Group group{5};
  Figure8() {
    // (a) S1 leads term 2 and has stored its entry at index 2 on S2 only.
    group[A].term(2).log({1, 2});
    group[B].term(2).log({1, 2});
    group[C].term(2).log({1});
    group[D].term(2).log({1});
    group[E].term(2).log({1});
    // (b) S1 crashes; S5 is elected for term 3 by S3, S4 and itself, and takes another entry at index 2.
    group.timeout(E);
    group.deliver(set_of({C, D, E}));
    REQUIRE(group[E].role() == Role::Leader);
    REQUIRE(group[E].term() == 3);
    group.ask(E, write(3));
    group.lose_all();
    // (c) S5 crashes; S1 restarts and is elected for term 4 by S2 and S3.
    group.restart(E);
    group.restart(A);
    group.timeout(A);  // term 3, which S3 has voted in already
    group.lose_all();
    group.timeout(A);
    group.deliver(set_of({A, B, C}));
    REQUIRE(group[A].role() == Role::Leader);
    REQUIRE(group[A].term() == 4);
  }
};

TEST_CASE("§5.4.2 Figure 8 (c): an entry of term 2 on a majority is not committed by the leader of term 4") {
  Figure8 f;
  f.group.round(A, set_of({A, B, C}));
  CHECK(f.group[C].log() == Terms{1, 2});
  CHECK(f.group[A].progress(B).match_index == 2);
  CHECK(f.group[A].progress(C).match_index == 2);
  CHECK(f.group[A].commit() == 0);
}

TEST_CASE("§5.4.2 Figure 8 (d): that entry may still be overwritten by S5") {
  Figure8 f;
  f.group.round(A, set_of({A, B, C}));
  f.group.restart(A);
  f.group.timeout(E);
  f.group.lose_all();
  f.group.timeout(E);
  f.group.deliver(set_of({B, C, D, E}));
  REQUIRE(f.group[E].role() == Role::Leader);
  REQUIRE(f.group[E].term() == 5);
  f.group.round(E, NodeSet::first(5));
  for (const NodeId node : NodeSet::first(5)) CHECK(f.group[node].log() == Terms{1, 3});
}

TEST_CASE("§5.4.2 Figure 8 (e): once an entry of term 4 is on a majority, S5 cannot win") {
  Figure8 f;
  f.group.ask(A, write(4));
  f.group.deliver(set_of({A, B, C}));
  f.group.round(A, set_of({A, B, C}));
  CHECK(f.group[A].commit() == 3);
  CHECK(f.group[C].log() == Terms{1, 2, 4});
  f.group.restart(A);
  for (int attempt = 0; attempt < 4; ++attempt) {
    f.group.timeout(E);
    f.group.deliver(set_of({B, C, D, E}));
    CHECK(f.group[E].role() == Role::Candidate);
  }
}

TEST_CASE("§5.3 Figure 7: a new leader makes each of the six logs its own") {
  const Terms leader_log = {1, 1, 1, 4, 4, 5, 5, 6, 6, 6};
  struct Follower {
    const char* name;
    std::initializer_list<Term> log;
  };
  const Follower followers[] = {
      {"(a) misses one entry", {1, 1, 1, 4, 4, 5, 5, 6, 6}},
      {"(b) misses many", {1, 1, 1, 4}},
      {"(c) has one too many", {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6}},
      {"(d) has two too many, of a later term", {1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7}},
      {"(e) has uncommitted ones of its own term", {1, 1, 1, 4, 4, 4, 4}},
      {"(f) led terms 2 and 3 and committed nothing", {1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3}},
  };
  Group group(7);
  group[A].term(7).log({1, 1, 1, 4, 4, 5, 5, 6, 6, 6});
  for (std::size_t i = 0; i < 6; ++i) group[node_at(i + 1)].term(7).log(followers[i].log);
  group.timeout(A);
  group.deliver(NodeSet::first(7));
  REQUIRE(group[A].role() == Role::Leader);
  group.ask(A, write(8));
  group.deliver(NodeSet::first(7));
  group.round(A, NodeSet::first(7));
  Terms wanted = leader_log;
  wanted.push_back(8);
  for (std::size_t i = 0; i < 6; ++i) {
    CAPTURE(followers[i].name);
    CHECK(group[node_at(i + 1)].log() == wanted);
    CHECK(group[node_at(i + 1)].commit() == 11);
  }
}

}  // namespace raft::test
