// What the window is shown in one frame: the walkthrough, the event list and what happens next, in the current language.
#include <algorithm>

#include "app/app.h"
#include "app/walkthrough_view.h"

namespace app {

using raft::sim::Event;
using raft::sim::World;

namespace {

constexpr std::int64_t event_lines_kept = 240;
constexpr std::size_t upcoming_shown = 12;

}  // namespace

std::optional<ui::WalkthroughView> App::walkthrough_view() const {
  return view_walkthrough(session_, words(), answer_is_shown());
}

ui::ClientsView App::view_clients() const {
  const raft::check::Linearizability& found = session_.linearizability();
  ui::ClientsView view{.answer = found.answer};
  if (found.anomaly) {
    view.sentence =
        raft::explain::anomaly_sentence(words(), session_.run().world(), session_.history(), *found.anomaly);
  }
  return view;
}

ui::View App::make_view() {
  refresh_event_lines();
  refresh_upcoming();
  return {.run = session_.run(),
          .oracles = session_.oracles(),
          .words = words(),
          .theme = settings_.theme,
          .text_scale = settings_.text_scale,
          .playing = playing_,
          .speed_exponent = speed_exponent_,
          .pace = pace_,
          .events = event_lines_,
          .upcoming = upcoming_,
          .walkthrough = walkthrough_view(),
          .library = library_,
          .message = message_,
          .clients = view_clients(),
          .author = author_view(),
          .real_seconds = real_seconds_};
}

namespace {

bool is_quiet(const Event& event) {
  if (event.intervention) return false;
  if (event.kind == raft::sim::EventKind::Heartbeat) return true;
  if (!event.flight) return false;
  const raft::Message& message = event.flight->message;
  if (raft::is_heartbeat(message)) return true;
  const auto* reply = std::get_if<raft::AppendEntriesReply>(&message.body);
  return reply != nullptr && reply->success && reply->match_index == reply->prev_index;
}

ui::EventLine line_of(const raft::explain::Words& words, const World& world, const Event& event) {
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

}  // namespace

void App::refresh_event_lines() {
  const raft::sim::Timeline& run = session_.run();
  const std::int64_t position = run.position();
  const bool same_past = lines_generation_ == session_.generation() && lines_language_ == settings_.language;
  if (same_past && lines_position_ == position) return;
  const bool follows = same_past && lines_position_ >= 0 && position > lines_position_ &&
                       position - lines_position_ < event_lines_kept;
  if (!follows) event_lines_.clear();
  const std::int64_t first = follows ? lines_position_ + 1 : std::max<std::int64_t>(1, position - event_lines_kept + 1);
  for (const Event& event : run.events(first, position)) event_lines_.push_back(line_of(words(), run.world(), event));
  if (event_lines_.size() > static_cast<std::size_t>(event_lines_kept)) {
    event_lines_.erase(event_lines_.begin(), event_lines_.end() - event_lines_kept);
  }
  lines_position_ = position;
  lines_generation_ = session_.generation();
  lines_language_ = settings_.language;
}

void App::refresh_upcoming() {
  upcoming_.clear();
  for (const raft::sim::Upcoming& due : raft::sim::queue(session_.run().world())) {
    if (upcoming_.size() == upcoming_shown) break;
    upcoming_.push_back({due, raft::explain::upcoming_sentence(words(), session_.run().world(), due)});
  }
}

}  // namespace app
