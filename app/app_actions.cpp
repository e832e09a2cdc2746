// What the person asked for in a frame, carried out after it: one function for each action.
#include <algorithm>

#include "app/app.h"
#include "app/files.h"
#include "app/walkthrough_view.h"
#include "raft/sim/named_nodes.h"
#include "raft/walkthrough/recorder.h"

namespace app {

void App::on(const ui::Intervene& what) {
  // What was done before it in the same frame may have taken its node away.
  if (!(raft::sim::named_nodes(what.what) - session_.run().world().all_nodes()).empty()) return;
  if (author_open_) return write_down(what);
  if (const auto forbidden = session_.forbidden(what.what)) {
    message_ = forbidden_sentence(*forbidden, words());
    return;
  }
  const bool guided = !session_.left_walkthrough();
  const std::optional<raft::Reason> reason = session_.act(what.what, what.origin);
  // Whoever takes over plays at the speed of their own choice.
  if (guided && session_.left_walkthrough()) playback_.set_pace(std::nullopt);
  message_ = reason ? raft::explain::reason_sentence(words(), session_.run().world(), *reason) : "";
}

void App::on(const ui::SetPlaying& what) {
  if (what.playing) {
    playback_.start();
  } else {
    playback_.stop();
  }
}

void App::on(const ui::StepForward& what) {
  playback_.stop();
  running_.reset();  // while it goes on nothing is asked
  // What predict mode will ask nobody knows beforehand.
  const Session::Ahead ahead = guessing_.on() ? Session::Ahead::DoNotLook : Session::Ahead::Look;
  const raft::sim::Time before = session_.run().clock();
  if (const std::optional<raft::sim::Time> none_for = session_.step_forward(what.stride, ahead)) {
    const std::string none = what.stride == ui::Stride::Delivery ? "ui.nothing_delivered" : "ui.nothing_worth_seeing";
    const bool passed = session_.run().clock() != before;
    message_ = words().fill(passed ? none + "_passed" : none, {{"time", raft::explain::time_text(*none_for)}});
  }
  after_stop();
}

void App::on(const ui::StepBack& what) {
  playback_.stop();
  session_.step_back(what.stride);
}

void App::on(const ui::SeekEvent& what) {
  playback_.stop();
  session_.seek_event(what.number);
}

void App::on(const ui::SeekTime& what) {
  playback_.stop();
  session_.seek_time(what.time);
}

void App::on(const ui::PlayUntil& what) {
  playback_.start(what.time);
}

void App::on(const ui::SetSpeed& what) {
  playback_.set_speed(what.exponent);
  settings_.speed_exponent = playback_.speed_exponent();
}

void App::on(const ui::NextStep&) {
  if (go_on_with_questions() || goes_to_next_lesson()) return;
  lesson_offered_ = false;
  begin_next_step();
}

void App::begin_next_step() {
  playback_.stop();
  if (session_.next_step()) {
    playback_.start();
    take_pace_of_next_step();
  }
  after_stop();
}

void App::on(const ui::PreviousStep&) {
  if (goes_back_to_lesson()) return;
  lesson_offered_ = false;
  playback_.stop();
  ask_anew();
  session_.previous_step();
}

/// Whoever comes back to a question is asked it again.
void App::ask_anew() {
  question_ = {};
  ui_state_.choice = {};
}

void App::on(const ui::GoToStep& what) {
  playback_.stop();
  ask_anew();
  session_.go_to_step(what.index);
  after_stop();
}

/// From the end of the step before; the walkthrough goes on from here as it did.
void App::on(const ui::ReplayStep&) {
  const int step = session_.step_at_cursor();
  if (session_.player() == nullptr || step < 0) return;
  on(ui::GoToStep{step - 1});
  begin_next_step();
}

void App::on(const ui::LeaveWalkthrough&) { start(Session::free_play(default_nodes, next_seed_++)); }

void App::on(const ui::StartFreePlay& what) { start(Session::free_play(what.nodes, next_seed_++)); }

void App::on(const ui::OpenWalkthrough& what) {
  std::string error;
  if (!open_walkthrough(what.path, error, what.resume)) message_ = error;
}

void App::on(const ui::ShowFileDialog& what) { files_.open(what.purpose, what.name, progress_.recent); }

void App::on(const ui::ListFolder& what) { files_.go_to(what.path); }

void App::on(const ui::ChooseFile& what) {
  const std::optional<std::string> path = files_.choose(what.name, what.replace);
  if (!path) return;
  std::string error;
  if (files_.purpose() == ui::FilePurpose::Open) {
    open_walkthrough(*path, error);
  } else {
    error = save_run(*path);
  }
  if (error.empty()) {
    files_.close();
  } else {
    files_.say(error);
  }
}

void App::on(const ui::CloseFileDialog&) { files_.close(); }

std::string App::save_run(const std::string& path) const {
  return write_file_atomically(path, raft::walkthrough::write(raft::walkthrough::record(session_.run(), {.names = step_names()})));
}

void App::on(const ui::SetLanguage& what) {
  settings_.language = what.language;
  message_.clear();  // it is in the other one
  language_chosen_ = true;
  library_stale_ = true;
}

void App::on(const ui::SetTheme& what) {
  settings_.theme = what.theme;
  theme_chosen_ = true;
  if (ui_state_.room) say_well(words().text("ui.theme_in_room"));
}

void App::on(const ui::SetTextScale& what) { settings_.text_scale = std::clamp(what.factor, 0.8F, 2.0F); }

void App::on(const ui::SetReducedMotion& what) { settings_.reduced_motion = what.on; }

void App::on(const ui::SetLecturePath& what) { progress_.lecture_path = what.on; }

void App::on(const ui::ToggleFullScreen&) { set_full_screen(!is_full_screen()); }

void App::on(const ui::DismissMessage&) { message_.clear(); }

void App::on(const ui::Quit&) { quit_ = true; }

/// In another future its number may be another message's, unless that one has just begun here.
void App::let_go_of_message(bool begun_here) {
  ui::Selection& picked = ui_state_.selection;
  if (picked.kind != ui::Selection::Kind::Message) return;
  if (!begun_here || session_.run().world().network.find(picked.message) == nullptr) picked = {};
}

void App::apply(const ui::Action& action) {
  // What was asked or said was so where one stood.
  if (moves_on(action)) {
    guessing_.close();
    message_.clear();
  }
  // Good news lasts until the next thing is done.
  if (message_ == good_news_) message_.clear();
  // Another lesson opens when it is asked for twice in a row.
  if (!std::holds_alternative<ui::NextStep>(action) && !std::holds_alternative<ui::PreviousStep>(action)) lesson_offered_ = false;
  if (leaves_session(action) && !may_leave(action)) return;
  const raft::check::BranchId branch = session_.branches().current_id();
  const std::int64_t position = session_.run().position();
  std::visit([this](const auto& what) { on(what); }, action);
  const bool elsewhere = session_.branches().current_id() != branch;
  // Another future may have events at the very same times: what the bar remembers of this one is of no use there.
  if (elsewhere) {
    ui_state_.seek_bar = {};
    let_go_of_message(std::holds_alternative<ui::Intervene>(action));
  }
  // Whoever takes the cursor away asks no longer for what was asked for there; who acts at the cursor, while it goes on, may.
  const bool moved = session_.run().position() != position;
  const bool acted = running_ && std::holds_alternative<RunUntil>(running_->run) && std::holds_alternative<ui::Intervene>(action);
  if (elsewhere || (moved && !acted)) running_.reset();
  keep_recording();
}

}  // namespace app
