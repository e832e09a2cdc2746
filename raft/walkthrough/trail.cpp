// Leaving signs, writing them as comments, reading them back, following them.
#include "raft/walkthrough/trail.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "raft/sim/world_hash.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::int64_t most_signs = 16'384;
constexpr std::size_t signs_a_line = 96;

/// "of node B at 182.5ms"
std::string event_text(const sim::Event& event, const Names& names) {
  std::string text = "event " + std::to_string(event.number) + " (" + sim::event_kind_name(event.kind);
  if (event.node != no_node) text += " " + names.node(event.node);
  return text + " at " + duration_text(event.at) + ")";
}

/// `trail EVENT EVERY SIGNS`; false if the comment says anything else.
bool read_line(std::string_view text, std::int64_t& event, std::int64_t& every, std::string_view& signs) {
  constexpr std::string_view word = "trail ";
  constexpr std::int64_t most_events_apart = 1'000'000'000;  // a run has no more
  if (!text.starts_with(word)) return false;
  const char* const end = text.data() + text.size();
  const auto event_read = std::from_chars(text.data() + word.size(), end, event);
  if (event_read.ec != std::errc{} || event_read.ptr == end || *event_read.ptr != ' ') return false;
  const auto every_read = std::from_chars(event_read.ptr + 1, end, every);
  if (every_read.ec != std::errc{} || every_read.ptr == end || *every_read.ptr != ' ' || every < 1 || every > most_events_apart) return false;
  signs = {every_read.ptr + 1, end};
  return !signs.empty() && signs.find_first_not_of(alphabet) == std::string_view::npos;
}

}  // namespace

char trail_sign(const sim::World& world) { return alphabet[sim::world_hash(world) % alphabet.size()]; }

std::int64_t trail_spacing(std::int64_t events) {
  std::int64_t every = 1;
  while (events / every > most_signs) every *= 2;
  return every;
}

std::string where_it_leaves(const Trail& trail, const sim::Timeline& run, const Names& names) {
  sim::Timeline again = run;
  again.seek(0);
  while (again.position() < again.end() && again.step()) {
    const std::int64_t number = again.position();
    const auto sign = static_cast<std::size_t>(number / trail.every);
    if (number % trail.every != 0 || sign == 0) continue;
    if (sign > trail.signs.size()) break;
    if (trail.signs[sign - 1] == trail_sign(again.world())) continue;
    if (trail.every == 1) return event_text(again.event(), names) + " is the first that differs";
    return "the first event that differs is one of " + std::to_string(number - trail.every + 1) + " to " +
           std::to_string(number) + ", by " + duration_text(again.event().at);
  }
  return "";
}

std::vector<std::string> trail_comments(const Trail& trail) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < trail.signs.size(); at += signs_a_line) {
    const std::int64_t event = static_cast<std::int64_t>(at + 1) * trail.every;
    lines.push_back("trail " + std::to_string(event) + " " + std::to_string(trail.every) + " " + trail.signs.substr(at, signs_a_line));
  }
  return lines;
}

void take_trail(Walkthrough& walkthrough) {
  if (!walkthrough.saved) return;
  Trail& trail = walkthrough.saved->trail;
  std::erase_if(walkthrough.comments, [&](const Comment& comment) {
    std::int64_t event = 0;
    std::int64_t every = 1;
    std::string_view signs;
    if (!comment.alone || !read_line(comment.text, event, every, signs)) return false;
    const auto expected = static_cast<std::int64_t>(trail.signs.size() + 1) * every;
    if (event != expected || (!trail.signs.empty() && every != trail.every)) return false;
    trail.every = every;
    trail.signs += signs;
    return true;
  });
}

}  // namespace raft::walkthrough
