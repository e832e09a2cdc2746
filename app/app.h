// The program behind the window: one call per frame draws what is open and carries out what was asked for.
// No loop, no sleep, no thread: the platform decides when a frame is due.
#pragma once

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/asset_store.h"
#include "app/author_desk.h"
#include "app/platform.h"
#include "app/session.h"
#include "app/settings.h"
#include "raft/explain/explain.h"
#include "ui/fonts.h"
#include "ui/ui.h"

namespace app {

struct AppOptions {
  std::string file;        // a walkthrough to open; "": the library
  std::string trace_path;  // every event is written there as it happens; "": nowhere
  Settings settings;
  bool remember_settings = true;
};

class App {
 public:
  /// Of a free play that nobody has chosen a size for.
  static constexpr int default_nodes = 5;

  struct Error {
    int exit_status = 0;
    std::string text;  // one line
  };
  /// On error returns null.
  static std::unique_ptr<App> create(AppOptions options, Error& error);
  ~App();

  /// Before a frame: the fonts for this scale and for all characters in use. True if they were rebuilt.
  bool prepare_fonts(float pixels_per_point);
  /// The only entry: draw, then apply what the person did.
  NextFrame frame(const FrameInput& input);

  /// Lets time pass: what frame() does before it draws. A film calls it itself, and draws frames in no time.
  void advance(double elapsed_s);
  /// What a person asked for in the window, or a presenter who is not there.
  void apply(const ui::Action& action);
  bool playing() const { return playing_; }
  /// The answer to the question of the step, if it is not shown yet. True if there was one to show.
  bool reveal_answer();
  /// What the caption band shows; nullopt in free play.
  std::optional<ui::WalkthroughView> walkthrough_view() const;

  /// For drawing off screen: the step to show, at its end.
  const Session& session() const { return session_; }
  Session& session() { return session_; }
  ui::UiState& ui_state() { return ui_state_; }
  /// null while no walkthrough is being written
  const AuthorDesk* author() const { return author_open_ ? author_.get() : nullptr; }

 private:
  App(AppOptions options, std::array<raft::explain::Words, 2> words, Session session);

  const raft::explain::Words& words() const { return words_[static_cast<std::size_t>(settings_.language)]; }
  bool open_walkthrough(const std::string& path, std::string& error);
  void start(Session session);
  void start_trace();
  ui::View make_view();
  ui::ClientsView view_clients() const;
  void pass_time(double real_s, double played_s);
  void play(double elapsed_s);
  void refresh_event_lines();
  void refresh_upcoming();
  void take_pace_of_next_step();
  bool answer_is_shown() const;
  std::string characters_in_use() const;

  // app_actions.cpp: one for each action of ui/action.h
  void on(const ui::Intervene& what);
  void on(const ui::SetPlaying& what);
  void on(const ui::StepForward& what);
  void on(const ui::StepBack& what);
  void on(const ui::SeekEvent& what);
  void on(const ui::SeekTime& what);
  void on(const ui::SetSpeed& what);
  void on(const ui::NextStep& what);
  void on(const ui::PreviousStep& what);
  void on(const ui::GoToStep& what);
  void on(const ui::LeaveWalkthrough& what);
  void on(const ui::StartFreePlay& what);
  void on(const ui::OpenWalkthrough& what);
  void on(const ui::SetLanguage& what);
  void on(const ui::SetTheme& what);
  void on(const ui::SetTextScale& what);
  void on(const ui::ToggleFullScreen& what);
  void on(const ui::DismissMessage& what);
  void on(const ui::ReplayStep& what);
  void on(const ui::Quit& what);
  void after_stop();

  // app_author.cpp: while a walkthrough is being written
  void on(const ui::Author& what);
  void on(const ui::ToggleAuthor& what);
  void on(const ui::EditDraft& what);
  void on(const ui::SelectStep& what);
  void on(const ui::NewStepHere& what);
  void on(const ui::InsertStatements& what);
  void on(const ui::ShowSuggestions& what);
  void on(const ui::PlayDraft& what);
  void on(const ui::UndoEdit& what);
  void on(const ui::RedoEdit& what);
  void on(const ui::SaveDraft& what);
  void on(const ui::RestoreDraft& what);
  void write_down(const ui::Intervene& what);
  void replay_draft(Session session);
  const ui::AuthorView* author_view();

  AppOptions options_;
  Settings settings_;
  std::array<raft::explain::Words, 2> words_;
  ui::FontFiles fonts_;
  Session session_;
  ui::UiState ui_state_;
  std::vector<ui::LibraryEntry> library_;
  std::FILE* trace_ = nullptr;
  std::string opened_path_;  // of the walkthrough; "": none
  std::unique_ptr<AuthorDesk> author_;
  bool author_open_ = false;  // its panel is shown

  int speed_exponent_ = -5;  // now; a walkthrough sets its own pace, which is not remembered
  std::optional<raft::sim::Ratio> pace_;  // of the step, exactly; speed_exponent_ is then the nearest to it
  double time_owed_us_ = 0;               // a frame's share of simulated time that is less than a microsecond
  bool playing_ = false;
  bool was_focused_ = false;
  bool quit_ = false;
  int revealed_step_ = -1;  // the step whose answer has been asked for
  std::string message_;
  double real_seconds_ = 0;
  std::uint64_t next_seed_ = 1;

  // Made anew when the cursor has moved.
  std::vector<ui::EventLine> event_lines_;
  std::vector<ui::UpcomingLine> upcoming_;
  std::int64_t lines_position_ = -1;
  std::int64_t lines_generation_ = -1;
  raft::explain::Language lines_language_{};
};

}  // namespace app
