// Predict mode and the text twin in the window: what their buttons do.
#include <imgui.h>

#include "app/app.h"
#include "raft/explain/state_in_words.h"
#include "raft/walkthrough/recorder.h"

namespace app {

/// It leaves the question behind, answered or not: a teacher can always go on.
bool App::moves_on(const ui::Action& action) {
  const auto* play = std::get_if<ui::SetPlaying>(&action);
  return (play != nullptr && play->playing) || std::holds_alternative<ui::Intervene>(action) ||
         std::holds_alternative<ui::StepForward>(action) || std::holds_alternative<ui::StepBack>(action) ||
         std::holds_alternative<ui::SeekEvent>(action) || std::holds_alternative<ui::SeekTime>(action) ||
         std::holds_alternative<ui::PlayUntil>(action) ||
         std::holds_alternative<ui::NextStep>(action) || std::holds_alternative<ui::PreviousStep>(action) ||
         std::holds_alternative<ui::GoToStep>(action) || std::holds_alternative<ui::ReplayStep>(action) ||
         std::holds_alternative<ui::SelectBranch>(action) || std::holds_alternative<ui::RemoveBranch>(action);
}

void App::watch_for_guesses() {
  session_.set_watcher([this](const raft::sim::Timeline& run) { return !running_ && guessing_.asks(run); });
}

void App::on(const ui::ToggleGuessing&) { guessing_.toggle(); }

void App::on(const ui::Guess& what) { guessing_.guess(what.option); }

void App::on(const ui::CopyState&) {
  ImGui::SetClipboardText(state_in_words(make_view(), true).c_str());
}

/// The run up to the cursor, so that whoever opens it stands where this window does.
void App::on(const ui::CopyRun&) {
  ImGui::SetClipboardText(write(raft::walkthrough::record(raft::walkthrough::until_cursor(session_.run()), {.names = step_names()})).c_str());
}

void App::on(const ui::PasteRun&) {
  const char* text = ImGui::GetClipboardText();
  const std::string pasted = text == nullptr ? "" : text;
  if (pasted.find("walkthrough 1") == std::string::npos) {
    message_ = words().text("twin.nothing_to_paste");
    return;
  }
  raft::walkthrough::Parsed parsed = raft::walkthrough::parse(pasted, words().text("twin.clipboard"));
  if (!parsed.errors.empty()) {
    message_ = parsed.errors.front().message();
    return;
  }
  start(Session::of_walkthrough(std::make_shared<const raft::walkthrough::Walkthrough>(std::move(parsed.walkthrough))));
  ui_state_.text_open = false;
}

}  // namespace app
