// Branches, recording and saving, as they are asked for in the window; and what a crash has left behind.
#include <algorithm>
#include <ctime>
#include <filesystem>

#include "app/app.h"
#include "app/files.h"
#include "app/kept_branches.h"
#include "app/user_folders.h"
#include "app/walkthrough_file.h"
#include "raft/walkthrough/recorder.h"

namespace app {

using raft::check::BranchId;
using raft::sim::Timeline;
using raft::sim::World;
using raft::walkthrough::Player;
using raft::walkthrough::Walkthrough;

namespace {

std::string time_text(std::time_t when, const char* format) {
  std::tm parts{};
  localtime_r(&when, &parts);
  char text[64];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

int actions_in(const Walkthrough& walkthrough) {
  using Kind = raft::walkthrough::Statement::Kind;
  int actions = 0;
  for (const raft::walkthrough::Step& step : walkthrough.steps) {
    if (step.hidden) continue;
    for (const auto& statement : step.statements) actions += statement.kind == Kind::Do ? 1 : 0;
  }
  return actions;
}

/// Where the first step that is shown begins.
raft::walkthrough::RunPlace begin_of(const Player& player) {
  const auto& steps = player.walkthrough().steps;
  const auto mark = steps.empty() || !steps[0].hidden ? std::nullopt : player.end_of_step(0);
  return mark ? raft::walkthrough::RunPlace{mark->event, mark->clock} : raft::walkthrough::RunPlace{};
}

std::size_t acts_until(const Timeline& run, std::int64_t event) {
  const auto& acts = run.acts();
  return static_cast<std::size_t>(std::count_if(acts.begin(), acts.end(), [event](const auto& act) { return act.number <= event; }));
}

/// A branch of a walkthrough: its steps up to where the branch leaves it, and what was tried as one more.
std::vector<raft::walkthrough::Chapter> chapters_of(const Session& session, BranchId id, const std::string& name) {
  std::vector<raft::walkthrough::Chapter> chapters;
  const Player* const player = session.player();
  if (player == nullptr || id == raft::check::trunk) return chapters;
  const Timeline& run = session.run_of(id);
  const std::int64_t common = session.branches().common_events(id, raft::check::trunk);
  const auto time_of = [&run](std::int64_t event) { return run.record(std::min(event, run.end())).at; };
  for (int i = 0; i < static_cast<int>(player->walkthrough().steps.size()); ++i) {
    const auto mark = player->end_of_step(i - 1);
    if (!mark || mark->event > common || (run.end() > mark->event && mark->clock > time_of(mark->event + 1))) break;
    const raft::walkthrough::Step& step = player->walkthrough().steps[static_cast<std::size_t>(i)];
    chapters.push_back({.first_act = acts_until(run, mark->event), .name = step.name, .say = step.say, .hidden = step.hidden});
    if (i > 0) chapters.back().begins = {mark->event, mark->clock};
  }
  if (chapters.empty()) return chapters;
  const raft::sim::Time last = chapters.back().begins ? chapters.back().begins->clock : 0;
  chapters.push_back({.first_act = acts_until(run, common), .name = name, .begins = {{common, std::max(last, time_of(common))}}});
  return chapters;
}

World world_at_end(const Timeline& run) {
  if (run.position() == run.end()) return run.world();
  Timeline end = run;
  end.seek(end.end());
  return end.world();
}

std::string free_path() {
  return unused_path(data_folder() + "/session-" + time_text(std::time(nullptr), "%Y-%m-%d-%H%M"), walkthrough_ending);
}

}  // namespace

void App::say_well(std::string text) {
  good_news_ = std::move(text);
  message_ = good_news_;
}

/// In the language of the window.
raft::walkthrough::StepNames App::step_names() const {
  return {.before = words().text("recording.before"), .session = words().text("recording.session")};
}

void App::keep_recording() {
  const std::string error = recorder_.keep_up(session_, step_names());
  if (error == journal_trouble_) return;
  journal_trouble_ = error;
  if (!error.empty()) message_ = words().fill("recording.not_safe", {{"why", error}});
}

/// "" or why not.
std::string App::write_run(const Session& session, BranchId branch, const std::string& path, std::string* written) const {
  const Timeline& run = session.run_of(branch);
  raft::walkthrough::RecordOptions options{.names = step_names(), .trail = true};
  if (recorder_.on() && branch == recorder_.subject()) options.chapters = chapters_from(run.acts(), recorder_.begins(session), options.names);
  if (!recorder_.on()) options.chapters = chapters_of(session, branch, options.names.session);
  const std::string text = write(raft::walkthrough::record(run, options));
  if (text.size() > raft::walkthrough::max_file_bytes) return words().text("ui.run_too_large");
  std::error_code code;
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, code);
  if (written != nullptr) *written = text;
  return write_file_atomically(path, text);
}

/// As branches of the draft; of another cluster each is saved as a walkthrough of its own.
void App::keep_what_was_before(Session before) {
  const raft::sim::Timeline played = author_->author().played();
  if (same_cluster(before.run().config(), played.config())) {
    const std::size_t kept = session_.keep_branches_of(std::move(before), played, words().text("ui.branch_before"));
    if (kept > 0) say_well(words().fill("author.kept_branches", {{"n", kept}}));
    return;
  }
  std::string paths;
  for (const raft::check::Branch& branch : before.branches().all()) {
    if (branch.run.timeline().acts().empty() || branch.untouched()) continue;
    const std::string path = free_path();
    if (const std::string error = write_run(before, branch.id, path); !error.empty()) {
      message_ = error;
      return;
    }
    paths += (paths.empty() ? "" : ", ") + path;
  }
  if (!paths.empty()) say_well(words().fill("author.kept_files", {{"paths", paths}}));
}

/// Another branch, and what somebody else has written there since, is not overwritten.
bool App::is_saved(BranchId branch) const {
  const auto found = saved_.find(branch);
  return found != saved_.end() && text_at(found->second.path) == found->second.text;
}

/// Where it was saved before.
std::string App::save_path_for(BranchId branch) const {
  return is_saved(branch) ? saved_.at(branch).path : record_path_used_ ? record_path() : free_path();
}

/// The file that --record names, as long as this program has written nothing there.
std::string App::record_path() const {
  if (!record_path_used_) return options_.record_path;
  return unused_path(options_.record_path.substr(0, options_.record_path.rfind(walkthrough_ending)), walkthrough_ending);
}

std::string App::recording_path_for(BranchId branch) const {
  const bool there = is_saved(branch) && is_same_path(saved_.at(branch).path, options_.record_path);
  return record_asked_ && !there ? record_path() : save_path_for(branch);
}

std::string App::save_run_to(BranchId branch, const std::string& path) {
  SavedRun saved{.path = path};
  if (std::string error = write_run(session_, branch, path, &saved.text); !error.empty()) return error;
  saved_[branch] = std::move(saved);
  if (is_same_path(path, options_.record_path)) record_path_used_ = true;
  return "";
}

std::string App::finish_recording(std::string& saved_to) {
  if (!recorder_.on()) return "";
  const bool worth = recorder_.actions(session_) > 0 || !options_.record_path.empty();
  if (worth) {
    const BranchId branch = recorder_.subject();
    std::string path = recording_path_for(branch);
    std::string error = save_run_to(branch, path);
    if (!error.empty() && record_asked_ && saved_.count(branch) > 0) {
      path = save_path_for(branch);  // somebody has found room elsewhere
      error = save_run_to(branch, path);
    }
    if (!error.empty()) return error;
    saved_to = path;
    record_asked_ = false;
  }
  recorder_.stop();
  return "";
}

/// Quitting, and what puts another session in the place of this one.
bool App::leaves_session(const ui::Action& action) const {
  const bool opens = std::holds_alternative<ui::ChooseFile>(action) && files_.purpose() == ui::FilePurpose::Open;
  return opens || std::holds_alternative<ui::Quit>(action) || std::holds_alternative<ui::OpenWalkthrough>(action) ||
         std::holds_alternative<ui::LeaveWalkthrough>(action) || std::holds_alternative<ui::StartFreePlay>(action) ||
         std::holds_alternative<ui::PasteRun>(action) || std::holds_alternative<ui::OpenRecovered>(action);
}

/// What can be kept nowhere is given up only by somebody who asks twice.
bool App::may_leave(const ui::Action& asked) { return may_leave_draft() && may_leave_recording(asked); }

bool App::may_leave_draft() {
  if (!author_ || !author_->is_at_risk() || given_up_draft_ == author_->author().shared_draft()) return true;
  given_up_draft_ = author_->author().shared_draft();
  message_ = words().text("author.nowhere");
  return false;
}

bool App::may_leave_recording(const ui::Action& asked) {
  using Safe = RunRecorder::Safe;
  const Safe safe = recorder_.safe(session_);
  if (safe == Safe::NothingToKeep || safe == Safe::All) return true;
  const std::string why = finish_recording(ending_.saved_to);
  const std::pair given_up{recorder_.actions(session_), asked.index()};
  if (why.empty() || given_up_ == given_up) return true;
  given_up_ = given_up;
  message_ = words().fill("recording.nowhere", {{"why", why}});
  return false;
}

App::Ending App::end() {
  if (recorder_.on()) ending_.why_not = finish_recording(ending_.saved_to);
  ending_.safe = recorder_.safe(session_);
  ending_.trace_trouble = trace_.trouble();
  ending_.loses_draft = author_ != nullptr && author_->is_at_risk();
  return ending_;
}

void App::record_next_session() {
  if (options_.record_path.empty()) return;
  record_asked_ = true;
  recorder_.start(session_);
}

void App::on(const ui::ToggleRecording&) {
  if (author_open_) {
    message_ = words().text("author.no_recording");
    return;
  }
  if (!recorder_.on()) {
    // What it plays in vain is taken back: nothing can begin there.
    if (running_ && std::holds_alternative<RunUntil>(running_->run)) running_.reset();
    recorder_.start(session_);
    message_.clear();
    return;
  }
  std::string path;
  const std::string error = finish_recording(path);
  if (!error.empty()) {
    message_ = error;
  } else if (!path.empty()) {
    say_well(words().fill("ui.recording_saved", {{"path", path}}));
  }
}

void App::on(const ui::SaveRun& what) {
  // What is being written is what is to be saved.
  if (author_open_) return on(ui::SaveDraft{what.name});
  const BranchId branch = what.branch.value_or(recorder_.on() ? recorder_.subject() : session_.branches().current_id());
  const std::string path = what.name.empty() ? save_path_for(branch) : path_of_name(what.name);
  std::error_code code;
  if (!what.name.empty() && path != save_path_for(branch) && std::filesystem::exists(path, code)) {
    message_ = words().fill("ui.file_exists", {{"path", path}});
    return;
  }
  if (std::string error = save_run_to(branch, path); !error.empty()) {
    message_ = error;
    return;
  }
  say_well(words().fill("ui.saved_to", {{"path", path}}));
}

void App::on(const ui::SelectBranch& what) {
  playback_.stop();
  const BranchId before = session_.branches().current_id();
  session_.select_branch(what.id);
  compare_after_selecting(before);
}

void App::on(const ui::RenameBranch& what) { session_.rename_branch(what.id, what.name); }

void App::on(const ui::RemoveBranch& what) {
  playback_.stop();
  session_.remove_branch(what.id);
}

void App::look_for_recovered() {
  recovered_.reset();
  while (true) {
    Recovered found;
    std::time_t when = 0;
    std::optional<Journal> journal = Journal::left_behind(journal_folder(), recording_kind, found.text, when);
    if (!journal) return;
    const raft::walkthrough::Parsed parsed = raft::walkthrough::parse(found.text, "recording");
    found.view = {time_text(when, "%Y-%m-%d %H:%M"), actions_in(parsed.walkthrough)};
    found.journal = std::move(*journal);
    if (parsed.errors.empty() && found.view.actions == 0) {
      found.journal.remove();  // nothing was done in it
      continue;
    }
    recovered_ = std::move(found);
    return;
  }
}

void App::on(const ui::OpenRecovered&) {
  if (!recovered_) return;
  raft::walkthrough::Parsed parsed = raft::walkthrough::parse(recovered_->text, "recording");
  if (!parsed.errors.empty()) {
    message_ = parsed.errors.front().message();
    ui_state_.recovery_put_off = true;
    return;
  }
  Player player(std::make_shared<const Walkthrough>(std::move(parsed.walkthrough)));
  for (auto progress = player.play_one(); progress != Player::Progress::Ended && progress != Player::Progress::Failed;) {
    progress = player.play_one();
  }
  Journal journal = std::move(recovered_->journal);
  start(Session::of_run(raft::check::CheckedRun(player.timeline())));
  recorder_.go_on(session_, begin_of(player), std::move(journal));
  recovered_.reset();
  ui_state_.library_open = false;
}

void App::on(const ui::DiscardRecovered&) {
  if (recovered_) recovered_->journal.remove();
  look_for_recovered();
}

/// The last that is known of a branch, wherever one stands on it.
const ui::Still& App::still_of(BranchId branch) {
  BranchStill& kept = branch_stills_[branch];
  const Timeline& run = session_.run_of(branch);
  // Another future may be as long.
  if (kept.event == run.end() && kept.rewrites == session_.rewrites()) return kept.still;
  World end = world_at_end(run);
  const raft::sim::Time clock = end.now;
  kept = {run.end(), session_.rewrites(), {std::move(end), clock}};
  return kept.still;
}

void App::view_branches() {
  branch_views_.clear();
  if (!ui_state_.branch_list.open) branch_stills_.clear();
  const raft::check::Branches& branches = session_.branches();
  const bool of_walkthrough = session_.player() != nullptr;
  if (branches.all().size() + (of_walkthrough ? 1 : 0) < 2) return;
  const auto add = [&](BranchId id, BranchId parent, std::int64_t fork, std::string name) {
    const Timeline& run = session_.run_of(id);
    branch_views_.push_back({.id = id,
                             .parent = parent,
                             .name = std::move(name),
                             .fork_at = run.record(fork).at,
                             .end_at = run.record(run.end()).at,
                             .current = id == branches.current_id(),
                             .trunk = id == raft::check::trunk,
                             .still = ui_state_.branch_list.open ? &still_of(id) : nullptr});
  };
  if (of_walkthrough) add(raft::check::trunk, raft::check::trunk, 0, words().text("ui.walkthrough_branch"));
  for (const raft::check::Branch& branch : branches.all()) {
    std::string name = branch.name;
    if (name.empty() && branch.id == raft::check::trunk) name = words().text("ui.main_branch");
    if (name.empty()) name = words().fill("ui.branch_n", {{"n", of_walkthrough ? branch.id : branch.id + 1}});
    add(branch.id, branch.parent, branch.fork, std::move(name));
  }
}

ui::RecordingView App::view_recording() const {
  if (!recorder_.on()) return {};
  return {.on = true, .actions = recorder_.actions(session_), .since = recorder_.begins(session_).clock};
}

}  // namespace app
