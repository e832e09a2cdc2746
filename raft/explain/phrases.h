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
/// "x=1, y=2"; long lists say how many more there are.
std::string commands_text(const Words& words, const sim::World& world, const std::vector<Entry>& entries);
std::string join(const Words& words, const std::vector<std::string>& items);
/// Puts one sentence after another.
void add_sentence(const Words& words, std::string& text, const std::string& sentence);

/// from, to, term and what else the message's text speaks of.
std::vector<Fact> message_facts(const Words& words, const sim::World& world, const Message& message);
/// The end of the key of a message: request_vote, request_vote_reply.granted, append_entries.heartbeat, …
std::string message_key(const Message& message);

/// How many nodes elect and commit in this world: a majority, unless that rule is switched off.
int quorum_of(const sim::World& world);
NodeSet nodes_up(const sim::World& world);
/// Up nodes with which `node` can exchange messages directly in both directions, itself included.
NodeSet reach_of(const sim::World& world, NodeId node);
/// Whether two nodes hold the same entry at `index`.
bool holds(const sim::World& world, NodeId node, EntryId entry);

}  // namespace raft::explain
