// One event as a line; which lines are looked for.
#include "app/event_lines.h"

#include <algorithm>

#include "app/plain_words.h"

namespace app {

namespace {

bool is_quiet(const raft::sim::Event& event) {
  if (event.intervention) return false;
  if (event.kind == raft::sim::EventKind::Heartbeat) return true;
  if (!event.flight) return false;
  const raft::Message& message = event.flight->message;
  if (raft::is_heartbeat(message)) return true;
  const auto* reply = std::get_if<raft::AppendEntriesReply>(&message.body);
  return reply != nullptr && reply->success && reply->match_index == reply->prev_index;
}

bool concerns(const raft::sim::Event& event, raft::NodeId node) {
  if (event.node == node) return true;
  if (!event.flight) return false;
  const raft::Message& message = event.flight->message;
  return message.from == raft::Endpoint(node) || message.to == raft::Endpoint(node);
}

bool has_words(const ui::EventLine& line, const std::string& wanted) {
  std::string text = lower(line.what);
  for (const ui::EventLine::Why& why : line.why) text += " " + lower(why.sentence) + " " + why.section;
  std::size_t begin = 0;
  while (begin < wanted.size()) {
    const std::size_t end = std::min(wanted.find(' ', begin), wanted.size());
    if (text.find(wanted.substr(begin, end - begin)) == std::string::npos) return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace

ui::EventLine event_line(const raft::explain::Words& words, const raft::sim::World& world, const raft::sim::Event& event) {
  ui::EventLine line;
  line.number = event.number;
  line.at = event.at;
  line.kind = event.kind;
  line.node = event.node;
  line.quiet = is_quiet(event);
  line.what = raft::explain::event_sentence(words, world, event);
  for (const raft::explain::ExplainedReason& why : raft::explain::explain_reasons(words, world, event)) {
    line.why.push_back({why.sentence, why.section});
  }
  return line;
}

void EventSearch::look(const raft::sim::Timeline& run, const raft::explain::Words& words, const EventFilter& filter,
                       std::int64_t generation) {
  const bool same = filter_ == filter && position_ == run.position() && generation_ == generation && language_ == words.language();
  if (!same) {
    filter_ = filter;
    position_ = run.position();
    generation_ = generation;
    language_ = words.language();
    looked_to_ = position_ + 1;
    lines_.clear();
  }
  if (done()) return;
  const std::int64_t last = looked_to_ - 1;
  const std::int64_t first = std::max<std::int64_t>(1, last - events_a_frame + 1);
  const std::string wanted = lower(filter.text);
  std::vector<ui::EventLine> found;
  for (const raft::sim::Event& event : run.events(first, last)) {
    if (filter.node != raft::no_node && !concerns(event, filter.node)) continue;
    ui::EventLine line = event_line(words, run.world(), event);
    if (has_words(line, wanted)) found.push_back(std::move(line));
  }
  lines_.insert(lines_.begin(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  looked_to_ = first;
}

}  // namespace app
