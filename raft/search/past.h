// What the five properties of Figure 3 need to know of the past and the nodes themselves do not say: who has led,
// what has been committed and applied. It is part of a state only as long as it can still matter, and finds the
// same violations as check::Safety.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "raft/check/safety.h"
#include "raft/search/codec.h"

namespace raft::search {

struct Past {
  /// Spent of the bounds.
  std::uint8_t entries = 0;
  std::uint8_t crashes = 0;
  std::uint8_t duplicates = 0;
  std::uint8_t drops = 0;
  std::uint8_t changes = 0;  // of members
  /// The highest term in which anything was done; stays 0 where steps are not ordered by term.
  std::uint8_t level = 0;

  struct Committed {
    std::uint8_t term = 0;
    CommandNumber command = 0;
    std::uint8_t in_term = 0;  // first committed in; 0: below every term in which anyone can still begin to lead
  };
  struct Leadership {
    std::uint8_t term = 0;
    std::uint8_t node = 0;
    std::uint8_t last_before = 0;  // length of its log when it began to lead
  };
  struct Applied {
    std::uint8_t index = 0;
    std::uint8_t term = 0;
    CommandNumber command = 0;
    std::uint8_t by = 0;  // a set of nodes; `several` once it makes no difference which
  };
  static constexpr std::uint8_t several = 0xFF;

  std::vector<Committed> committed;     // by index - 1
  std::vector<Leadership> leaderships;  // by term
  std::vector<Applied> applied;         // by index, term, command
};

void encode(const Past& past, Bytes& bytes);
void decode(View bytes, Past& past);
void rename(View past, const Renaming& renaming, Commands& commands, Bytes& bytes);

/// What a step did to its node, as far as the past is concerned.
struct News {
  NodeId node = no_node;
  bool begins_to_lead = false;
  bool commits = false;  // as a leader, which may step down at that: the entry may be its own removal
  std::uint8_t applied_first = 0;  // 0: nothing was applied
  std::uint8_t applied_last = 0;
  bool any() const { return begins_to_lead || commits || applied_first != 0; }
};

/// The terms from which on something may still happen.
struct Outlook {
  Term lead = 0;    // begin to lead
  Term commit = 0;  // commit as a leader
};

class Historian {
 public:
  struct Options {
    std::int32_t crashes = 0;   // the bound
    bool terms_persist = true;  // a crash never takes a term back
    /// Who applied an entry is followed, since a node may contradict itself after a restart. With every rule on
    /// that would be a fault as well, and there is nothing to follow.
    bool follow_appliers = false;
    bool forget = true;  // what can no longer matter
  };
  using Nodes = std::span<const NodeView>;

  explicit Historian(const Options& options) : options_(options) {}

  Past first(Nodes nodes) const;
  /// Records the news; `nodes` are as they are after the step.
  std::optional<check::Violation> record(Past& past, Nodes nodes, const News& news) const;

  /// Takes `node` into account, whose crashes may go on or not.
  void look(NodeView node, bool may_crash, Outlook& outlook) const;
  /// The lowest outlook at which forget() may change `past`; nothing is forgotten up to this term.
  Term keeps_up_to(const Past& past) const;
  void forget(Past& past, Outlook outlook) const;

 private:
  std::optional<check::Violation> begin_to_lead(Past& past, NodeView leader) const;
  std::optional<check::Violation> commit(Past& past, Nodes nodes, NodeView leader) const;
  std::optional<check::Violation> apply(Past& past, NodeView node, Index index) const;
  void settle_appliers(Past& past, Nodes nodes) const;

  Options options_;
};

/// Log Matching between one log and all others.
std::optional<check::Violation> check_log_matching(Historian::Nodes nodes, NodeId changed);

}  // namespace raft::search
