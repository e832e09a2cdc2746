// The checklist of sentences: every kind of event with every reason that it can have, and every refusal, has happened in
// some scenario here, and both languages had a finished sentence for it. What is missing fails, and what is not on the
// list fails too: whoever adds a reason adds its row, and a scenario in which it comes true.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include "raft/walkthrough/player.h"
#include "tests/explain/anything.h"
#include "tests/explain/checklist.h"
#include "tests/explain/texts.h"
#include "tests/support/nodes.h"

namespace raft::test {

namespace {

using Names = std::set<std::string>;

/// What has been seen: with each kind of event its reasons, by their names.
struct Checklist {
  std::map<std::string, Names> by_kind;
  Names refusals;
  Names said;  // sentences that have been looked at

  void look_at(const explain::Words& words, const std::string& sentence) {
    if (said.insert(sentence).second) check_finished(words, sentence);
  }
  void see(const World& after, const Event& event) {
    Names& reasons = by_kind[event_kind_name(event.kind)];
    for (const explain::Words* words : both_languages()) {
      look_at(*words, explain::event_sentence(*words, after, event));
      for (const explain::ExplainedReason& why : explain::explain_reasons(*words, after, event)) {
        look_at(*words, why.sentence);
        reasons.insert(reason_info(why.reason.code).name);
      }
    }
  }
  void see_refusal(const World& world, const Reason& reason) {
    for (const explain::Words* words : both_languages()) {
      look_at(*words, explain::reason_sentence(*words, world, reason));
    }
    refusals.insert(reason_info(reason.code).name);
  }
  /// Does it, or is told why not.
  void attempt(Cluster& cluster, const Intervention& what) {
    if (const std::optional<Reason> why = cluster.refused(what)) {
      see_refusal(cluster.world, *why);
      return;
    }
    cluster.act(what);
    see(cluster.world, cluster.event);
  }
  void run_for(Cluster& cluster, Time time) {
    const Time end = cluster.world.now + time;
    while (upcoming(cluster.world).at <= end && cluster.step()) see(cluster.world, cluster.event);
    wait_until(cluster.world, std::max(end, cluster.world.now));
  }
  void deliver(Cluster& cluster, MessageType type, Endpoint from, Endpoint to) {
    attempt(cluster, DeliverMessage{oldest(type, from, to)});
  }
};

std::vector<std::string> all_walks() {
  std::vector<std::string> files;
  for (const char* folder : {"assets/walkthroughs", "assets/walkthroughs/broken", "tests/golden/features"}) {
    for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(source_dir()) / folder)) {
      if (file.path().extension() == ".walk") files.push_back(std::string(folder) + "/" + file.path().filename().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// What the walkthroughs show.
void see_walkthroughs(Checklist& list) {
  for (const std::string& path : all_walks()) {
    CAPTURE(path);
    walkthrough::Parsed parsed = walkthrough::parse(read_source(path), path);
    REQUIRE(parsed.errors.empty());
    walkthrough::Player player(std::make_shared<const walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
    while (player.play_one() != walkthrough::Player::Progress::Ended) REQUIRE_FALSE(player.failure());
    player.timeline().replay(1, player.timeline().end(), [&list](const World& after, const Event& event) { list.see(after, event); });
  }
}

/// What happens when anything is done.
void see_random_runs(Checklist& list) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    ClusterConfig config = cluster_of(3 + seed % 3, seed);
    config.settings.loss = {1, 20};
    config.settings.client_timeout = 200_ms;
    switch_on_features(config.settings, seed);
    Cluster cluster(config);
    Dice dice{seed};
    for (int round = 0; round < 500; ++round) {
      if (dice.roll(8) == 0) {
        list.attempt(cluster, anything(dice, cluster.world));
      } else if (cluster.step()) {
        list.see(cluster.world, cluster.event);
      }
    }
  }
}

// --- what neither comes to ------------------------------------------------------------------------------------------

Cluster with_leader(ClusterConfig config) {
  Cluster cluster(config);
  cluster.elect(A).run_for(100_ms);
  return cluster;
}

ClientAsk write_of(const std::string& key, NodeId to, ClientId by = no_client) { return {write_text(key, "1"), to, by}; }

void see_two_leaders(Checklist& list) {
  Cluster cluster(manual_cluster_of(3));
  cluster.off(Rule::OneVotePerTerm).timeout(A).timeout(B);
  list.deliver(cluster, MessageType::RequestVote, A, C);
  list.deliver(cluster, MessageType::RequestVote, B, C);
  list.deliver(cluster, MessageType::RequestVoteReply, C, A);
  list.deliver(cluster, MessageType::RequestVoteReply, C, B);
  list.deliver(cluster, MessageType::AppendEntries, A, B);
}

void see_undone_configuration(Checklist& list) {
  Cluster cluster = with_leader(manual_cluster_of(3));
  list.attempt(cluster, write_of("x", A));
  list.run_for(cluster, 200_ms);
  cluster.isolate({A});
  list.attempt(cluster, AddNode{"D"});
  cluster.elect(B);
  list.attempt(cluster, write_of("x", B));
  list.run_for(cluster, 200_ms);
  cluster.heal();
  list.run_for(cluster, 200_ms);
}

void see_chunk_again(Checklist& list) {
  Cluster cluster = with_leader(manual_cluster_of(3));
  cluster.isolate({C});
  for (int i = 0; i < 40; ++i) {
    list.attempt(cluster, write_of("key" + std::to_string(i), A));
    list.run_for(cluster, 60_ms);
  }
  list.attempt(cluster, CompactLog{A});
  cluster.heal();
  const auto sent = [&] { return cluster.world.network.oldest(pattern(MessageType::InstallSnapshot, A, C)) != nullptr; };
  REQUIRE(cluster.run_until(sent, 1_s));
  list.attempt(cluster, DuplicateMessage{oldest(MessageType::InstallSnapshot, A, C), 1_ms});
  list.run_for(cluster, 300_ms);
}

void see_sessions_end(Checklist& list) {
  ClusterConfig config = manual_cluster_of(3);
  config.settings.sessions = true;
  Cluster cluster = with_leader(config);
  list.attempt(cluster, write_of("x", A, c1));
  list.run_for(cluster, 200_ms);
  list.attempt(cluster, ExpireSession{c1});
  list.run_for(cluster, 200_ms);
  list.attempt(cluster, write_of("x", A, c1));
  list.run_for(cluster, 200_ms);
}

void see_read_too_early(Checklist& list) {
  ClusterConfig config = manual_cluster_of(3);
  config.settings.core.features.reads = ReadMode::ReadIndex;
  Cluster cluster = with_leader(config);
  list.attempt(cluster, write_of("x", A));
  list.run_for(cluster, 200_ms);
  cluster.elect(B);
  list.attempt(cluster, ClientAsk{{CommandKind::Read, "x", "", ""}, B, no_client});
  list.run_for(cluster, 100_ms);
}

void see_limited_commit(Checklist& list) {
  Cluster cluster = with_leader(manual_cluster_of(3));
  list.attempt(cluster, ChangeSetting{Setting::Batch, {1, 0}});
  cluster.isolate({C});
  for (int i = 0; i < 4; ++i) list.attempt(cluster, write_of("x", A));
  list.run_for(cluster, 400_ms);
  cluster.heal();
  list.run_for(cluster, 400_ms);
}

void see_refused_members(Checklist& list) {
  Cluster cluster = with_leader(manual_cluster_of(3));
  list.attempt(cluster, write_of("x", A));
  list.run_for(cluster, 200_ms);
  list.attempt(cluster, AddNode{"B"});
  list.attempt(cluster, Reconfigure{{"A", "B", "C"}});
  list.attempt(cluster, AddLearner{"D"});
  cluster.run_for(1_ms);
  cluster.isolate({D});
  list.run_for(cluster, 200_ms);
  list.attempt(cluster, PromoteLearner{D});
  list.attempt(cluster, AddLearner{"D"});
  list.attempt(cluster, RemoveNode{C});
  list.run_for(cluster, 200_ms);
  list.attempt(cluster, RemoveNode{C});

  Cluster alone = with_leader(manual_cluster_of(1));
  list.attempt(alone, write_of("x", A));
  list.run_for(alone, 200_ms);
  list.attempt(alone, RemoveNode{A});

  Cluster full = with_leader(manual_cluster_of(max_nodes));
  list.attempt(full, write_of("x", A));
  list.run_for(full, 200_ms);
  list.attempt(full, AddNode{"Z"});
}

void see_other_refusals(Checklist& list) {
  Cluster cluster(manual_cluster_of(3));
  list.attempt(cluster, Partition{{set_of({A, B, C})}});
  for (int i = 0; i <= static_cast<int>(max_clients); ++i) list.attempt(cluster, write_of("x", A));
  cluster.run_for(2_s).crash({A, B, C});
  list.attempt(cluster, write_of("x", no_node));
}

/// In a world nobody can ask it of a leader: the core answers all the same.
void see_core(Checklist& list) {
  const Cluster cluster(manual_cluster_of(3));
  Node node(3);
  node.leader().timeout();
  for (const Reason& reason : node.effects.reasons) {
    for (const explain::Words* words : both_languages()) {
      list.look_at(*words, explain::reason_sentence(*words, cluster.world, reason, A));
    }
    list.by_kind["core"].insert(reason_info(reason.code).name);
  }
}

Names missing(const Names& wanted, const Names& found) {
  Names rest;
  std::set_difference(wanted.begin(), wanted.end(), found.begin(), found.end(), std::inserter(rest, rest.end()));
  return rest;
}

std::string joined(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
  return text;
}

/// Two words apart: as they stand in checklist.h.
Names split(std::string_view words) {
  Names names;
  std::istringstream in{std::string(words)};
  for (std::string name; in >> name;) names.insert(name);
  return names;
}

}  // namespace

TEST_CASE("every kind of event with each of its reasons, and every refusal, has its sentences") {
  Checklist list;
  see_walkthroughs(list);
  see_random_runs(list);
  see_two_leaders(list);
  see_undone_configuration(list);
  see_chunk_again(list);
  see_sessions_end(list);
  see_read_too_early(list);
  see_limited_commit(list);
  see_refused_members(list);
  see_other_refusals(list);
  see_core(list);
  list.by_kind["refused"] = list.refusals;
  list.by_kind.erase("start");  // event 0 has no reasons
  if (std::getenv("RAFTLAB_SHOW_CHECKLIST") != nullptr) {
    for (const auto& [kind, reasons] : list.by_kind) std::cout << kind << ": " << joined(reasons) << "\n";
  }

  Names wanted_kinds;
  Names seen_reasons;
  for (const auto& [name, reasons] : checklist) {
    const auto& kind = name;  // clang 14 has no macro capture the first
    CAPTURE(kind);
    wanted_kinds.insert(kind);
    const Names wanted = split(reasons);
    const Names& seen = list.by_kind[kind];
    CHECK_MESSAGE(missing(wanted, seen).empty(), "never happened here: " << joined(missing(wanted, seen)));
    CHECK_MESSAGE(missing(seen, wanted).empty(), "not on the list: " << joined(missing(seen, wanted)));
    seen_reasons.insert(seen.begin(), seen.end());
  }
  for (const auto& happened : list.by_kind) CHECK_MESSAGE(wanted_kinds.count(happened.first) == 1, happened.first);
  for (int kind = 1; kind <= static_cast<int>(EventKind::Written); ++kind) {
    CHECK_MESSAGE(wanted_kinds.count(event_kind_name(static_cast<EventKind>(kind))) == 1, event_kind_name(static_cast<EventKind>(kind)));
  }
  for (std::size_t i = 0; i < reason_count; ++i) {
    const std::string name = reason_info(static_cast<ReasonCode>(i)).name;
    CHECK_MESSAGE(seen_reasons.count(name) == 1, "a reason that never occurs: " << name);
  }
}

TEST_CASE("a sentence says every operand that its reason has") {
  for (std::size_t i = 0; i < reason_count; ++i) {
    const ReasonInfo& info = reason_info(static_cast<ReasonCode>(i));
    for (const explain::Words* words : both_languages()) {
      const std::string& text = words->text(std::string("reason.") + info.name);
      CAPTURE(text);
      const std::set<std::string> said = values(text);
      for (std::size_t k = 0; k < info.operand_count; ++k) {
        const std::string operand(info.operands[k].name);
        const bool in_range = said.count("range") == 1 && (operand == "first" || operand == "last");
        CHECK_MESSAGE((said.count(operand) == 1 || in_range), operand);
      }
    }
  }
}

}  // namespace raft::test
