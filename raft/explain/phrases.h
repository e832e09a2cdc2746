// Parts of sentences that several files here share. Not for use outside raft/explain.
#pragma once

#include "raft/explain/explain.h"

namespace raft::explain {

/// "entry 3 of term 2"; for index 0 "the start of the log".
std::string entry_phrase(const Words& words, EntryId entry);
/// "entry 3", or "entries 3 to 5".
std::string range_phrase(const Words& words, Index first, Index last);
/// The node's name; "nobody" for no node.
std::string node_text(const Words& words, const sim::World& world, NodeId node);
std::string client_text(ClientId client);
/// "x=1", "read x"; a configuration says who is in it.
std::string command_phrase(const Words& words, const sim::World& world, const Command& command);
/// "x=1, y=2"; long lists say how many more there are.
std::string commands_text(const Words& words, const sim::World& world, const std::vector<Entry>& entries);
std::string join(const Words& words, const std::vector<std::string>& items);
/// Puts one sentence after another.
void add_sentence(const Words& words, std::string& text, const std::string& sentence);

/// from, to, term and what else the message's text speaks of.
std::vector<Fact> message_facts(const Words& words, const sim::World& world, const Message& message);
/// The end of the key of a message: request_vote, request_vote_reply.granted, append_entries.heartbeat, …
std::string message_key(const Message& message);

/// "entries carried > 0 and term = 2"
std::string message_condition_phrase(const Words& words, const sim::MessageCondition& condition);

/// How many of those that count are there, of how many voters, and how many it takes. In joint consensus it is the half,
/// old or new, that lacks more.
struct Support {
  int count = 0;
  int needed = 1;
  int total = 0;
  bool reached() const { return count >= needed; }
};
/// `leader`: who decides, if anybody; it counts itself only under a rule that is switched off when it is no member.
Support support_of(const sim::World& world, const Configuration& configuration, NodeSet nodes,
                   NodeId leader = no_node);
/// In joint consensus: of both halves, the old one first.
std::pair<Support, Support> support_of_both(const sim::World& world, const Configuration& configuration, NodeSet nodes);
/// "RequestVote to A"
std::string pattern_phrase(const Words& words, const sim::World& world, const sim::MessagePattern& pattern);
NodeSet nodes_up(const sim::World& world);
/// Up nodes with which `node` can exchange messages directly in both directions, itself included.
NodeSet reach_of(const sim::World& world, NodeId node);
/// Of `among`: voters that run and reach a quorum of these themselves, for nobody passes messages on.
NodeSet electable_nodes(const sim::World& world, const Configuration& configuration, NodeSet among);
/// The leader whose heartbeats arrive at a node and keep it from standing, whether or not its answers arrive there;
/// no_node: there is none.
NodeId heard_leader(const sim::World& world, NodeId node);
/// Those whose countdowns run and whose higher term gets to somebody who could be elected among them.
NodeSet who_can_stand(const sim::World& world, const Configuration& configuration, NodeSet among);
/// Whoever could be elected among them hears a leader, and nobody else can stand.
bool nobody_stands(const sim::World& world, const Configuration& configuration, NodeSet among);
/// Whether a leader is one of those who are counted, in joint consensus in both majorities.
bool counts_itself(const sim::World& world, NodeId leader);
/// What is known of the term at `index`; nothing of an entry that a snapshot has replaced.
std::optional<Term> term_in(const Log& log, Index index);
/// Whether the node holds this entry, in its log or, as far as that can be seen from the others, in its snapshot.
bool holds(const sim::World& world, NodeId node, EntryId entry);

}  // namespace raft::explain
