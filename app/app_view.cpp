// What the window is shown in one frame: the walkthrough, the event list and what happens next, in the current language.
#include <algorithm>

#include "app/app.h"
#include "app/walkthrough_view.h"
#include "raft/explain/state_in_words.h"

namespace app {

using raft::sim::Event;

namespace {

constexpr std::int64_t event_lines_kept = 240;
constexpr std::size_t upcoming_shown = 12;

}  // namespace

std::optional<ui::WalkthroughView> App::walkthrough_view() const {
  std::optional<ui::WalkthroughView> view = view_walkthrough(session_, words(), {question_now().number, answer_is_shown()});
  if (view) view->has_lesson_before = !came_from_.empty() && !author_open_;
  if (!view || !view->ended || author_open_) return view;
  if (const LibraryItem* const next = next_lesson()) view->next_lesson = title_of(*next);
  return view;
}

ui::ClientsView App::view_clients() const {
  using raft::check::Answer;
  const raft::check::Linearizability& found = session_.linearizability();
  std::optional<raft::check::ClientsBreach> breach;
  if (!found.anomalies.empty()) {
    breach = raft::check::clients_breach(found, session_.history(), session_.run().position(), raft::check::rules_off(session_.run()));
  }
  if (!breach) return {.answer = found.answer == Answer::Undecided ? Answer::Undecided : Answer::Yes};
  const raft::Command& asked = session_.history().operation(breach->anomaly.operation).command;
  return {.answer = Answer::No,
          .sentence = raft::explain::anomaly_sentence(words(), session_.run().world(), session_.history(), breach->anomaly),
          .client = asked.client,
          .serial = asked.serial,
          .past = breach->past};
}

std::string App::state_in_words(const ui::View& view, bool whole_logs) const {
  const raft::check::Broken broken = raft::check::broken_at_cursor(session_.run(), session_.oracles().violations(),
                                                                   session_.linearizability(), session_.history());
  return raft::explain::state_in_words(words(), view.world(), view.run.clock(), broken, session_.history(),
                                       {.whole_logs = whole_logs, .question_open = view.asks()});
}

ui::View App::make_view() {
  refresh_event_lines();
  refresh_upcoming();
  refresh_client_lines();
  refresh_step_marks();
  const EventFilter filter = event_filter();
  const bool searches = !filter.empty();
  if (searches) event_search_.look(session_.run(), words(), filter, session_.generation());
  view_branches();
  ui::View view{.run = session_.run(),
                .oracles = session_.oracles(),
                .words = words(),
                .theme = settings_.theme,
                .text_scale = settings_.text_scale,
                .playing = playback_.on(),
                .speed_exponent = playback_.speed_exponent(),
                .pace = playback_.pace(),
                .of_client = client_search_.lines(),
                .history = &session_.history(),
                .events = event_lines_,
                .found = searches ? std::optional<std::span<const ui::EventLine>>(event_search_.lines()) : std::nullopt,
                .upcoming = upcoming_,
                .walkthrough = walkthrough_view(),
                .steps = step_marks_,
                .rewrites = session_.rewrites() + (runs_shown_ << 32),  // other runs have other events
                .library = library_entries_,
                .chapters = chapters_,
                .continue_with = continue_with(),
                .lecture_path = progress_.lecture_path,
                .reduced_motion = settings_.reduced_motion,
                .recent = recent_,
                .message = message_,
                .message_is_good = message_ == good_news_,
                .branches = branch_views_,
                .recording = view_recording(),
                .recovered = recovered_ ? std::optional(recovered_->view) : std::nullopt,
                .clients = view_clients(),
                .files = files_.is_open() ? &files_.view(words()) : nullptr,
                .palette = view_palette(),
                .busy = view_busy(),
                .searching = searches && !event_search_.done(),
                .guess = guessing_.view(words(), session_.run().world()),
                .elections = elections_ ? &*elections_ : nullptr,
                .author = author_view(),
                .compare = view_compare(),
                .differing = comparison_ ? other_view_->differing : raft::NodeSet{},
                .real_seconds = real_seconds_};
  if (comparison_) other_view_->asks_beside = view.asks();
  if (ui_state_.text_open) {
    view.state_text = state_in_words(view, false);
  }
  return view;
}

EventFilter App::event_filter() const {
  const ui::UiState& state = ui_state_;
  const bool of_node = state.events_of_picked && state.selection.kind == ui::Selection::Kind::Node;
  return {.text = state.events_search_open ? state.events_search.data() : "",
          .end = of_node ? state.selection.node : raft::no_node,
          .loud = state.hide_heartbeats};
}

/// What became of the last request of the client that is selected: sent, redirected, asked again, answered.
void App::refresh_client_lines() {
  const ui::Selection& selected = ui_state_.selection;
  const raft::sim::Timeline& run = session_.run();
  const bool is_client = selected.kind == ui::Selection::Kind::Client;
  const raft::sim::Client* client = is_client ? run.world().client(selected.client) : nullptr;
  if (client == nullptr || client->serial == 0) {
    client_search_ = {};
    return;
  }
  // The event of the call is the first at that moment, or comes after it.
  const std::int64_t first = run.last_event_until(client->called_at - 1) + 1;
  client_search_.look(run, words(), {.end = selected.client, .first = std::max<std::int64_t>(first, 1)},
                      session_.generation());
}

void App::refresh_event_lines() {
  const raft::sim::Timeline& run = session_.run();
  const std::int64_t position = run.position();
  const bool same_past = lines_generation_ == session_.generation() && lines_language_ == settings_.language;
  if (same_past && lines_position_ == position) return;
  const bool follows = same_past && lines_position_ >= 0 && position > lines_position_ &&
                       position - lines_position_ < event_lines_kept;
  if (!follows) event_lines_.clear();
  const std::int64_t first = follows ? lines_position_ + 1 : std::max<std::int64_t>(1, position - event_lines_kept + 1);
  for (const Event& event : run.events(first, position)) event_lines_.push_back(event_line(words(), run.world(), event));
  if (event_lines_.size() > static_cast<std::size_t>(event_lines_kept)) {
    event_lines_.erase(event_lines_.begin(), event_lines_.end() - event_lines_kept);
  }
  lines_position_ = position;
  lines_generation_ = session_.generation();
  lines_language_ = settings_.language;
}

/// While somebody plays freely, the marks of the walkthrough stand for another run.
void App::refresh_step_marks() {
  step_marks_.clear();
  if (session_.player() == nullptr || session_.left_walkthrough()) return;
  const auto count = static_cast<int>(session_.player()->walkthrough().steps.size());
  for (int step = 0; step < count; ++step) {
    const auto mark = session_.player()->end_of_step(step);
    if (!mark) break;
    step_marks_.push_back({step, mark->event, mark->clock});
  }
}

void App::refresh_upcoming() {
  upcoming_.clear();
  for (const raft::sim::Upcoming& due : raft::sim::queue(session_.run().world())) {
    if (upcoming_.size() == upcoming_shown) break;
    upcoming_.push_back({due, raft::explain::upcoming_sentence(words(), session_.run().world(), due)});
  }
}

}  // namespace app
