// "Why did nothing happen?": what the cluster as a whole is waiting for.
#include "tests/explain/texts.h"
#include "tests/support/cluster.h"

namespace raft::test {

namespace {

std::string why(const Cluster& cluster, const explain::Words& words = english()) {
  std::string sentence = explain::why_nothing_happens(words, cluster.world);
  check_finished(words, sentence);
  return sentence;
}

}  // namespace

TEST_CASE("no leader yet: whose countdown ends first, and when") {
  Cluster cluster(cluster_of(3));
  NodeId first = A;
  for (const NodeId node : {B, C}) {
    if (cluster.world.machine(node).election.fires_at < cluster.world.machine(first).election.fires_at) first = node;
  }
  const std::string name = cluster.world.name(first);
  const std::string time = explain::time_text(cluster.world.machine(first).election.fires_at);
  CHECK(why(cluster) == "No leader. " + name + "'s countdown ends first, when the clock shows " + time +
                            ": it then asks for votes in term 1.");
  CHECK(why(cluster, chinese()) ==
        "没有领导者。" + name + " 的倒计时最先结束，在时刻 " + time + "：届时它会在任期 1 请求投票。");
}

TEST_CASE("no leader yet, and whoever stands first asks first whether it could win") {
  Cluster cluster(cluster_of(3));
  cluster.world.settings.core.features.pre_vote = true;
  CHECK(why(cluster).find(": it then asks whether it could win term 1.") != std::string::npos);
  CHECK(why(cluster, chinese()).find("届时它会先询问自己能否赢得任期 1。") != std::string::npos);
}

TEST_CASE("no leader, and timers fire only by hand") {
  CHECK(why(Cluster(manual_cluster_of(3))) ==
        "No leader, and countdowns end only by hand. Time out a node.");
}

TEST_CASE("whose countdown ends first, and that what is on its way to it may start it anew") {
  Cluster cluster(cluster_of(3));
  const NodeId first = explain::first_to_time_out(cluster.world, cluster.world.all_nodes());
  const NodeId other = first == A ? B : A;
  const NodeId leader = first == C || other == C ? (first == A || other == A ? B : A) : C;
  cluster.timeout(leader).run_until([&] { return cluster.node(leader).memory.role == Role::Leader; }, 1_s);
  cluster.crash({leader});
  const NodeId next = explain::first_to_time_out(cluster.world, cluster.world.all_nodes());
  const std::string unless = " A message on its way may restart that countdown.";
  const auto heartbeat_comes = [&](NodeSet to) {
    for (const sim::Flight& flight : cluster.world.network.flights()) {
      if (is_heartbeat(flight.message) && flight.message.to.is_node() && to.contains(flight.message.to.node())) return true;
    }
    return false;
  };
  REQUIRE(heartbeat_comes(NodeSet::only(next)));
  CHECK(why(cluster).ends_with(unless));
  cluster.run_until([&] { return !heartbeat_comes(cluster.world.all_nodes()); }, 1_s);
  CHECK_FALSE(why(cluster).ends_with(unless));
}

TEST_CASE("a request for a vote that is given already resets no countdown") {
  Cluster cluster(cluster_of(3));
  cluster.timeout(A).timeout(B).timeout(C);
  REQUIRE(cluster.world.network.in_flight() == 6);
  CHECK(why(cluster).find("The votes of term 1 are split") != std::string::npos);
  CHECK(why(cluster).find("may restart") == std::string::npos);
}

TEST_CASE("a leader whom a candidate of a higher term has not reached yet") {
  Cluster cluster(cluster_of(3));
  cluster.elect(A).run_for(300_ms);
  cluster.isolate({C}).timeout(C);
  CHECK(why(cluster).ends_with(" C asks for votes in term 2."));
  CHECK(why(cluster, chinese()).ends_with("C 正在任期 2 请求投票。"));
}

TEST_CASE("a candidate waits for votes") {
  Cluster cluster(manual_cluster_of(5));
  cluster.timeout(D);
  CHECK(why(cluster) == "D is a candidate in term 1: it has 1 of the 3 votes that it needs and waits for answers.");
}

TEST_CASE("a split vote") {
  Cluster cluster(manual_cluster_of(4));
  cluster.timeout(A).timeout(B);
  cluster.deliver(MessageType::RequestVote, A, C).deliver(MessageType::RequestVote, B, D);
  CHECK(why(cluster) ==
        "The votes of term 1 are split: A and B cannot win it any more. "
        "Countdowns end only by hand. Time out a node.");
}

TEST_CASE("one candidate that cannot win") {
  Cluster cluster(manual_cluster_of(3));
  cluster.isolate({A}).timeout(A);
  CHECK(why(cluster) ==
        "A cannot win term 1: too many votes are given, refused or out of reach. Countdowns end only by hand. "
        "Time out a node.");
}

TEST_CASE("too few nodes, or nobody") {
  Cluster cluster(manual_cluster_of(5));
  cluster.crash({A, B, C});
  CHECK(why(cluster) ==
        "Only 2 of 5 nodes are running: without 3 nobody can be elected and nothing commits.");
  cluster.crash({D});
  CHECK(why(cluster).starts_with("Only 1 of 5 nodes is running"));
  cluster.crash({E});
  CHECK(why(cluster) == "Every node is down. Restart one.");
}

TEST_CASE("no island has a majority") {
  Cluster cluster(manual_cluster_of(4));
  cluster.act(Partition{{set_of({A, B}), set_of({C, D})}});
  CHECK(why(cluster) ==
        "No node can reach 3 of 4: nobody can be elected and nothing commits. Mend a link, or restart a node.");
}

TEST_CASE("a leader in a minority, and who will be elected instead") {
  Cluster cluster(cluster_of(5));
  CHECK(cluster.run_until([&] { return current_leader(cluster.world) != no_node; }, 2_s));
  const NodeId leader = current_leader(cluster.world);
  cluster.run_for(100_ms).isolate({leader});
  CHECK(why(cluster).starts_with(cluster.world.name(leader) +
                                 " leads term 1 but is in touch with 1 of 5 only, itself included: without a majority nothing commits. "));
  CHECK(why(cluster).find("Of those that reach a majority, ") != std::string::npos);
  CHECK(why(cluster).ends_with(": it then starts term 2."));
  cluster.world.settings.core.features.pre_vote = true;
  CHECK(why(cluster).ends_with(": it then asks whether it could win term 2."));
}

TEST_CASE("a leader that is heard and hears nobody keeps the others from standing (dissertation 6.2)") {
  Cluster cluster(cluster_of(3));
  cluster.world.settings.manual_timers = true;
  cluster.elect(A).run_for(100_ms);
  cluster.world.settings.manual_timers = false;
  cluster.act(Cut{B, A, Direction::OneWay}).act(Cut{C, A, Direction::OneWay});
  const std::string stuck = "A leads term 1 but is in touch with 1 of 3 only, itself included: without a majority nothing commits. ";
  CHECK(why(cluster) == stuck + "Its heartbeats still arrive at B and C, so nobody else stands for election. With “A leader checks its majority” on, it would step down [6.2].");
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({B, C})) == "2 of 3: hears a leader, elects nobody");
  cluster.world.settings.core.features.check_quorum = true;
  CHECK(why(cluster).ends_with("Nobody else stands until it notices that no majority answers and steps down [6.2]."));
  CHECK(why(cluster, chinese()).find("得不到多数派的答复而退位") != std::string::npos);
  cluster.act(Pause{A});
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({B, C})) == "2 of 3: can elect a leader");
}

TEST_CASE("one that reaches no majority stands where it hears no leader, and its term unseats the one that is heard") {
  Cluster cluster(cluster_of(5));
  cluster.world.settings.manual_timers = true;
  cluster.elect(A).run_for(100_ms);
  cluster.world.settings.manual_timers = false;
  cluster.isolate({E}).act(Cut{A, C, Direction::BothWays}).act(Cut{A, D, Direction::BothWays}).act(Cut{C, D, Direction::BothWays});
  const std::string named = why(cluster);
  const bool of_c_or_d = named.find(" C's countdown ends first") != std::string::npos || named.find(" D's countdown ends first") != std::string::npos;
  CHECK(of_c_or_d);  // whom B hears, and not E
  Cluster asking = cluster;
  asking.world.settings.core.features.pre_vote = true;  // then C and D raise no term, and nobody can be elected
  CHECK(why(asking).find("so nobody else stands for election") != std::string::npos);
  CHECK(explain::quorum_caption(english(), asking.world, set_of({A, B, C, D})) == "4 of 5: hears a leader, elects nobody");
  CHECK(why(cluster).find("Its heartbeats still arrive") == std::string::npos);
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({A, B, C, D})) == "4 of 5: can elect a leader");
}

TEST_CASE("a leader that is no voter any more is not said to count itself (4.2.2)") {
  Cluster cluster(manual_cluster_of(4));
  cluster.elect(A).run_for(100_ms);
  cluster.write("1", A).run_for(200_ms);
  cluster.act(RemoveNode{A});
  cluster.act(Cut{A, C, Direction::BothWays}).act(Cut{A, D, Direction::BothWays});
  CHECK(why(cluster).starts_with("A leads term 1 but is in touch with 1 of 3 voters only: without a majority nothing commits."));
}

TEST_CASE("nobody passes messages on: nodes in a row elect and commit only what a majority reaches itself") {
  Cluster cluster(manual_cluster_of(5));
  cluster.elect(A).run_for(100_ms).isolate({E});
  cluster.act(Cut{A, C, Direction::BothWays}).act(Cut{A, D, Direction::BothWays});
  CHECK(explain::quorum_caption(english(), cluster.world, set_of({A, B, C, D})) == "4 of 5: can elect a leader");  // B, C or D
  Cluster row(manual_cluster_of(6));
  const NodeId F = node_at(5);
  row.isolate({F});
  for (const auto& [one, other] : {std::pair{A, C}, {A, D}, {A, E}, {B, D}, {B, E}, {C, E}}) row.act(Cut{one, other, Direction::BothWays});
  // A-B-C-D-E: nobody reaches more than three of the four that it takes.
  CHECK(explain::quorum_caption(english(), row.world, set_of({A, B, C, D, E})) == "5 of 6: cannot commit");
  CHECK(why(row).starts_with("No node can reach 4 of 6"));
  row.act(Mend{A, C, Direction::BothWays});
  CHECK(explain::quorum_caption(english(), row.world, set_of({A, B, C, D, E})) == "5 of 6: can elect a leader");
}

TEST_CASE("where every node reaches a majority, the next countdown is not one of those that do") {
  Cluster cluster(cluster_of(4));
  cluster.timeout(A).timeout(B).deliver(MessageType::RequestVote, A, C).deliver(MessageType::RequestVote, B, D);
  const auto split = [&] { return why(cluster).starts_with("The votes of term 1 are split: A and B cannot win it any more. "); };
  CHECK(cluster.run_until(split, 100_ms));
  CHECK(why(cluster).find("Of those that reach a majority") == std::string::npos);
  CHECK(why(cluster).find("'s countdown ends first, when the clock shows ") != std::string::npos);
  CHECK(why(cluster, chinese()).find("能联系到多数派") == std::string::npos);
}

TEST_CASE("a leader with nothing to do, and one that waits") {
  Cluster cluster(manual_cluster_of(3));
  cluster.elect(A).run_for(100_ms);
  const std::string due = explain::time_text(cluster.world.machine(A).heartbeat.fires_at);
  CHECK(why(cluster) == "A leads term 1 and has nothing left to replicate. Its next heartbeats are due when the clock shows " + due + ".");
  cluster.write("1", A).act(DeliverMessage{oldest(MessageType::ClientRequest, c1, A)});
  CHECK(why(cluster) == "Entry 1 is on 1 of 3 nodes; 2 are needed. It is on its way to B. It is on its way to C.");
  cluster.crash({C}).run_for(100_ms);
  CHECK(why(cluster) == "A leads term 1 and all its entries are committed. C has not confirmed all of them yet.");
}

}  // namespace raft::test
