// "What will B decide?": a message in flight as if it arrived now, told with the reasons that the arrival would leave.
#include <algorithm>

#include "raft/explain/phrases.h"

namespace raft::explain {

namespace {

constexpr std::size_t messages_named = 3;

bool is_held(const sim::World& world, const Message& message) {
  return message.from.is_node() && message.to.is_node() &&
         world.network.is_held(message.from.node(), message.to.node());
}

std::string opening_key(const sim::World& world, const sim::Arrival& arrival) {
  const Message& message = arrival.event.flight->message;
  if (arrival.event.kind == sim::EventKind::Lose) return "arrival.lost";
  if (arrival.event.kind == sim::EventKind::Wait) return "arrival.waits";
  return is_held(world, message) ? "arrival.held" : "arrival.arrives";
}

/// Nothing that still waits for a slow disk: that is among the reasons.
std::string what_it_sends(const Words& words, const sim::Arrival& arrival) {
  if (arrival.event.sent.empty()) return "";
  std::vector<std::string> named;
  for (const sim::MessageId id : arrival.event.sent) {
    if (named.size() == messages_named) break;
    named.push_back(message_phrase(words, arrival.after, arrival.after.network.find(id)->message));
  }
  const std::size_t more = arrival.event.sent.size() - named.size();
  std::string text;
  for (const std::string& phrase : named) text += (text.empty() ? "" : words.text("phrase.list_semicolon")) + phrase;
  if (more > 0) text += words.fill("phrase.and_more", {{"n", more}});
  return words.fill("arrival.sends", {{"messages", text}});
}

}  // namespace

ArrivalAnswer explain_arrival(const Words& words, const sim::World& world, sim::MessageId message, sim::Time time) {
  const sim::Arrival arrival = sim::if_it_arrived(world, message, time);
  const Message& content = arrival.event.flight->message;
  return {words.fill(opening_key(world, arrival), {{"from", sim::endpoint_name(world, content.from)},
                                                   {"to", sim::endpoint_name(world, content.to)}}),
          explain_reasons(words, arrival.after, arrival.event), what_it_sends(words, arrival)};
}

std::string explain_refusal(const Words& words, const sim::World& world, const Message& message) {
  const auto* reply = std::get_if<AppendEntriesReply>(&message.body);
  if (reply == nullptr || reply->success) return "";
  const NodeId leader = message.to.node();
  if (!sim::leads(world, leader)) return "";
  const std::vector<Fact> facts = {{"leader", node_text(words, world, leader)},
                                   {"follower", node_text(words, world, message.from.node())},
                                   {"term", message.term}};
  // A higher term counts from whomever (Figure 2, rules for all servers).
  const bool is_higher = message.term > world.node(leader).durable.current_term;
  if (is_higher && world.settings.core.rules.on(Rule::StepDownOnHigherTerm)) return words.fill("refusal.higher_term", facts);
  if (message.term < world.node(leader).durable.current_term) return "";
  if (!world.node(leader).peers().contains(message.from.node())) return "";
  const Progress& progress = world.node(leader).leading.progress[index_of(message.from.node())];
  if (reply->prev_index != progress.next_index - 1 || reply->prev_index <= progress.match_index) {
    return words.fill("refusal.old_news", facts);
  }
  const auto from = [&](std::string_view key, Term term, Index index) {
    return words.fill(key, {facts[0], facts[1], {"term", term}, {"index", index}});
  };
  const EntryId conflict = reply->conflict;
  if (!world.settings.core.features.fast_repair || conflict.index == 0) {
    return from("refusal.one_back", 0, std::max(reply->prev_index, 1));
  }
  return from(conflict.term == 0 ? "refusal.too_short" : "refusal.whole_term", conflict.term, conflict.index);
}

}  // namespace raft::explain
