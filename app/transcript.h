// A walkthrough told as text: its captions, what happened in sentences, what was asked and what the answer was.
// Quiet about heartbeats that change nothing; what is tried in vain again and again is told once.
#pragma once

#include <set>
#include <string>

#include "raft/explain/explain.h"
#include "raft/walkthrough/player.h"

namespace app {

/// What happened, and the reasons that say more than it does, each with its section. One line.
std::string event_in_words(const raft::explain::Words& words, const raft::sim::World& after,
                           const raft::sim::Event& event);

/// What running ahead has found: yes, no, nodes, or options.
std::string answer_in_words(const raft::explain::Words& words, const raft::walkthrough::Walkthrough& walkthrough,
                            const raft::walkthrough::Asked& asked);

class Transcript {
 public:
  Transcript(const raft::explain::Words& words, const raft::walkthrough::Walkthrough& walkthrough);

  void begin_step(int index);
  void add_event(const raft::sim::World& after, const raft::sim::Event& event);
  /// What the event before broke.
  void add_broken(std::int64_t event, raft::check::Property property);
  void add_question(const raft::walkthrough::Asked& asked);
  const std::string& text() const { return text_; }

 private:
  bool is_said_already(const raft::sim::Event& event);

  const raft::explain::Words& words_;
  const raft::walkthrough::Walkthrough& walkthrough_;
  std::string language_;
  std::string text_;
  bool hidden_ = false;
  std::set<std::string> repeated_;  // told since somebody last intervened
};

}  // namespace app
