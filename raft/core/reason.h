// Why: a closed list of reasons with their operands. Every decision of a node or of the world around
// it leaves one. The names are the same in the trace, in the tests and in the translations; sentences
// are made in raft/explain.
#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "raft/core/message.h"
#include "raft/core/types.h"

namespace raft {

// REASON(enumerator, name, section, operands as "kind:name …")
// Kinds: node, term, index, entry (index^term), count, client, role, time (microseconds; -1: not known).
#define RAFT_REASONS(REASON)                                                                                    \
  /* elections */                                                                                               \
  REASON(StartedElection, "started_election", "5.2", "term:term")                                               \
  REASON(NoWinner, "no_winner", "5.2", "term:term count:votes count:needed")                                    \
  REASON(VotedForItself, "voted_for_itself", "5.2", "term:term")                                                \
  REASON(AskedAgain, "asked_again", "5.1", "count:silent")                                                      \
  REASON(GrantedVote, "granted_vote", "5.2", "node:candidate term:term")                                        \
  REASON(GrantedVoteAgain, "granted_vote_again", "5.2", "node:candidate term:term")                             \
  REASON(AlreadyVoted, "already_voted", "5.2", "node:for term:term")                                            \
  REASON(LogIsBehind, "log_is_behind", "5.4.1", "entry:theirs entry:ours")                                      \
  REASON(CountedVote, "counted_vote", "5.2", "node:voter count:votes count:needed")                             \
  REASON(VoteRefused, "vote_refused", "5.2", "node:voter")                                                      \
  REASON(WonElection, "won_election", "5.2", "term:term count:votes count:needed")                              \
  REASON(NoLongerCandidate, "no_longer_candidate", "5.2", "node:voter role:role")                               \
  REASON(LeaderHasNoTimeout, "leader_has_no_timeout", "5.2", "term:term")                                       \
  /* terms */                                                                                                   \
  REASON(HigherTermSeen, "higher_term_seen", "5.1", "term:theirs term:ours")                                    \
  REASON(SteppedDown, "stepped_down", "5.1", "role:from term:term")                                             \
  REASON(StaleTerm, "stale_term", "5.1", "term:theirs term:ours")                                               \
  REASON(RecognizedLeader, "recognized_leader", "5.2", "node:leader term:term")                                 \
  REASON(SecondLeaderInTerm, "second_leader_in_term", "5.2", "node:other term:term")                            \
  REASON(TimerReset, "timer_reset", "5.2", "")                                                                  \
  /* replication */                                                                                             \
  REASON(AppendedCommand, "appended_command", "5.3", "entry:entry")                                             \
  REASON(NotLeader, "not_leader", "8", "node:leader")                                                           \
  REASON(NoLeaderKnown, "no_leader_known", "8", "")                                                             \
  REASON(LogMatches, "log_matches", "5.3", "entry:prev")                                                        \
  REASON(MissingEntry, "missing_entry", "5.3", "entry:prev index:last")                                         \
  REASON(ConflictingTerm, "conflicting_term", "5.3", "entry:theirs entry:ours")                                 \
  REASON(StoredEntries, "stored_entries", "5.3", "index:first index:last")                                      \
  REASON(AlreadyStored, "already_stored", "5.3", "index:first index:last")                                      \
  REASON(DeletedConflicting, "deleted_conflicting", "5.3", "index:first index:last term:their_term")            \
  REASON(FollowerMatches, "follower_matches", "5.3", "node:follower index:match")                               \
  REASON(WalkedBack, "walked_back", "5.3", "node:follower index:next")                                          \
  REASON(OldReplyIgnored, "old_reply_ignored", "5.3", "node:follower index:prev")                               \
  REASON(NoLongerLeader, "no_longer_leader", "5.3", "node:follower role:role")                                  \
  REASON(SentHeartbeats, "sent_heartbeats", "5.2", "count:followers")                                           \
  REASON(Resent, "resent", "5.3", "node:follower index:first index:last")                                       \
  REASON(AppendedNoop, "appended_noop", "8", "entry:entry")                                                     \
  REASON(SkippedTerm, "skipped_term", "5.3", "node:follower term:conflict index:next")                          \
  /* pre-vote, check-quorum, transfer, reads */                                                                 \
  REASON(AsksBeforeElection, "asks_before_election", "9.6", "term:next_term")                                   \
  REASON(WouldVote, "would_vote", "9.6", "node:candidate term:next_term")                                       \
  REASON(LeaderIsAlive, "leader_is_alive", "4.2.3", "node:leader")                                              \
  REASON(NextTermTooLow, "next_term_too_low", "9.6", "term:theirs term:ours")                                   \
  REASON(CountedPreVote, "counted_pre_vote", "9.6", "node:voter count:votes count:needed")                      \
  REASON(LostQuorum, "lost_quorum", "6.2", "count:heard count:needed")                                          \
  REASON(TransferStarted, "transfer_started", "3.10", "node:target")                                            \
  REASON(TransferWaits, "transfer_waits", "3.10", "node:target index:match index:last")                         \
  REASON(ToldToTakeOver, "told_to_take_over", "3.10", "node:target")                                            \
  REASON(TakesOver, "takes_over", "3.10", "node:old_leader")                                                    \
  REASON(TransferAborted, "transfer_aborted", "3.10", "node:target")                                            \
  REASON(TransferUnderWay, "transfer_under_way", "3.10", "node:target")                                         \
  REASON(HasNoVote, "has_no_vote", "4.2.1", "")                                                                 \
  REASON(ConfigurationStored, "configuration_stored", "6", "index:index count:voters")                          \
  REASON(JointConfiguration, "joint_configuration", "6", "index:index count:old count:new")                     \
  REASON(ConfigurationUndone, "configuration_undone", "6", "index:index")                                       \
  REASON(ConfigurationCommitted, "configuration_committed", "6", "index:index")                                 \
  REASON(ChangeUnderWay, "change_under_way", "4.1", "index:index")                                              \
  REASON(ChangeWaitsForTerm, "change_waits_for_term", "4.1", "term:term")                                       \
  REASON(RemovedLeaderStepsDown, "removed_leader_steps_down", "4.2.2", "index:index")                           \
  REASON(TookSnapshot, "took_snapshot", "7", "entry:last count:discarded")                                      \
  REASON(SendsSnapshot, "sends_snapshot", "7", "node:follower entry:last count:chunk")                          \
  REASON(StoredChunk, "stored_chunk", "7", "entry:last count:chunks")                                           \
  REASON(ChunkOutOfOrder, "chunk_out_of_order", "7", "count:got count:wanted")                                  \
  REASON(InstalledSnapshot, "installed_snapshot", "7", "entry:last")                                            \
  REASON(SnapshotRetainsLog, "snapshot_retains_log", "7", "entry:last index:kept")                              \
  REASON(SnapshotIsOld, "snapshot_is_old", "7", "entry:last index:commit")                                      \
  REASON(RepeatedCommand, "repeated_command", "8", "client:client count:serial index:index")                    \
  REASON(SessionExpired, "session_expired", "6.3", "client:client")                                             \
  REASON(ReadWaitsForTerm, "read_waits_for_term", "6.4", "term:term")                                           \
  REASON(ReadWaitsForRound, "read_waits_for_round", "6.4", "index:read_index")                                  \
  REASON(ReadConfirmed, "read_confirmed", "6.4", "index:read_index count:heard count:needed")                   \
  REASON(ReadByLease, "read_by_lease", "6.4.1", "index:read_index")                                             \
  REASON(AnsweredRead, "answered_read", "6.4", "client:client index:applied")                                   \
  /* commitment */                                                                                              \
  REASON(CommittedByMajority, "committed_by_majority", "5.3", "entry:entry count:stored count:needed")          \
  REASON(NotOnMajority, "not_on_majority", "5.3", "entry:entry count:stored count:needed")                      \
  REASON(NotCurrentTerm, "not_current_term", "5.4.2", "entry:entry term:current")                               \
  REASON(LearntCommit, "learnt_commit", "5.3", "index:commit index:leader_commit")                              \
  REASON(CommitLimited, "commit_limited", "5.3", "index:last_new index:leader_commit")                          \
  REASON(Applied, "applied", "5.3", "index:first index:last")                                                   \
  REASON(AnsweredClient, "answered_client", "5.3", "client:client index:index")                                 \
  /* nodes */                                                                                                   \
  REASON(Started, "started", "5.2", "")                                                                         \
  REASON(Restarted, "restarted", "5.1", "term:term node:vote index:last")                                       \
  REASON(Crashed, "crashed", "5.1", "role:role")                                                                \
  /* the network and the clients */                                                                             \
  REASON(LinkIsCut, "link_is_cut", "2", "node:from node:to time:since")                                         \
  REASON(LostByChance, "lost_by_chance", "2", "")                                                               \
  REASON(DiskIsWriting, "disk_is_writing", "3.8", "count:messages")                                             \
  REASON(WrittenToDisk, "written_to_disk", "3.8", "index:last")                                                 \
  REASON(DiskWiped, "disk_wiped", "", "node:node")                                                              \
  REASON(WritesLost, "writes_lost", "3.8", "node:node index:last")                                              \
  REASON(DroppedByHand, "dropped_by_hand", "2", "")                                                             \
  REASON(ReceiverIsDown, "receiver_is_down", "2", "node:node")                                                  \
  REASON(ClientAsked, "client_asked", "8", "client:client node:node")                                           \
  REASON(ClientRedirected, "client_redirected", "8", "client:client node:leader")                               \
  REASON(ClientExpired, "client_expired", "6.3", "client:client")                                               \
  REASON(SessionOpened, "session_opened", "6.3", "client:client index:session")                                 \
  REASON(ClientTold, "client_told", "8", "client:client node:leader")                                           \
  REASON(ClientDone, "client_done", "8", "client:client")                                                       \
  REASON(ClientFailed, "client_failed", "8", "client:client count:earlier")                                     \
  REASON(ClientTimedOut, "client_timed_out", "8", "client:client")                                              \
  REASON(ClientStoppedWaiting, "client_stopped_waiting", "8", "client:client")                                  \
  /* why a command cannot act */                                                                                \
  REASON(NodeIsPaused, "node_is_paused", "", "node:node")                                                       \
  REASON(NodeIsNotPaused, "node_is_not_paused", "", "node:node")                                                \
  REASON(LinkAlreadyHeld, "link_already_held", "", "node:from node:to")                                         \
  REASON(LinkNotHeld, "link_not_held", "", "node:from node:to")                                                 \
  REASON(NoLeaderToHandOver, "no_leader_to_hand_over", "3.10", "")                                              \
  REASON(AlreadyLeads, "already_leads", "3.10", "node:node")                                                    \
  REASON(WaitsAtPausedNode, "waits_at_paused_node", "2", "node:node")                                           \
  REASON(NodeIsDown, "node_is_down", "", "node:node")                                                           \
  REASON(NodeIsUp, "node_is_up", "", "node:node")                                                               \
  REASON(NothingToWipe, "nothing_to_wipe", "", "node:node")                                                     \
  REASON(LeaderDoesNotTimeOut, "leader_does_not_time_out", "5.2", "node:node")                                  \
  REASON(OnlyALeaderSendsHeartbeats, "only_a_leader_sends_heartbeats", "5.2", "node:node")                      \
  REASON(LinkAlreadyCut, "link_already_cut", "", "node:from node:to")                                           \
  REASON(LinkNotCut, "link_not_cut", "", "node:from node:to")                                                   \
  REASON(NothingIsCut, "nothing_is_cut", "", "")                                                                \
  REASON(SamePartition, "same_partition", "", "")                                                               \
  REASON(AlreadyIsolated, "already_isolated", "", "")                                                           \
  REASON(NoSuchMessage, "no_such_message", "", "")                                                              \
  REASON(MessageIsLost, "message_is_lost", "", "")                                                              \
  REASON(ClientIsWaiting, "client_is_waiting", "", "client:client")                                             \
  REASON(ClientHasNothingToRetry, "client_has_nothing_to_retry", "", "client:client")                           \
  REASON(NoNodeIsUp, "no_node_is_up", "", "")                                                                   \
  REASON(TooManyClients, "too_many_clients", "", "")                                                            \
  REASON(MessageIsHeld, "message_is_held", "", "")                                                              \
  REASON(ClockMustRun, "clock_must_run", "", "node:node")                                                       \
  REASON(AlreadyDropped, "already_dropped", "", "")                                                             \
  REASON(NothingIsDropped, "nothing_is_dropped", "", "")                                                        \
  REASON(NoLeader, "no_leader", "6", "")                                                                        \
  REASON(AlreadyVoter, "already_voter", "6", "node:node")                                                       \
  REASON(AlreadyLearner, "already_learner", "4.2.1", "node:node")                                               \
  REASON(NotAMember, "not_a_member", "6", "node:node")                                                          \
  REASON(NotALearner, "not_a_learner", "4.2.1", "node:node")                                                    \
  REASON(NotAVoter, "not_a_voter", "3.10", "node:node")                                                         \
  REASON(LearnerIsBehind, "learner_is_behind", "4.2.1", "node:node index:match index:commit")                   \
  REASON(LastVoter, "last_voter", "6", "node:node")                                                             \
  REASON(SameConfiguration, "same_configuration", "6", "")                                                      \
  REASON(TooManyNodes, "too_many_nodes", "", "count:most")                                                      \
  REASON(NothingToCompact, "nothing_to_compact", "7", "node:node index:base")                                   \
  REASON(NotYetApplied, "not_yet_applied", "7", "node:node index:index index:applied")                          \
  REASON(NoSessionOpen, "no_session_open", "6.3", "client:client")

enum class ReasonCode : std::uint8_t {
#define RAFT_REASON_ENUMERATOR(enumerator, name, section, operands) enumerator,
  RAFT_REASONS(RAFT_REASON_ENUMERATOR)
#undef RAFT_REASON_ENUMERATOR
};

enum class OperandKind : std::uint8_t { Node, TermNumber, LogIndex, LogEntry, Count, Client, RoleName, Moment };

/// One fact that a reason speaks of. `number` is what the kind says; `term` only for an entry, and as the upper half of
/// a moment.
struct Operand {
  std::int32_t number = 0;
  Term term = 0;

  constexpr Operand() = default;
  constexpr Operand(std::int32_t value) : number(value) {}
  constexpr Operand(NodeId node) : number(static_cast<std::int32_t>(node)) {}
  constexpr Operand(ClientId client) : number(static_cast<std::int32_t>(client)) {}
  constexpr Operand(Role role) : number(static_cast<std::int32_t>(role)) {}
  constexpr Operand(EntryId entry) : number(entry.index), term(entry.term) {}

  static constexpr Operand moment_of(std::int64_t time) {
    Operand operand(static_cast<std::int32_t>(time & 0xFFFF'FFFF));
    // cppcheck-suppress shiftNegativeLHS ; C++20 says what it does
    operand.term = static_cast<Term>(time >> 32);
    return operand;
  }

  constexpr NodeId node() const { return static_cast<NodeId>(number); }
  constexpr std::int64_t moment() const {
    return static_cast<std::int64_t>(term) * (std::int64_t{1} << 32) + static_cast<std::uint32_t>(number);
  }
  constexpr EntryId entry() const { return {number, term}; }
  friend constexpr bool operator==(const Operand&, const Operand&) = default;
};

inline constexpr std::size_t max_operands = 3;

struct Reason {
  ReasonCode code{};
  std::array<Operand, max_operands> operands{};

  constexpr Reason() = default;
  constexpr Reason(ReasonCode reason, std::initializer_list<Operand> facts = {}) : code(reason) {
    assert(facts.size() <= max_operands);
    std::size_t i = 0;
    for (const Operand& fact : facts) operands[i++] = fact;
  }
  friend constexpr bool operator==(const Reason&, const Reason&) = default;
};

struct OperandInfo {
  OperandKind kind{};
  std::string_view name;
};

/// Sections with a dot are of the dissertation, but for those of the paper's §5.
constexpr bool is_of_dissertation(std::string_view section) {
  return section.find('.') != std::string_view::npos && !section.starts_with("5.");
}

struct ReasonInfo {
  ReasonCode code;
  const char* name;     // as in the trace
  const char* section;  // of the paper or the dissertation; "" where neither has anything to say
  std::array<OperandInfo, max_operands> operands;
  std::size_t operand_count;
};

#define RAFT_REASON_CODE(enumerator, name, section, operands) ReasonCode::enumerator,
inline constexpr std::size_t reason_count = std::initializer_list<ReasonCode>{RAFT_REASONS(RAFT_REASON_CODE)}.size();
#undef RAFT_REASON_CODE

const ReasonInfo& reason_info(ReasonCode code);
std::optional<ReasonCode> reason_from_name(std::string_view name);

}  // namespace raft
