// One event as a line; which lines are looked for.
#include "app/event_lines.h"

#include <algorithm>
#include <array>

#include "raft/core/ascii.h"

namespace app {

namespace {

bool is_quiet(const raft::sim::Event& event) {
  if (event.intervention) return false;
  if (event.kind == raft::sim::EventKind::Heartbeat) return true;
  if (!event.flight) return false;
  using raft::ReasonCode;
  const bool heartbeat = raft::is_heartbeat(event.flight->message);
  // One that ends a candidacy or a leadership, or is refused, is no routine.
  const bool matters = std::any_of(event.reasons.begin(), event.reasons.end(), [heartbeat](const raft::Reason& reason) {
    const bool refused = reason.code == ReasonCode::StaleTerm || reason.code == ReasonCode::MissingEntry || reason.code == ReasonCode::ConflictingTerm;
    return reason.code == ReasonCode::SteppedDown || (heartbeat && refused);
  });
  return !matters && (heartbeat || raft::is_heartbeat_reply(event.flight->message));
}

/// What an event is remembered for, the most telling first.
constexpr auto telling = std::to_array<raft::ReasonCode>({
    raft::ReasonCode::WonElection, raft::ReasonCode::RemovedLeaderStepsDown, raft::ReasonCode::ConfigurationCommitted,
    raft::ReasonCode::CommittedByMajority, raft::ReasonCode::DeletedConflicting, raft::ReasonCode::SteppedDown, raft::ReasonCode::StartedElection,
    raft::ReasonCode::AsksBeforeElection, raft::ReasonCode::InstalledSnapshot, raft::ReasonCode::LearntCommit});

bool concerns(const raft::sim::Event& event, raft::Endpoint end) {
  if (end.is_node() && event.node == end.node()) return true;
  if (end.is_client() && event.client == end.client()) return true;
  return event.flight && (event.flight->message.from == end || event.flight->message.to == end);
}

bool has_words(const ui::EventLine& line, const std::string& wanted) {
  std::string text = raft::ascii::lower(line.what);
  for (const ui::EventLine::Why& why : line.why) text += " " + raft::ascii::lower(why.sentence) + " " + why.section;
  std::size_t begin = 0;
  while (begin < wanted.size()) {
    const std::size_t end = std::min(wanted.find(' ', begin), wanted.size());
    if (text.find(wanted.substr(begin, end - begin)) == std::string::npos) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

bool is_late(const raft::sim::Event& event) {
  return !event.reasons.empty() && std::all_of(event.reasons.begin(), event.reasons.end(), [](const raft::Reason& reason) {
    return reason.code == raft::ReasonCode::NoLongerCandidate || reason.code == raft::ReasonCode::NoLongerLeader;
  });
}

ui::EventLine event_line(const raft::explain::Words& words, const raft::sim::World& world, const raft::sim::Event& event) {
  ui::EventLine line;
  line.number = event.number;
  line.at = event.at;
  line.kind = event.kind;
  line.node = event.node;
  line.quiet = is_quiet(event);
  line.what = raft::explain::event_sentence(words, world, event);
  line.late = is_late(event);
  std::size_t best = telling.size();
  for (const raft::explain::ExplainedReason& why : raft::explain::explain_reasons(words, world, event)) {
    line.why.push_back({why.sentence, why.section});
    const auto rank = static_cast<std::size_t>(std::find(telling.begin(), telling.end(), why.reason.code) - telling.begin());
    if (rank >= best) continue;
    best = rank;
    line.headline = why.sentence;
  }
  for (const raft::Rule rule : raft::explain::rules_behind(world, event)) {
    const std::string name = raft::rule_table[static_cast<std::size_t>(rule)].name;
    line.rules.push_back(words.fill("events.rule", {{"title", words.text("paper_rule." + name)}, {"text", words.text("rule." + name)}}));
  }
  return line;
}

std::vector<ui::EventLine> EventSearch::found(const raft::sim::Timeline& run, const raft::explain::Words& words,
                                              std::int64_t first, std::int64_t last) const {
  const std::string wanted = raft::ascii::lower(filter_.text);
  std::vector<ui::EventLine> lines;
  for (const raft::sim::Event& event : run.events(first, last)) {
    if (filter_.end != raft::Endpoint{} && !concerns(event, filter_.end)) continue;
    if (filter_.loud && is_quiet(event)) continue;
    ui::EventLine line = event_line(words, run.world(), event);
    if (has_words(line, wanted)) lines.push_back(std::move(line));
  }
  return lines;
}

bool EventSearch::done() const {
  const bool far = !filter_.looks() && position_ - looked_to_ >= most_heartbeats;
  return looked_to_ <= filter_.first || lines_.size() >= most_lines || far;
}

void EventSearch::look(const raft::sim::Timeline& run, const raft::explain::Words& words, const EventFilter& filter,
                       std::int64_t generation) {
  const bool same_past = filter_ == filter && generation_ == generation && language_ == words.language() && position_ >= 0;
  const bool goes_on = same_past && run.position() > position_ && run.position() - position_ <= events_a_frame;
  if (goes_on) {
    for (ui::EventLine& line : found(run, words, position_ + 1, run.position())) lines_.push_back(std::move(line));
    if (lines_.size() > most_lines) lines_.erase(lines_.begin(), lines_.end() - most_lines);
  } else if (!same_past || position_ != run.position()) {
    filter_ = filter;
    generation_ = generation;
    language_ = words.language();
    looked_to_ = run.position() + 1;
    lines_.clear();
  }
  position_ = run.position();
  if (done()) return;
  const std::int64_t last = looked_to_ - 1;
  const std::int64_t first = std::max(filter_.first, last - events_a_frame + 1);
  std::vector<ui::EventLine> more = found(run, words, first, last);
  lines_.insert(lines_.begin(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  looked_to_ = first;
}

}  // namespace app
