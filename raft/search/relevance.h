// Which messages in flight can still matter. One that never can is dropped on the spot: states that differ in
// nothing else are one state.
#pragma once

#include "raft/core/input.h"
#include "raft/search/codec.h"

namespace raft::search {

class Relevance {
 public:
  struct Options {
    Rules rules;
    bool batches_are_full = true;  // one AppendEntries always carries all that there is
    Term last_term = 0;  // nobody goes beyond
    bool drop = true;    // false: everything matters
  };

  explicit Relevance(const Options& options);

  /// `from` and `to` are the message's sender and receiver as they are now. False: whatever happens from here on,
  /// without the message a violation is reached in as few steps as with it.
  /// Nothing happens in a term below `level` any more.
  bool can_matter(MessageView message, NodeView from, NodeView to, Term level, bool may_crash) const;

 private:
  bool on(Rule rule) const { return options_.rules.on(rule); }
  bool stale(MessageView message, NodeView from) const;
  bool request_vote(MessageView message, NodeView from, NodeView to) const;
  bool request_vote_reply(MessageView message, NodeView to) const;
  bool append_entries(MessageView message, NodeView from, NodeView to, bool may_crash) const;
  bool append_entries_reply(MessageView message, NodeView to) const;
  bool matters_as_news_of_a_term(NodeView sender) const;

  Options options_;
  bool replication_is_sound_ = true;
};

}  // namespace raft::search
