// What a run starts from: the nodes, the seed, the settings and, for the paper's figures, given states.
// The table of settings is the only list of them; the defaults are frozen for ever (walkthrough 1).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "raft/core/input.h"
#include "raft/core/types.h"
#include "raft/sim/sim_time.h"

namespace raft::sim {

/// What one link has of its own; what it has not is as for all links.
struct LinkSettings {
  NodeId from = no_node;
  NodeId to = no_node;
  std::optional<TimeRange> latency;
  std::optional<Ratio> loss;
  std::optional<Ratio> duplicate;
};

struct Settings {
  TimeRange election_timeout{150_ms, 300_ms};
  Time heartbeat = 50_ms;
  TimeRange latency{10_ms, 20_ms};
  Ratio loss;
  Ratio duplicate;
  Time client_timeout = 1_s;
  bool client_retry = false;
  Time disk_delay = 0;         // until what was written is on disk
  bool sessions = false;       // clients ask within sessions, so that a repeated command is applied once
  std::int32_t max_sessions = 0;  // 0: no limit
  bool manual_timers = false;  // an election timer fires only by hand
  std::vector<LinkSettings> links;  // only those that have something of their own, by (from, to)
  CoreSettings core;
};

enum class SettingKind : std::uint8_t { Range, Duration, Probability, Count, CountOrOff, Switch, Timers, Reads };

// SETTING(enumerator, name, kind, what it says)
#define RAFT_SETTINGS(SETTING)                                                                                      \
  SETTING(ElectionTimeout, "election_timeout", Range, "how long a follower waits for its leader")                   \
  SETTING(Heartbeat, "heartbeat", Duration, "how often a leader sends AppendEntries")                               \
  SETTING(Latency, "latency", Range, "how long a message flies, one way")                                           \
  SETTING(Loss, "loss", Probability, "how many messages between nodes are lost")                                    \
  SETTING(Duplicate, "duplicate", Probability, "how many messages between nodes arrive twice")                      \
  SETTING(Batch, "batch", Count, "entries that one AppendEntries carries at most")                                  \
  SETTING(ClientTimeout, "client_timeout", Duration, "how long a client waits for its answer")                      \
  SETTING(ClientRetry, "client_retry", Switch, "whether a client asks again after its timeout")                     \
  SETTING(TimerMode, "timers", Timers, "auto, or manual: an election timer fires only by timeout NODE")             \
  SETTING(Noop, "noop", Switch, "a leader commits an empty entry at the start of its term (section 8)")             \
  SETTING(FastRepair, "fast_repair", Switch, "nextIndex skips a whole conflicting term at a time (section 5.3)")    \
  SETTING(PreVote, "pre_vote", Switch, "a node asks whether it could win before it starts an election [9.6]")       \
  SETTING(CheckQuorum, "check_quorum", Switch, "a leader that hears from no majority steps down [6.2]")             \
  SETTING(IgnoreDisruptive, "ignore_disruptive", Switch, "no votes while a leader is heard [4.2.3]")                \
  SETTING(SnapshotAfter, "snapshot_after", CountOrOff, "entries after which a node compacts its log (section 7)")   \
  SETTING(Sessions, "sessions", Switch, "a repeated command is applied once (section 8) [6.3]")                     \
  SETTING(MaxSessions, "max_sessions", CountOrOff, "sessions kept at most; the least recently used ends first")     \
  SETTING(DiskDelay, "disk_delay", Duration, "how long a write takes before what depends on it may leave")          \
  SETTING(Reads, "reads", Reads, "log, index or lease: how a read is answered [6.4]")

enum class Setting : std::uint8_t {
#define RAFT_SETTING_ENUMERATOR(enumerator, name, kind, says) enumerator,
  RAFT_SETTINGS(RAFT_SETTING_ENUMERATOR)
#undef RAFT_SETTING_ENUMERATOR
};

struct SettingInfo {
  Setting setting;
  const char* name;
  SettingKind kind;
  const char* says;
};

inline constexpr auto setting_table = std::to_array<SettingInfo>({
#define RAFT_SETTING_ROW(enumerator, name, kind, says) {Setting::enumerator, name, SettingKind::kind, says},
    RAFT_SETTINGS(RAFT_SETTING_ROW)
#undef RAFT_SETTING_ROW
});

constexpr const SettingInfo& info_of(Setting setting) { return setting_table[static_cast<std::size_t>(setting)]; }

/// The value of a setting in its own unit: µs, entries, numerator and denominator, 0 or 1.
/// `second` is the end of a range or the denominator, otherwise 0. Timers: 0 auto, 1 manual.
struct SettingValue {
  std::int64_t first = 0;
  std::int64_t second = 0;
  friend bool operator==(const SettingValue&, const SettingValue&) = default;
};

// What the numbers of a configuration may be at most; the language says so where it reads them.
inline constexpr std::int32_t max_batch = 10'000;
inline constexpr std::int32_t max_counted = 1'000'000;     // a Count that may also be off
inline constexpr std::int32_t max_ratio_part = 1'000'000;  // a numerator, a denominator
inline constexpr std::int32_t max_given = 1'000'000'000;   // a term or an index of a given state

/// What is wrong with it, to stand behind the setting's name: "is at least 1ms"; nullopt if nothing is.
std::optional<std::string> invalid(Setting setting, SettingValue value);

/// What the core needs to know of the world's settings. `assign` does it; call it after setting fields by hand.
void tell_core(Settings& settings);
void assign(Settings& settings, Setting setting, SettingValue value);
SettingValue value_of(const Settings& settings, Setting setting);

/// Latency, Loss and Duplicate: what a single link may have of its own.
constexpr bool is_of_links(Setting setting) {
  return setting == Setting::Latency || setting == Setting::Loss || setting == Setting::Duplicate;
}
/// null if the link has nothing of its own.
const LinkSettings* find_link(const Settings& settings, NodeId from, NodeId to);
/// What the link has of its own; nullopt: nothing, or a setting that is not of links.
std::optional<SettingValue> own_value(const LinkSettings& link, Setting setting);

/// A command as text, before its words are interned.
struct CommandText {
  CommandKind kind = CommandKind::Write;
  std::string key;
  std::string value;     // Write, CompareAndSet
  std::string expected;  // CompareAndSet
  friend bool operator==(const CommandText&, const CommandText&) = default;
};

struct GivenEntry {
  Term term = 0;
  CommandText command;
};

/// The state in which a walkthrough finds a node instead of a first start.
struct GivenNode {
  NodeId node = no_node;
  Term term = 0;
  NodeId vote = no_node;
  Index commit = 0;
  std::vector<GivenEntry> log;
  bool down = false;
};

/// A clock that runs at a rate of its own from the start.
struct NodeClock {
  NodeId node = no_node;
  Ratio rate{1, 1};
};

struct ClusterConfig {
  std::vector<std::string> node_names;     // the voters, in the order of their ids
  std::vector<std::string> learner_names;  // after them; nodes without a vote
  std::uint64_t seed = 1;
  Settings settings;
  std::vector<GivenNode> given;
  std::vector<NodeClock> clocks;  // of those nodes whose clock is not like the others
};

/// What of it no world can be made from, in a few words; nullopt if one can. Not whether Raft could come to given states.
std::optional<std::string> invalid(const ClusterConfig& config);

/// In the language, and in a change of members; in joint consensus, and in a cluster made from it, there may be more.
inline constexpr std::size_t max_voters = 11;

}  // namespace raft::sim
