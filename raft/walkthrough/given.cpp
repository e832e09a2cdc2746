// `given`: the state in which a walkthrough finds a node, and whether Raft could have brought it about.
#include <algorithm>

#include "raft/walkthrough/parser.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

sim::CommandText read_entry_command(WordReader& reader) {
  if (reader.is("noop")) {
    reader.next();
    sim::CommandText noop;
    noop.kind = CommandKind::Noop;
    return noop;
  }
  return read_write(reader);
}

std::vector<sim::GivenEntry> read_entries(WordReader& reader) {
  std::vector<sim::GivenEntry> entries;
  while (!reader.at_end() && !reader.is("down") && !reader.is("term") && !reader.is("vote") && !reader.is("commit")) {
    sim::GivenEntry entry;
    entry.term = static_cast<Term>(read_number(reader, "an entry's term", 1, sim::max_given));
    reader.expect(":", "the term of an entry, as in 1:x=1");
    entry.command = read_entry_command(reader);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace

sim::GivenNode read_given(WordReader& reader, const Names& names) {
  sim::GivenNode given;
  given.node = read_node(reader, names, "given");
  while (!reader.at_end()) {
    if (reader.take("term")) {
      given.term = static_cast<Term>(read_number(reader, "a term", 0, sim::max_given));
    } else if (reader.take("vote")) {
      given.vote = reader.take("none") ? no_node : read_node(reader, names, "vote");
    } else if (reader.take("commit")) {
      given.commit = static_cast<Index>(read_number(reader, "a commit index", 0, sim::max_given));
    } else if (reader.take("log")) {
      given.log = read_entries(reader);
    } else if (reader.take("down")) {
      given.down = true;
    } else {
      reader.fail("unexpected '" + reader.peek().text +
                  "'; a given state has term, vote, commit, log and down, as in given A term 2 vote none commit 1 "
                  "log 1:x=1 2:sally");
    }
  }
  return given;
}

std::string given_text(const sim::GivenNode& given, const Names& names) {
  std::string text = "given " + names.node(given.node) + " term " + std::to_string(given.term);
  text += " vote " + names.node(given.vote) + " commit " + std::to_string(given.commit);
  if (!given.log.empty()) text += " log";
  for (const sim::GivenEntry& entry : given.log) {
    text += " " + std::to_string(entry.term) + ":" +
            (entry.command.kind == CommandKind::Noop ? "noop" : write_text(entry.command));
  }
  return text + (given.down ? " down" : "");
}

namespace {

std::string nodes_text(int count) { return std::to_string(count) + (count == 1 ? " node" : " nodes"); }

class GivenChecker {
 public:
  GivenChecker(const Walkthrough& walkthrough, const std::vector<Place>& places, ErrorList& errors)
      : all_(walkthrough.config.given),
        names_(walkthrough.names),
        voters_(NodeSet::first(walkthrough.config.node_names.size())),
        places_(places),
        errors_(errors) {}

  void check() {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      check_alone(i);
      for (std::size_t j = 0; j < i; ++j) check_pair(j, i);
      check_vote(i);
      check_terms_were_elected(i);
      check_commit_is_stored(i);
      check_terms_began_once(i);
      check_commit_is_kept(i);
    }
  }

 private:
  void fail(std::size_t i, const std::string& text) {
    errors_.add(places_[i], "node " + names_.node(all_[i].node) + ": " + text +
                                "; Raft never reaches this (to show it all the same: set impossible on)");
  }

  void check_alone(std::size_t i) {
    const sim::GivenNode& given = all_[i];
    Term before = 0;
    for (const sim::GivenEntry& entry : given.log) {
      if (entry.term < before) return fail(i, "the terms of its log go down");
      before = entry.term;
    }
    if (before > given.term) {
      fail(i, "its log holds an entry of term " + std::to_string(before) + ", but its term is " +
                  std::to_string(given.term));
    }
    if (given.vote != no_node && given.term == 0) fail(i, "it voted before the first election");
    if (given.commit > static_cast<Index>(given.log.size())) {
      fail(i, "commit " + std::to_string(given.commit) + " is beyond its log, which ends at " +
                  std::to_string(given.log.size()));
    }
  }

  /// Log Matching: with an entry of equal index and term in both logs, all up to it is equal.
  void check_pair(std::size_t j, std::size_t i) {
    const auto& a = all_[j].log;
    const auto& b = all_[i].log;
    const std::size_t common = std::min(a.size(), b.size());
    std::size_t last_equal_term = 0;
    for (std::size_t k = 0; k < common; ++k) {
      if (a[k].term == b[k].term) last_equal_term = k + 1;
    }
    const auto committed = static_cast<std::size_t>(std::min(all_[j].commit, all_[i].commit));
    for (std::size_t k = 0; k < std::max(last_equal_term, std::min(committed, common)); ++k) {
      if (a[k].term == b[k].term && a[k].command == b[k].command) continue;
      const bool matching = k < last_equal_term;
      return fail(i, "its entry " + std::to_string(k + 1) + " differs from that of " + names_.node(all_[j].node) +
                         (matching ? ", but an entry of the same index and term follows or is there"
                                   : ", but both are committed"));
    }
  }

  Term term_of(NodeId node) const {
    for (const sim::GivenNode& given : all_) {
      if (given.node == node) return given.term;
    }
    return 0;
  }

  NodeId vote_of(NodeId node) const {
    for (const sim::GivenNode& given : all_) {
      if (given.node == node) return given.vote;
    }
    return no_node;
  }

  /// §5.2: a candidate has the term that it asks votes for, and has voted for itself in it.
  void check_vote(std::size_t i) {
    const sim::GivenNode& given = all_[i];
    if (given.vote == no_node) return;
    const std::string candidate = names_.node(given.vote);
    if (term_of(given.vote) < given.term) {
      fail(i, "it voted for " + candidate + " in term " + std::to_string(given.term) + ", but " + candidate +
                  " is in term " + std::to_string(term_of(given.vote)));
    } else if (term_of(given.vote) == given.term && vote_of(given.vote) != given.vote) {
      fail(i, "it voted for " + candidate + ", but " + candidate + " did not vote for itself in that term");
    }
  }

  /// A term with entries had a leader, so a majority has seen that term. Whether it voted for that leader is not asked: a story
  /// about logs may leave all votes out.
  void check_terms_were_elected(std::size_t i) {
    if (all_[i].log.empty()) return;
    const Term last = all_[i].log.back().term;
    int seen = 0;
    for (const NodeId node : voters_) seen += term_of(node) >= last ? 1 : 0;
    if (seen >= majority_of(voters_.count())) return;
    fail(i, "its log holds an entry of term " + std::to_string(last) + ", but only " + nodes_text(seen) +
                (seen == 1 ? " has" : " have") + " reached that term, so it had no leader");
  }

  /// What is committed is stored on a majority.
  void check_commit_is_stored(std::size_t i) {
    const sim::GivenNode& given = all_[i];
    if (given.commit == 0 || given.commit > static_cast<Index>(given.log.size())) return;
    const auto last = static_cast<std::size_t>(given.commit) - 1;
    const int stored = stored_on(last, given.log[last].term);
    if (stored >= majority_of(voters_.count())) return;
    fail(i, "entry " + std::to_string(given.commit) + " is committed but stored on only " + nodes_text(stored));
  }

  bool holds(const sim::GivenNode& node, std::size_t at, Term term) const { return node.log.size() > at && node.log[at].term == term; }

  int stored_on(std::size_t at, Term term) const {
    const auto stores = [&](const sim::GivenNode& node) { return voters_.contains(node.node) && holds(node, at, term); };
    return static_cast<int>(std::count_if(all_.begin(), all_.end(), stores));
  }

  /// §5.3: the one leader of a term appends to the log that it had when it was elected.
  void check_terms_began_once(std::size_t i) {
    const auto begins = [](const sim::GivenNode& node, std::size_t k) { return k == 0 || node.log[k - 1].term != node.log[k].term; };
    for (std::size_t k = 0; k < all_[i].log.size(); ++k) {
      if (!begins(all_[i], k)) continue;
      const Term term = all_[i].log[k].term;
      for (std::size_t j = 0; j < i; ++j) {
        const auto& log = all_[j].log;
        const auto first = std::partition_point(log.begin(), log.end(), [term](const sim::GivenEntry& entry) { return entry.term < term; });
        if (first == log.end() || first->term != term || first - log.begin() == static_cast<std::ptrdiff_t>(k)) continue;
        return fail(i, "its first entry of term " + std::to_string(term) + " is entry " + std::to_string(k + 1) + ", but that of " +
                           names_.node(all_[j].node) + " is entry " + std::to_string(first - log.begin() + 1));
      }
    }
  }

  /// In which term the last committed entry of `given` became so, at the latest: in that of an entry, this one or one after
  /// it, which a majority stores (§5.4.2).
  Term committed_in(const sim::GivenNode& given) const {
    const auto last = static_cast<std::size_t>(given.commit) - 1;
    Term latest = given.log[last].term;
    for (const sim::GivenNode& other : all_) {
      if (!holds(other, last, given.log[last].term)) continue;
      for (std::size_t k = last; k < other.log.size(); ++k) {
        if (stored_on(k, other.log[k].term) >= majority_of(voters_.count())) latest = std::max(latest, other.log[k].term);
      }
    }
    return latest;
  }

  /// Leader Completeness, §5.4: whoever holds an entry of a later term has it from a leader that had all committed ones.
  void check_commit_is_kept(std::size_t i) {
    const sim::GivenNode& given = all_[i];
    if (given.commit == 0 || given.commit > static_cast<Index>(given.log.size())) return;
    const auto last = static_cast<std::size_t>(given.commit) - 1;
    const Term term = given.log[last].term;
    const Term committed = committed_in(given);
    for (const sim::GivenNode& other : all_) {
      if (other.log.empty() || other.log.back().term <= committed || holds(other, last, term)) continue;
      return fail(i, "entry " + std::to_string(given.commit) + " is committed, but " + names_.node(other.node) +
                         " holds an entry of the later term " + std::to_string(other.log.back().term) + " and not this one");
    }
  }

  const std::vector<sim::GivenNode>& all_;
  const Names& names_;
  const NodeSet voters_;
  const std::vector<Place>& places_;
  ErrorList& errors_;
};

}  // namespace

void check_given(const Walkthrough& walkthrough, const std::vector<Place>& places, ErrorList& errors) {
  GivenChecker(walkthrough, places, errors).check();
}

}  // namespace raft::walkthrough
