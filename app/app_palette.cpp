// The palette in the window: what it shows, what is done with a line, and running until something holds.
#include <algorithm>

#include "app/app.h"
#include "raft/walkthrough/names.h"

namespace app {

namespace {

/// Of a run until something holds, in one frame: it stays smooth and can be stopped.
constexpr int events_run_a_frame = 400;
constexpr int events_looked_at_a_frame = 2'000;  // they have been played before
constexpr std::size_t most_remembered = 50;

}  // namespace

PaletteOffers App::offers_for(const std::string& typed) const {
  return palette_offers(typed, {session_, words(), words_, library_entries_, ui_state_.palette.history, answers_});
}

ui::PaletteView App::view_palette() {
  if (!ui_state_.palette.open) return {};
  return offers_for(ui_state_.palette.text.data()).shown;
}

std::optional<ui::BusyView> App::view_busy() const {
  if (!running_) return std::nullopt;
  if (const auto* back = std::get_if<RunBack>(&running_->run)) {
    return ui::BusyView{words().fill("palette.running_back", {{"condition", running_->text}}), static_cast<float>(back->part())};
  }
  const auto& run = std::get<RunUntil>(running_->run);
  const std::string text = words().fill("palette.running", {{"condition", running_->text},
                                                            {"time", raft::explain::time_text(session_.run().clock())},
                                                            {"limit", raft::explain::time_text(run.limit())}});
  return ui::BusyView{text, static_cast<float>(run.part(session_))};
}

void App::run_on() {
  if (!running_) return;
  playback_.stop();
  const std::string condition = running_->text;
  std::visit([&](auto& run) { run_on(run, condition); }, running_->run);
}

void App::run_on(RunUntil& run, const std::string& condition) {
  const RunUntil::Progress progress = run.go_on(session_, events_run_a_frame);
  if (progress == RunUntil::Progress::GoingOn) return;
  if (progress == RunUntil::Progress::Holds && run.stands(session_)) message_ = words().fill("palette.holds_already", {{"condition", condition}});
  if (progress == RunUntil::Progress::LimitReached) {
    const bool back = run.goes_back(session_);
    if (back) {
      ui_state_.seek_bar = {};
      let_go_of_message(false);
    }
    const char* text = back ? "palette.limit_reached" : "palette.limit_reached_acted";
    message_ = words().fill(text, {{"condition", condition}, {"time", raft::explain::time_text(run.limit())}});
  }
  if (progress == RunUntil::Progress::Broken) message_ = words().fill("palette.broken_before", {{"condition", condition}});
  if (progress == RunUntil::Progress::StepOver) message_ = words().fill("palette.step_over", {{"condition", condition}});
  if (progress == RunUntil::Progress::NothingMore) message_ = words().fill("palette.nothing_more", {{"condition", condition}});
  running_.reset();
  after_stop();
}

void App::run_on(RunBack& run, const std::string& condition) {
  const RunBack::Progress progress = run.go_on(events_looked_at_a_frame);
  if (progress == RunBack::Progress::GoingOn) return;
  const std::int64_t found = run.found();
  running_.reset();
  if (progress == RunBack::Progress::Found) {
    apply(ui::SeekEvent{found});
  } else {
    message_ = words().fill("palette.never_before", {{"condition", condition}});
  }
}

void App::on(const ui::StopRunning&) { running_.reset(); }

void App::on(const ui::PaletteEnter& what) {
  ui::Palette& palette = ui_state_.palette;
  PaletteOffers offers = offers_for(what.text);
  const std::vector<ui::PaletteRow>& rows = offers.shown.rows;
  if (rows.empty()) {
    palette.fill = what.text;
    return;
  }
  const auto number = static_cast<std::size_t>(std::clamp(what.row, 0, static_cast<int>(rows.size()) - 1));
  const ui::PaletteRow& row = rows[number];
  Deed& deed = offers.deeds[number];
  const bool does_something = row.complete && row.why_not.empty() && !std::holds_alternative<std::monostate>(deed.what);
  if (!does_something) {
    palette.fill = row.is_typed ? row.line + (row.complete ? "" : " ") : what.text;
    return;
  }
  palette.open = false;
  std::erase(palette.history, row.line);
  palette.history.insert(palette.history.begin(), row.line);
  if (palette.history.size() > most_remembered) palette.history.pop_back();
  carry_out(std::move(deed));
}

void App::carry_out(Deed deed) {
  if (auto* commands = std::get_if<Deed::Commands>(&deed.what)) {
    for (const raft::sim::Intervention& one : commands->all) apply(ui::Intervene{one, raft::sim::Origin::Palette});
  } else if (auto* until = std::get_if<Deed::RunUntil>(&deed.what)) {
    message_.clear();
    guessing_.close();
    const std::string text = condition_text(until->condition, raft::walkthrough::Names::of(session_.run().world()));
    running_.emplace(Running{RunUntil(session_, std::move(until->condition), until->within), text});
  } else if (auto* back = std::get_if<Deed::RunBack>(&deed.what)) {
    message_.clear();
    const std::string text = condition_text(back->condition, raft::walkthrough::Names::of(session_.run().world()));
    running_.emplace(Running{RunBack(session_, std::move(back->condition), back->within), text});
  } else if (const auto* command = std::get_if<ui::Command>(&deed.what)) {
    ui::Actions actions;
    ui::run_command(*command, {}, make_view(), ui_state_, actions);
    for (const ui::Action& action : actions) apply(action);
  } else if (const auto* story = std::get_if<Deed::Open>(&deed.what)) {
    apply(ui::OpenWalkthrough{story->path});
  } else if (const auto* play = std::get_if<Deed::FreePlay>(&deed.what)) {
    apply(ui::StartFreePlay{play->nodes});
  } else if (const auto* show = std::get_if<Deed::Show>(&deed.what)) {
    ui_state_.selection = show->what;
    ui_state_.inspector_scroll = {.at_end = false};
  }
}

}  // namespace app
