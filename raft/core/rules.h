// The rules of the paper that can be switched off one by one, to show which promise each one keeps.
// The default is the paper: all on. The table is the only list of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace raft {

// RULE(enumerator, name, section, property that breaks, the feature it is about ("": none), what happens when it is off,
//      the test that fails then)
#define RAFT_RULES(RULE)                                                                                               \
  RULE(OneVotePerTerm, "one_vote_per_term", "5.2", "Election Safety", "",                                              \
       "a node grants its vote to every candidate that asks, however often it has voted in the term",                  \
       "§5.2 a node votes for one candidate a term, first come, first served")                                         \
  RULE(VotePersisted, "vote_persisted", "5.2", "Election Safety", "",                                                  \
       "a crash forgets votedFor, so that a restarted node can vote a second time in the term",                        \
       "§5.2 a vote survives a crash")                                                                                 \
  RULE(TermAndLogPersisted, "term_and_log_persisted", "5.1", "Leader Completeness", "",                                \
       "a crash forgets currentTerm, votedFor and the log",                                                            \
       "§5.1 term and log survive a crash")                                                                            \
  RULE(CandidateLogUpToDate, "candidate_log_up_to_date", "5.4.1", "Leader Completeness", "",                           \
       "a vote is granted without comparing the candidate's log with one's own",                                       \
       "§5.4.1 a node denies its vote when its own log is more up to date")                                            \
  RULE(MajorityNeeded, "majority_needed", "5.2", "Election Safety", "",                                                \
       "one node less than a majority elects a leader and commits an entry",                                           \
       "§5.2 votes from a majority of the whole cluster for the same term win the election")                           \
  RULE(ConsistencyCheck, "consistency_check", "5.3", "Log Matching", "",                                               \
       "a follower stores entries without checking that the entry before them matches",                                \
       "§5.3 a follower refuses entries when it has nothing at the place before them")                                 \
  RULE(DeleteOnlyOnConflict, "delete_only_on_conflict", "5.3", "Leader Completeness", "",                              \
       "a follower deletes everything after the previous entry, also when nothing conflicts",                          \
       "§5.3 a delayed AppendEntries does not cut off what came after it")                                             \
  RULE(CommitOnlyCurrentTerm, "commit_only_current_term", "5.4.2", "Leader Completeness", "",                          \
       "a leader commits entries of earlier terms by counting replicas",                                               \
       "§5.4.2 entries of earlier terms are not committed by counting replicas")                                       \
  RULE(StepDownOnHigherTerm, "step_down_on_higher_term", "5.1", "Election Safety", "",                                 \
       "a leader or candidate that sees a higher term adopts it and keeps its role",                                   \
       "§5.1 a candidate or leader that learns of a higher term is a follower at once")                                \
  RULE(RejectStaleTerm, "reject_stale_term", "5.1", "Leader Completeness", "",                                         \
       "a request with an older term is treated as if it were of the current one",                                     \
       "§5.1 a request with a stale term is rejected, and the answer says what the term is now")                       \
  RULE(RandomizedTimeouts, "randomized_timeouts", "5.2", "liveness", "",                                               \
       "every election timeout is the shortest one, so that votes split again and again",                              \
       "§5.2 election timeouts are chosen randomly from a fixed interval")                                             \
  RULE(CountOnlyCurrentVotes, "count_only_current_votes", "5.2", "Election Safety", "",                                \
       "a candidate counts votes that were granted to it in an earlier term",                                          \
       "§5.1 a reply from an older term is not taken for one of this term")                                            \
  RULE(CommitOnlyNewEntries, "commit_only_new_entries", "5.3", "State Machine Safety", "",                             \
       "a follower commits up to leaderCommit even past the entries known to match the leader's",                      \
       "§5.3 entries beyond the last new one are not committed: nobody has compared them")                             \
  RULE(SessionCheck, "session_check", "8", "linearizability", "sessions",                                              \
       "a command that has been applied before is applied again",                                                      \
       "§8 a command whose serial number has been executed is answered without being executed again")                  \
  RULE(SnapshotKeepsLast, "snapshot_keeps_last", "7", "Leader Completeness", "snapshots",                              \
       "a snapshot forgets the term of its last entry, so that a log that ends there seems older than any other",      \
       "§7 a snapshot replaces the entries up to its last, and keeps that one's index and term")                       \
  RULE(OneChangeAtATime, "one_change_at_a_time", "4.1", "Election Safety", "changes of members",                       \
       "a leader begins a change of members while another is not committed, or before it has committed an entry",      \
       "4.1 no change before the previous one is committed")                                                           \
  RULE(ConfigurationWhenStored, "configuration_when_stored", "6", "Election Safety", "changes of members",             \
       "a node uses a new configuration only once it knows that it is committed",                                      \
       "§6 a configuration is an entry; a node uses the latest in its log, committed or not")                          \
  RULE(JointMajorities, "joint_majorities", "6", "Election Safety", "joint consensus",                                 \
       "in joint consensus a majority of the new configuration alone decides",                                         \
       "§6 joint consensus: elections need a majority of the old and one of the new configuration")                    \
  RULE(LearnersDoNotCount, "learners_do_not_count", "4.2.1", "Leader Completeness", "learners",                        \
       "learners are counted for majorities, although they are outside the configuration",                             \
       "4.2.1 a learner gets the log, has no vote, and does not count")                                                \
  RULE(RemovedLeaderNotCounted, "removed_leader_not_counted", "4.2.2", "Leader Completeness", "changes of members",    \
       "a leader that is not in the new configuration counts itself as storing its entries",                           \
       "4.2.2 a leader that is being removed manages the cluster but does not count itself")                           \
  RULE(ReadConfirmedByRound, "read_confirmed_by_round", "6.4", "linearizability", "reads index",                       \
       "a leader answers a read at once, without making sure that it still leads",                                     \
       "6.4 ReadIndex: a leader answers once a majority has answered a round begun after the read")                    \
  RULE(CommitBeforeReadIndex, "commit_before_read_index", "6.4", "linearizability", "reads index",                     \
       "a new leader serves reads before it has committed an entry of its term",                                       \
       "6.4 ReadIndex: a new leader waits until it has committed an entry of its term")

enum class Rule : std::uint8_t {
#define RAFT_RULE_ENUMERATOR(enumerator, name, section, breaks, needs, off, test) enumerator,
  RAFT_RULES(RAFT_RULE_ENUMERATOR)
#undef RAFT_RULE_ENUMERATOR
};

struct RuleInfo {
  Rule rule;
  const char* name;      // as typed in `set rule NAME off`
  const char* section;   // of the paper or the dissertation
  const char* breaks;    // the property of Figure 3 that is lost, or liveness
  const char* needs;     // the feature without which it makes no difference, or ""
  const char* when_off;  // what exactly happens then
  const char* test;      // fails without it: a TEST_CASE of tests/paper
};

inline constexpr auto rule_table = std::to_array<RuleInfo>({
#define RAFT_RULE_ROW(enumerator, name, section, breaks, needs, off, test) \
  {Rule::enumerator, name, section, breaks, needs, off, test},
    RAFT_RULES(RAFT_RULE_ROW)
#undef RAFT_RULE_ROW
});

static_assert(rule_table.size() <= 32, "Rules keeps a bit for each");

constexpr std::optional<Rule> rule_from_name(std::string_view name) {
  for (const RuleInfo& info : rule_table) {
    if (name == info.name) return info.rule;
  }
  return std::nullopt;
}

class Rules {
 public:
  constexpr bool on(Rule rule) const { return (off_bits_ & bit(rule)) == 0; }
  constexpr void set(Rule rule, bool on) { off_bits_ = on ? off_bits_ & ~bit(rule) : off_bits_ | bit(rule); }
  constexpr bool all_on() const { return off_bits_ == 0; }
  constexpr std::uint32_t off_bits() const { return off_bits_; }
  friend constexpr bool operator==(const Rules&, const Rules&) = default;

 private:
  static constexpr std::uint32_t bit(Rule rule) { return std::uint32_t{1} << static_cast<unsigned>(rule); }
  std::uint32_t off_bits_ = 0;
};

}  // namespace raft
