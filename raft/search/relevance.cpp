// One function for each kind of message: what it could still bring about. Where in doubt, it matters.
#include "raft/search/relevance.h"

#include <algorithm>

namespace raft::search {

Relevance::Relevance(const Options& options) : options_(options) {
  replication_is_sound_ = on(Rule::ConsistencyCheck) && on(Rule::DeleteOnlyOnConflict) &&
                          on(Rule::CommitOnlyNewEntries) && on(Rule::RejectStaleTerm) &&
                          on(Rule::StepDownOnHigherTerm);
}

bool Relevance::can_matter(MessageView message, NodeView from, NodeView to, Term level, bool may_crash) const {
  if (!options_.drop) return true;
  // All that follows leans on terms that never go back and votes that stay within a term.
  if (may_crash && (!on(Rule::TermAndLogPersisted) || !on(Rule::VotePersisted))) return true;
  // Its receiver is beyond its term, or will be before anything can happen to it.
  if (message.term() < std::max(level, to.term())) return stale(message, from);
  if (message.term() > to.term()) return true;
  switch (message.type()) {
    case MessageType::RequestVote: return request_vote(message, from, to);
    case MessageType::RequestVoteReply: return request_vote_reply(message, to);
    case MessageType::AppendEntries: return append_entries(message, from, to, may_crash);
    case MessageType::AppendEntriesReply: return append_entries_reply(message, to);
    default: return true;
  }
}

/// A request that can only be refused tells its sender of the receiver's term, which may be higher by then.
/// What does the sender gain by it? A follower or candidate of term s that learns of term t can next time out
/// into t + 1, after the two deliveries; without the news it gets there in t + 1 - s time-outs. So the news
/// saves a step only if t - s >= 3, where t < last_term. A leader does not time out: it gains that it steps down.
bool Relevance::matters_as_news_of_a_term(NodeView sender) const {
  if (sender.term() >= options_.last_term) return false;
  if (sender.role() == Role::Leader || !on(Rule::StepDownOnHigherTerm)) return true;
  return sender.term() + 3 < options_.last_term;
}

bool Relevance::stale(MessageView message, NodeView from) const {
  switch (message.type()) {
    case MessageType::RequestVote:
    case MessageType::AppendEntries: return !on(Rule::RejectStaleTerm) || matters_as_news_of_a_term(from);
    case MessageType::RequestVoteReply: return message.granted() && !on(Rule::CountOnlyCurrentVotes);
    default: return false;
  }
}

/// Here and below the message's term is the receiver's.
bool Relevance::request_vote(MessageView message, NodeView from, NodeView to) const {
  if (to.vote() == no_node || !on(Rule::OneVotePerTerm)) return true;
  if (to.vote() != from.id()) return matters_as_news_of_a_term(from);
  // The same vote once more is worth something only to one that still counts and has not counted it.
  const bool counts = from.role() == Role::Candidate && from.term() == message.term();
  return (counts && !from.votes().contains(to.id())) || !on(Rule::CountOnlyCurrentVotes) || matters_as_news_of_a_term(from);
}

bool Relevance::request_vote_reply(MessageView message, NodeView to) const {
  if (!message.granted()) return false;
  if (!on(Rule::CountOnlyCurrentVotes)) return true;
  // Nobody becomes a candidate of a term that it is in already.
  return to.role() == Role::Candidate && !to.votes().contains(message.from());
}

bool Relevance::append_entries(MessageView message, NodeView from, NodeView to, bool may_crash) const {
  // From the leader of the receiver's term: it matters until all that it says is known. In this term the
  // receiver's log only grows from here on; a crash forgets what is committed.
  if (!replication_is_sound_ || to.role() != Role::Follower) return true;
  if (message.commit() > to.commit() || (may_crash && message.commit() > 0)) return true;
  const Index last = message.prev() + message.count();
  if (last > to.last() || to.term_at(message.prev()) != message.prev_term()) return true;
  for (Index position = 0; position < message.count(); ++position) {
    if (to.term_at(message.prev() + 1 + position) != message.term_at(position)) return true;
  }
  if (from.term() == message.term() && from.role() == Role::Leader) {
    if (from.match(to.id()) < last || !options_.batches_are_full) return true;
  }
  return matters_as_news_of_a_term(from);
}

bool Relevance::append_entries_reply(MessageView message, NodeView to) const {
  // One that is not a leader of this term will never be, unless it is a candidate.
  if (to.role() == Role::Follower) return false;
  if (to.role() != Role::Leader) return true;
  const NodeId follower = message.from();
  const Index match = to.match(follower);
  if (!message.success()) return message.prev() > match && message.prev() < to.next(follower);
  // One that tells nothing new can still free the next batch.
  return message.match() > match || (message.match() == match && !options_.batches_are_full);
}

}  // namespace raft::search
