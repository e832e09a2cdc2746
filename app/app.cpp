// One frame: play, draw, apply the actions. What is shown is made in app_view.cpp, what was asked for is carried out in
// app_actions.cpp; where the cursor goes is decided in session.cpp.
#include "app/app.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

#include "app/asset_store.h"
#include "app/cli.h"
#include "app/files.h"
#include "app/font_files.h"
#include "app/library.h"
#include "app/walkthrough_file.h"
#include "app/walkthrough_view.h"
#include "raft/sim/trace.h"

namespace app {

using raft::explain::Language;
using raft::sim::Event;
using raft::sim::World;

namespace {

constexpr int most_events_a_frame = 20'000;
/// A frame after a long sleep does not make the run jump.
constexpr double longest_frame_s = 0.1;

}  // namespace

std::unique_ptr<App> App::create(AppOptions options, Error& error) {
  error.exit_status = exit_surroundings;
  std::optional<raft::explain::Words> english = read_words(Language::English, error.text);
  if (!english) return nullptr;
  std::optional<raft::explain::Words> chinese = read_words(Language::Chinese, error.text);
  if (!chinese) return nullptr;
  std::unique_ptr<App> app(new App(std::move(options), {std::move(*english), std::move(*chinese)},
                                   Session::free_play(default_nodes, 1)));
  app->ui_state_.library_open = app->options_.file.empty();
  if (!app->options_.file.empty() && !app->open_walkthrough(app->options_.file, error.text)) {
    error.exit_status = exit_bad_input;
    return nullptr;
  }
  // Bad input overwrites no file, and what is read is not written.
  if (const raft::walkthrough::Player* const player = app->session_.player()) {
    for (const auto& [option, output] : {std::pair{"--trace", &app->options_.trace_path}, {"--record", &app->options_.record_path}}) {
      error.text = output->empty() ? "" : why_not_over(option, *output, files_of(player->walkthrough()));
      if (error.text.empty()) continue;
      error.exit_status = exit_bad_input;
      return nullptr;
    }
  }
  if (!app->options_.trace_path.empty()) {
    error.text = app->trace_.open(app->options_.trace_path);
    if (!error.text.empty()) return nullptr;
  }
  app->start_trace();
  if (!app->recorder_.on()) app->record_next_session();
  if (app->options_.look_for_recovered) app->look_for_recovered();
  return app;
}

App::App(AppOptions options, std::array<raft::explain::Words, 2> words, Session session)
    : options_(std::move(options)),
      settings_(options_.settings),
      words_(std::move(words)),
      fonts_(find_fonts()),
      session_(std::move(session)),
      progress_(options_.progress),
      playback_(settings_.speed_exponent) {
  ui_state_.room = settings_.room;
  ui_state_.hide_heartbeats = settings_.hide_heartbeats;
  ui_state_.right_width = progress_.right_width;
  ui_state_.log_height = progress_.log_height;
  refresh_library();
  watch_for_guesses();
}

App::~App() = default;

void App::start_trace() {
  if (!trace_.is_open()) return;
  session_.set_listener([this](const World& world, const Event& event, const std::string& command) {
    static const std::vector<raft::check::Property> none;
    const std::vector<raft::check::Property>& allowed = session_.player() != nullptr ? session_.player()->walkthrough().allowed : none;
    const std::vector<raft::check::Property> broken = raft::check::broken_by(session_.oracles(), event.number, allowed);
    trace_.write(raft::sim::trace_line(world, event, command, raft::check::names_of(broken)) + "\n");
  });
}

/// Once, and when nothing else is being said.
bool App::tell_trace_trouble() {
  if (trace_.trouble().empty() || trace_trouble_told_ || !message_.empty()) return false;
  trace_trouble_told_ = true;
  message_ = words().fill("ui.trace_ends", {{"why", trace_.trouble()}});
  return true;
}

/// What goes with a run goes when another one comes.
void App::put_on_stage(Session session) {
  session_ = std::move(session);
  answers_ = {};
  comparison_.reset();
  question_ = {};
  ui_state_.choice = {};
  start_trace();
  playback_.stop();
  playback_.set_pace(std::nullopt);
  lines_position_ = -1;
  ++runs_shown_;
  event_search_ = {};
  client_search_ = {};
  guessing_.close();
  watch_for_guesses();
  running_.reset();
  branch_stills_.clear();
  elections_.reset();
  ui_state_.seek_bar = {};
}

void App::start(Session session) {
  std::string saved_to;
  if (recorder_.on() && recorder_.actions(session_) == 0) recorder_.stop();  // nothing to keep
  std::string said = finish_recording(saved_to);
  if (saved_to.empty()) saved_to = std::exchange(ending_.saved_to, {});  // as soon as it was asked for
  if (!said.empty()) {
    if (recorder_.safe(session_) == RunRecorder::Safe::All) said = words().fill("recording.offered", {{"why", said}});
    recorder_.leave();
  }
  put_on_stage(std::move(session));
  open_name_.clear();
  saved_ = {};
  record_next_session();
  opened_ = {};
  came_from_.clear();
  author_.reset();
  author_open_ = false;
  before_author_.reset();
  ui_state_.field = {};
  ui_state_.author = {};
  const bool diagram_open = ui_state_.diagram.open;
  ui_state_.diagram = {};
  ui_state_.diagram.open = diagram_open;
  message_ = std::move(said);
  if (!saved_to.empty()) say_well(words().fill("ui.recording_saved", {{"path", saved_to}}));
  ui_state_.selection = {};
  ui_state_.branch_list = {};
  ui_state_.stage = {};
  ui_state_.event_heights = {};
  ui_state_.events_follow = true;
  ui_state_.library_open = false;
}

bool App::open_walkthrough(const std::string& path, std::string& error, bool resume) {
  std::optional<std::string> text;
  auto walkthrough = load_walkthrough(path, error, &text);
  if (!walkthrough) return false;
  start(Session::of_walkthrough(std::move(walkthrough)));
  open_name_ = name_of(path);
  progress_.opened(open_name_);
  if (library_.find(path) == nullptr) progress_.opened_file(open_name_);
  const Seen& seen = progress_.seen[open_name_];
  if (resume && !seen.done && seen.left_at > 0) session_.go_to_step(seen.left_at - 1);
  opened_ = {.path = path, .text = std::move(text)};
  return true;
}

std::string App::characters_in_use() const {
  std::string characters = words().all_characters();
  for (const ui::LibraryEntry& entry : library_entries_) characters += entry.title + entry.about + entry.outcome;
  for (const std::string& chapter : chapters_) characters += chapter;
  for (const ui::FilePlace& file : recent_) characters += file.name + file.path;
  characters += ui_state_.home.search;
  if (session_.player() != nullptr) characters += texts_of(session_.player()->walkthrough(), settings_.language);
  for (std::size_t i = 0; i < session_.run().world().symbols.size(); ++i) {
    characters += session_.run().world().symbols.text(static_cast<raft::SymbolId>(i));
  }
  if (files_.is_open()) characters += files_.characters();
  if (author_) characters += author_->author().text();
  return characters + message_ + ui_state_.write.text.data() + ui_state_.files.text.data() +
         ui_state_.palette.text.data() + ui_state_.events_search.data() + ui_state_.field.text.data();
}

bool App::prepare_fonts(float pixels_per_point) {
  const float height = ImGui::GetIO().DisplaySize.y;
  const float factor = ui_state_.room && height > 0 ? ui::room_factor(height, settings_.text_scale) : 1.0F;
  return ui::build_fonts(fonts_, pixels_per_point, settings_.text_scale * factor, characters_in_use());
}

NextFrame App::frame(const FrameInput& input) {
  // Nobody watches a window that has lost the keyboard to another program.
  if (was_focused_ && !input.focused && playback_.on()) {
    playback_.stop();
    message_ = words().text("ui.paused_away");
  }
  was_focused_ = input.focused;
  if (input.place) place_ = input.place;
  ui_state_.field.leave = input.close_asked || !input.dropped_files.empty();
  pass_time(input.elapsed_s, std::min(input.elapsed_s, longest_frame_s));

  run_on();
  const bool measures = measure_elections();

  const ui::View view = make_view();
  const ui::FrameResult result = ui::draw_window(view, ui_state_, {input.width, input.height, input.keys});
  for (const ui::Action& action : result.actions) apply(action);
  if (!input.dropped_files.empty()) apply(ui::OpenWalkthrough{input.dropped_files.back()});
  if (input.close_asked) apply(ui::Quit{});
  if (quit_) return NextFrame::Close;
  note_progress();
  const bool goes_on = tend_home();
  const bool says = remember() || tell_trace_trouble();
  const bool works = running_ || measures || view.searching || (comparison_ && comparison_->catches_up()) || goes_on || says;
  return playback_.on() || works || result.animating || !result.actions.empty() ? NextFrame::AtOnce
                                                                          : NextFrame::WhenSomethingHappens;
}

void App::advance(double elapsed_s) { pass_time(elapsed_s, elapsed_s); }

void App::pass_time(double real_s, double played_s) {
  real_seconds_ += real_s;
  if (playback_.on()) play(played_s);
}

void App::play(double elapsed_s) {
  const bool goes_on = session_.play(playback_.due(elapsed_s, session_.run().clock()), most_events_a_frame);
  if (goes_on && !playback_.is_over(session_.run().clock())) return;
  playback_.stop();
  after_stop();
}

App::QuestionNow App::question_now() const {
  const int step = session_.step_at_cursor();
  return question_.step == step ? question_ : QuestionNow{step, 0, false};
}

/// The audience answers first: the answer shows once somebody has chosen, or with the first Next.
bool App::answer_is_shown() const {
  const QuestionNow now = question_now();
  const ui::UiState::Choice& choice = ui_state_.choice;
  const bool chosen = choice.step == now.step && choice.question == now.number;
  return session_.step_complete_at_cursor() && (now.answered || chosen);
}

bool App::go_on_with_questions() {
  if (session_.left_walkthrough() || !session_.step_complete_at_cursor()) return false;
  QuestionNow now = question_now();
  const int asked = asked_in_step(session_, now.step);
  if (asked == 0) return false;
  if (!answer_is_shown()) {
    now.answered = true;
  } else {
    now = {now.step, now.number + 1, false};
  }
  if (now.number >= asked) return false;
  question_ = now;
  return true;
}

/// `pace 1/20`; a step that sets none has the speed that was chosen.
void App::take_pace_of_next_step() {
  const raft::walkthrough::Player* player = session_.player();
  const int next = session_.step_at_cursor() + 1;
  const bool there = player != nullptr && next < std::ssize(player->walkthrough().steps);
  playback_.set_pace(there ? player->walkthrough().steps[static_cast<std::size_t>(next)].pace : std::nullopt);
}

void App::after_stop() {
  const raft::walkthrough::Player* player = session_.player();
  if (player != nullptr && !session_.left_walkthrough() && player->failure()) {
    message_ = player->failure()->message();
  } else if (raft::sim::is_full(session_.run().world())) {
    message_ = words().text("upcoming.full");
  }
}

}  // namespace app
