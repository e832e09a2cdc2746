// Counting, and the one table of what need not occur.
#include "raft/search/coverage.h"

#include <string_view>

namespace raft::search {

namespace {

struct Excuse {
  ReasonCode reason;
  const char* why;
};

constexpr const char* refusal = "why a command cannot act: the swarm does not do what is refused";

constexpr auto excuses = std::to_array<Excuse>({
    {ReasonCode::SecondLeaderInTerm, "Election Safety excludes it"},
    {ReasonCode::DiskWiped, "sabotage"},
    {ReasonCode::NodeIsPaused, refusal},
    {ReasonCode::NodeIsNotPaused, refusal},
    {ReasonCode::LinkAlreadyHeld, refusal},
    {ReasonCode::LinkNotHeld, refusal},
    {ReasonCode::NoLeaderToHandOver, refusal},
    {ReasonCode::AlreadyLeads, refusal},
    {ReasonCode::NodeIsDown, refusal},
    {ReasonCode::NodeIsUp, refusal},
    {ReasonCode::NothingToWipe, refusal},
    {ReasonCode::LeaderDoesNotTimeOut, refusal},
    {ReasonCode::OnlyALeaderSendsHeartbeats, refusal},
    {ReasonCode::LinkAlreadyCut, refusal},
    {ReasonCode::LinkNotCut, refusal},
    {ReasonCode::NothingIsCut, refusal},
    {ReasonCode::SamePartition, refusal},
    {ReasonCode::AlreadyIsolated, refusal},
    {ReasonCode::NoSuchMessage, refusal},
    {ReasonCode::MessageIsLost, refusal},
    {ReasonCode::ClientIsWaiting, refusal},
    {ReasonCode::ClientHasNothingToRetry, refusal},
    {ReasonCode::NoNodeIsUp, refusal},
    {ReasonCode::TooManyClients, refusal},
    {ReasonCode::MessageIsHeld, refusal},
    {ReasonCode::ClockMustRun, refusal},
    {ReasonCode::AlreadyDropped, refusal},
    {ReasonCode::NothingIsDropped, refusal},
    {ReasonCode::NoLeader, refusal},
    {ReasonCode::AlreadyVoter, refusal},
    {ReasonCode::AlreadyLearner, refusal},
    {ReasonCode::NotAMember, refusal},
    {ReasonCode::NotALearner, refusal},
    {ReasonCode::NotAVoter, refusal},
    {ReasonCode::LearnerIsBehind, refusal},
    {ReasonCode::LastVoter, refusal},
    {ReasonCode::SameConfiguration, refusal},
    {ReasonCode::TooManyNodes, refusal},
    {ReasonCode::NothingToCompact, refusal},
    {ReasonCode::NotYetApplied, refusal},
    {ReasonCode::NoSessionOpen, refusal},
    {ReasonCode::ChangeUnderWay, refusal},
    {ReasonCode::ChangeWaitsForTerm, refusal},
    {ReasonCode::LeaderHasNoTimeout, "an election timer of a leader does not run"},
});

}  // namespace

const char* why_never(ReasonCode reason) {
  for (const Excuse& excuse : excuses) {
    if (excuse.reason == reason) return excuse.why;
  }
  return "";
}

void Coverage::count(const sim::Event& event) {
  ++events_;
  ++kinds_[static_cast<std::size_t>(event.kind)];
  for (const Reason& reason : event.reasons) ++reasons_[static_cast<std::size_t>(reason.code)];
}

void Coverage::count(std::optional<Fault> fault) {
  if (fault) ++faults_[static_cast<std::size_t>(*fault)];
}

void Coverage::count(const sim::ClusterConfig& config) {
  for (std::size_t i = 0; i < feature_count; ++i) {
    features_[i] += has_feature(config, static_cast<Feature>(i)) ? 1 : 0;
  }
}

namespace {

template <typename Counts>
void add_each(Counts& to, const Counts& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

}  // namespace

void Coverage::add(const Coverage& other) {
  events_ += other.events_;
  add_each(faults_, other.faults_);
  add_each(features_, other.features_);
  add_each(reasons_, other.reasons_);
  add_each(kinds_, other.kinds_);
}

bool asks_for_all(const SwarmOptions& options) {
  return options.last_seed - options.first_seed + 1 >= enough_seeds && options.time >= sim::Time{60} * 1'000'000 &&
         options.nodes == 0 && options.rules.all_on() &&
         (options.faults | FaultSet::all(Within::Model)) == options.faults;
}

std::vector<Coverage::Line> Coverage::lines(const SwarmOptions& options) const {
  const bool all = asks_for_all(options);
  std::vector<Line> lines;
  for (const FaultInfo& info : fault_table) {
    if (options.faults.has(info.fault)) lines.push_back({"fault", info.name, of(info.fault), all});
  }
  for (std::size_t i = 0; i < feature_count; ++i) {
    const auto feature = static_cast<Feature>(i);
    lines.push_back({"feature", feature_name(feature), of(feature), all});
  }
  for (std::size_t i = 0; i < event_kind_count; ++i) {
    const auto kind = static_cast<sim::EventKind>(i);
    // A run starts before its first event; nobody wipes disks unless asked to.
    const bool never = kind == sim::EventKind::Start || kind == sim::EventKind::Wipe;
    lines.push_back({"event", event_kind_name(kind), of(kind), all && !never});
  }
  for (std::size_t i = 0; i < reason_count; ++i) {
    const auto reason = static_cast<ReasonCode>(i);
    const bool excused = *why_never(reason) != '\0';
    if (excused && of(reason) == 0) continue;
    lines.push_back({"reason", reason_info(reason).name, of(reason), all && !excused});
  }
  return lines;
}

std::vector<std::string> Coverage::missing(const SwarmOptions& options) const {
  std::vector<std::string> names;
  for (const Line& line : lines(options)) {
    if (line.wanted && line.count == 0) names.push_back(line.group + " " + line.name);
  }
  return names;
}

}  // namespace raft::search
