// Events, reasons and refusals as sentences, in the reader's language. All texts come from the tables
// under assets/text; this file only puts the operands in.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raft/check/linearizable.h"
#include "raft/check/property.h"
#include "raft/core/reason.h"
#include "raft/sim/advance.h"
#include "raft/sim/event.h"
#include "raft/sim/world.h"

namespace raft::explain {

enum class Language : std::uint8_t { English, Chinese };
const char* language_code(Language language);  // en, zh
std::optional<Language> language_from_code(std::string_view code);

/// What is put in place of {name}. A count also chooses between two words: {votes|vote|votes}.
struct Fact {
  std::string name;
  std::string text;
  bool is_count = false;
  std::int64_t count = 0;
  bool is_phrase = false;  // words, not a name: gets a capital letter where it opens a sentence

  Fact(std::string_view fact_name, std::string_view fact_text) : name(fact_name), text(fact_text) {}
  template <std::integral Number>
  Fact(std::string_view fact_name, Number number)
      : name(fact_name), text(std::to_string(number)), is_count(true), count(static_cast<std::int64_t>(number)) {}
  static Fact phrase(std::string_view fact_name, std::string_view fact_text) {
    Fact fact(fact_name, fact_text);
    fact.is_phrase = true;
    return fact;
  }
};

/// The texts of one language, by key ("reason.granted_vote", "ui.play", "role.leader"). Belongs to one thread, also where
/// it is const: it remembers the keys that it lacks.
class Words {
 public:
  /// `toml` is the content of assets/text/CODE.toml. On error returns nullopt and says why in `error`.
  static std::optional<Words> parse(Language language, std::string_view toml, std::string& error);

  Language language() const { return language_; }
  /// The text of a key; the key itself if there is none, so that a missing text is seen.
  const std::string& text(std::string_view key) const;
  bool has(std::string_view key) const;
  std::vector<std::string> keys() const;
  /// Every character that any text uses; fonts are built from it.
  const std::string& all_characters() const { return all_characters_; }

  /// The text of a key with the facts put in. A placeholder without a fact stays as it is, so that it is seen.
  std::string fill(std::string_view key, const std::vector<Fact>& facts) const;

 private:
  Language language_ = Language::English;
  std::map<std::string, std::string, std::less<>> texts_;
  std::string all_characters_;
  mutable std::map<std::string, std::string, std::less<>> missing_;  // keys that were asked for in vain
};

/// "B grants its vote to A in term 2." One sentence, its operands put in; no section. `self` is the node
/// that decided, which a reason itself does not name; without it the sentence says "this node".
std::string reason_sentence(const Words& words, const sim::World& world, const Reason& reason,
                            NodeId self = no_node);

/// A reason of an event, with the node that decided (no_node: a client, or nobody).
struct ExplainedReason {
  Reason reason;
  NodeId self = no_node;
  std::string sentence;
  std::string section;  // "§5.4.1", or "" where the paper has nothing to say
};
/// The rules that decided it (`rule.NAME` says each in words): those that its reasons rest on and that are on. Each once.
std::vector<Rule> rules_behind(const sim::World& after, const sim::Event& event);
/// All reasons of an event in their order.
std::vector<ExplainedReason> explain_reasons(const Words& words, const sim::World& after, const sim::Event& event);

/// "§5.4.1" of the paper, "diss. §6.4" of the dissertation; "" for none.
std::string section_text(const Words& words, std::string_view section);

/// What happened, in one sentence, without the why: "RequestVote from A reaches B." Of the world only names and
/// the rules in force are used, so that a later world of the same run serves as well.
std::string event_sentence(const Words& words, const sim::World& after, const sim::Event& event);

/// One thing that is due: "C's election timer ends."
std::string upcoming_sentence(const Words& words, const sim::World& world, const sim::Upcoming& upcoming);

/// "150 ms – 300 ms", "1/20", "on", "by a read index"
std::string setting_value_text(const Words& words, sim::Setting setting, sim::SettingValue value);

/// A message without a verb, for labels: "AppendEntries from A to B with x=1".
std::string message_phrase(const Words& words, const sim::World& world, const Message& message);

/// "A, B and C"
std::string node_list(const Words& words, const sim::World& world, NodeSet nodes);

/// "182.5 ms"; from ten seconds on "12.5 s". Rounded down to a tenth.
std::string time_text(sim::Time time);

/// "What will B decide?": what the receiver of a message in flight would do with it if it arrived at `time`, as it would
/// happen in a copy of the world. Nothing is told of whether it will arrive.
struct ArrivalAnswer {
  std::string opening;  // "If it arrived now, B would do this:", or that it would be lost, or wait
  std::vector<ExplainedReason> reasons;
  std::string sends;    // "It would send: Vote from B to A.", "" for nothing
};
ArrivalAnswer explain_arrival(const Words& words, const sim::World& world, sim::MessageId message, sim::Time time);

/// What a leader makes of the fields of a refused AppendEntries (§5.3): where it will try next. "" for any other message, and
/// where its fields are nothing to the receiver: one that no longer leads or is down, that has removed the sender, or that
/// leads a later term. Of a higher term it says that the leader steps down.
std::string explain_refusal(const Words& words, const sim::World& world, const Message& reply);

/// An entry of a node's log: is it committed, and if not, why not and what would commit it.
struct EntryAnswer {
  bool committed_here = false;      // this node knows it committed
  bool committed_anywhere = false;  // some node knows it committed
  NodeSet stored_on;                // nodes whose log holds this entry (same index and term)
  std::vector<Reason> reasons;      // why not (yet), with operands
  std::string sentence;
};
EntryAnswer explain_entry(const Words& words, const sim::World& world, NodeId node, Index index);

/// Whose election timer ends before all others, by itself, among those of `among` that could then stand for election;
/// no_node if none runs.
NodeId first_to_time_out(const sim::World& world, NodeSet among);

/// Why the cluster has no leader, or its leader does nothing: "why did nothing happen?"
std::string why_nothing_happens(const Words& words, const sim::World& world);

/// "Election Safety" to the end of its key in the texts, election_safety.
std::string as_key(std::string_view name);
/// What the promise is called: "Election Safety", in the language of the words.
const std::string& property_title(const Words& words, check::Property property);

/// "c2 read x = 1, after c1 had been told x = 2. Only 2 would have fitted."
std::string anomaly_sentence(const Words& words, const sim::World& world, const check::History& history,
                             const check::Anomaly& anomaly);

/// What a node is in the middle of, in a few words each: a read that waits for its round, a lease, a handover, a
/// snapshot that is coming in, a disk that writes. `clock`: the moment at which one looks; times are those left then.
std::vector<std::string> node_notes(const Words& words, const sim::World& world, NodeId node, sim::Time clock);

/// What a crash takes from a node under the rules in force, for a label: its memory; with a rule off also its vote, or all.
std::string lost_in_a_crash(const Words& words, const sim::World& world);

/// What the standing rules drop, one phrase each: "RequestVote to A".
std::vector<std::string> dropped_phrases(const Words& words, const sim::World& world);

/// "1 of 2 old, 0 of 2 new": the votes of a candidate in joint consensus; "" outside of it.
std::string joint_votes(const Words& words, const sim::World& world, NodeId candidate);
/// How many votes elect a candidate, under the rules in force; in joint consensus of the half that lacks more.
int votes_needed(const sim::World& world, NodeId candidate);

/// Whether the nodes of an island that run could commit an entry, under a leader of theirs.
bool can_commit(const sim::World& world, NodeSet island);
/// "2 of 5": how many of an island's nodes run and have a vote; in joint consensus it speaks of both majorities.
std::string quorum_count(const Words& words, const sim::World& world, NodeSet island);
/// "2 of 5: cannot commit", for the caption of an island.
std::string quorum_caption(const Words& words, const sim::World& world, NodeSet island);

}  // namespace raft::explain
