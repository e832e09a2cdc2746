// The program behind the window: one call per frame draws what is open and carries out what was asked for.
// No loop, no sleep, no thread: the platform decides when a frame is due.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/asked_now.h"
#include "app/asset_store.h"
#include "app/author_desk.h"
#include "app/comparison.h"
#include "app/event_lines.h"
#include "app/event_trace.h"
#include "app/file_dialog.h"
#include "app/guessing.h"
#include "app/journal.h"
#include "app/library.h"
#include "app/memory.h"
#include "app/palette.h"
#include "app/platform.h"
#include "app/playback.h"
#include "app/progress.h"
#include "app/run_recorder.h"
#include "app/session.h"
#include "app/settings.h"
#include "raft/explain/explain.h"
#include "raft/sim/election_times.h"
#include "ui/fonts.h"
#include "ui/ui.h"

namespace app {

struct AppOptions {
  std::string file;        // a walkthrough to open; "": the library
  std::string record_path = {};  // what is done is saved there at the end; "": only when somebody asks
  bool look_for_recovered = false;  // what a crash has left behind is offered
  std::string trace_path;  // every event is written there as it happens; "": nowhere
  Settings settings;
  Progress progress;
  Memory* memory = nullptr;  // outlives the app; null: nothing is remembered
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

  /// A recording under way is saved. "" or why not; `saved_to` says where.
  [[nodiscard]] std::string finish_recording(std::string& saved_to);
  /// When the window has closed: what became of what was to be written.
  struct Ending {
    std::string saved_to;     // the recording; "": there was none, or it could not be saved,
    std::string why_not;      // for this reason; then `safe` says what the next start will offer
    RunRecorder::Safe safe = RunRecorder::Safe::NothingToKeep;
    std::string trace_trouble;  // why the trace is not whole; "" if it is
    bool loses_draft = false;   // what was being written is nowhere on disk
  };
  Ending end();

  /// Lets time pass: what frame() does before it draws. A film calls it itself, and draws frames in no time.
  void advance(double elapsed_s);
  /// What a person asked for in the window, or a presenter who is not there.
  void apply(const ui::Action& action);
  /// Everything that the next start is to find as it is: what is written when the window has closed.
  void remember_all();
  bool playing() const { return playback_.on(); }
  /// The answer to the question of the step, if it is not shown yet; else its next question. False: neither is left.
  bool go_on_with_questions();
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
  bool open_walkthrough(const std::string& path, std::string& error, bool resume = false);
  void start(Session session);
  void put_on_stage(Session session);
  void start_trace();
  bool tell_trace_trouble();
  ui::View make_view();
  ui::PaletteView view_palette();
  std::optional<ui::BusyView> view_busy() const;
  PaletteOffers offers_for(const std::string& typed) const;
  void run_on();
  void run_on(RunUntil& run, const std::string& condition);
  void run_on(RunBack& run, const std::string& condition);
  void carry_out(Deed deed);
  EventFilter event_filter() const;
  void watch_for_guesses();
  static bool moves_on(const ui::Action& action);
  ui::ClientsView view_clients() const;
  std::string state_in_words(const ui::View& view, bool whole_logs) const;
  void pass_time(double real_s, double played_s);
  void play(double elapsed_s);
  void refresh_event_lines();
  void refresh_client_lines();
  void refresh_upcoming();
  void refresh_step_marks();
  void take_pace_of_next_step();
  /// Which of the step's questions is shown, and whether its answer has been asked for.
  struct QuestionNow {
    int step = -1;
    int number = 0;
    bool answered = false;
  };
  QuestionNow question_now() const;
  bool answer_is_shown() const;
  void begin_next_step();
  std::string characters_in_use() const;
  // app_home.cpp: the home screen, and what is remembered
  bool tend_home();
  void refresh_library();
  int continue_with() const;
  const LibraryItem* next_lesson() const;
  const std::string& title_of(const LibraryItem& item) const;
  bool goes_to_next_lesson();
  bool goes_back_to_lesson();
  void note_progress();
  bool remember();
  Settings settings_to_keep() const;
  std::string name_of(const std::string& path) const;

  // app_recording.cpp
  struct Recovered {
    Journal journal;
    std::string text;
    ui::RecoveredView view;
  };
  void say_well(std::string text);
  raft::walkthrough::StepNames step_names() const;
  void keep_recording();
  bool leaves_session(const ui::Action& action) const;
  void ask_anew();
  void let_go_of_message(bool begun_here);
  bool may_leave(const ui::Action& asked);
  bool may_leave_recording(const ui::Action& asked);
  bool may_leave_draft();
  void record_next_session();
  std::string save_path_for(raft::check::BranchId branch) const;
  bool is_saved(raft::check::BranchId branch) const;
  std::string record_path() const;
  std::string recording_path_for(raft::check::BranchId branch) const;
  [[nodiscard]] std::string save_run_to(raft::check::BranchId branch, const std::string& path);
  [[nodiscard]] std::string write_run(const Session& session, raft::check::BranchId branch, const std::string& path, std::string* written = nullptr) const;
  void keep_what_was_before(Session before);
  void look_for_recovered();
  void view_branches();
  const ui::Still& still_of(raft::check::BranchId branch);
  ui::RecordingView view_recording() const;
  void on(const ui::SelectBranch& what);
  void on(const ui::RenameBranch& what);
  void on(const ui::RemoveBranch& what);
  void on(const ui::ToggleRecording& what);
  void on(const ui::SaveRun& what);
  void on(const ui::OpenRecovered& what);
  void on(const ui::DiscardRecovered& what);

  // app_actions.cpp: one for each action of ui/action.h
  void on(const ui::Intervene& what);
  void on(const ui::SetPlaying& what);
  void on(const ui::StepForward& what);
  void on(const ui::StepBack& what);
  void on(const ui::SeekEvent& what);
  void on(const ui::SeekTime& what);
  void on(const ui::PlayUntil& what);
  void on(const ui::SetSpeed& what);
  void on(const ui::NextStep& what);
  void on(const ui::PreviousStep& what);
  void on(const ui::GoToStep& what);
  void on(const ui::LeaveWalkthrough& what);
  void on(const ui::StartFreePlay& what);
  void on(const ui::OpenWalkthrough& what);
  void on(const ui::ShowFileDialog& what);
  void on(const ui::ListFolder& what);
  void on(const ui::ChooseFile& what);
  void on(const ui::CloseFileDialog& what);
  void on(const ui::SetLanguage& what);
  void on(const ui::SetTheme& what);
  void on(const ui::SetTextScale& what);
  void on(const ui::SetReducedMotion& what);
  void on(const ui::SetLecturePath& what);
  void on(const ui::ToggleFullScreen& what);
  void on(const ui::PaletteEnter& what);  // app_palette.cpp
  void on(const ui::MeasureElections& what);  // app_elections.cpp
  bool measure_elections();
  void on(const ui::StopRunning& what);
  void on(const ui::ToggleGuessing& what);
  void on(const ui::Guess& what);
  void on(const ui::CopyState& what);
  void on(const ui::CopyRun& what);
  void on(const ui::PasteRun& what);
  void on(const ui::DismissMessage& what);
  void on(const ui::ReplayStep& what);
  void on(const ui::Quit& what);
  void after_stop();
  /// As a walkthrough; "" or why not.
  [[nodiscard]] std::string save_run(const std::string& path) const;

  // app_compare.cpp: two runs side by side
  void on(const ui::Compare& what);
  void compare_after_selecting(raft::check::BranchId before);
  std::string name_of_change(const Change& change) const;
  std::string name_of_branch(raft::check::BranchId id) const;
  void view_choices();
  void view_difference();
  const ui::CompareView* view_compare();

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
  void change_back(void (Author::*undo_or_redo)());
  void write_down(const ui::Intervene& what);
  void replay_draft(Session session);
  void open_desk();
  std::string name_of_step(std::size_t number) const;
  void close_author();
  const ui::AuthorView* author_view();

  AppOptions options_;
  Settings settings_;
  std::array<raft::explain::Words, 2> words_;
  ui::FontFiles fonts_;
  Session session_;
  ui::UiState ui_state_;
  Library library_;
  std::vector<ui::LibraryEntry> library_entries_;  // made anew when language, progress or stills have changed
  std::vector<std::string> chapters_;
  std::vector<ui::FilePlace> recent_;
  FileDialog files_;
  Progress progress_;
  std::string open_name_;  // of the walkthrough that is open, as progress has it
  std::optional<WindowPlace> place_;
  EventTrace trace_;
  bool trace_trouble_told_ = false;
  bool library_stale_ = true;
  bool author_open_ = false;  // its panel is shown
  struct Opened {
    std::string path = {};  // of the walkthrough; "": none
    std::optional<std::string> text = {};  // of its file, as it was then
    bool is_draft = false;  // it was saved here: only what has its text is from there
  };
  Opened opened_;
  std::string came_from_;  // the lesson from which Next led here; "": none did
  std::unique_ptr<AuthorDesk> author_;
  std::optional<Session> before_author_;  // what stood there until the draft was played; it comes back if nothing is edited
  Author::Draft draft_at_open_;           // as it was when the panel opened; null: another one than what stood there
  std::int64_t runs_shown_ = 0;
  bool language_chosen_ = false;  // in this window
  bool theme_chosen_ = false;

  Playback playback_;
  bool was_focused_ = false;
  bool quit_ = false;
  bool lesson_offered_ = false;  // the lesson after this one, or before it, by the action before
  bool record_asked_ = false;      // by --record, of what is recorded now
  bool record_path_used_ = false;  // there is something of ours in the file that --record names
  QuestionNow question_;  // as it was left; of another step than the cursor's it says nothing
  std::string message_;
  struct Running {
    std::variant<RunUntil, RunBack> run;
    std::string text;
  };
  Guessing guessing_;
  std::optional<raft::sim::ElectionTimes> elections_;
  std::uint64_t elections_of_ = 0;  // the hash of the start of such a cluster
  mutable AnswersKept answers_;  // that the palette shows
  std::optional<Running> running_;  // until something holds, or back to where it came true
  std::string good_news_;  // the message, if it is not an error
  RunRecorder recorder_;
  std::string journal_trouble_;       // as it was told; "" since it can be written again
  /// So many actions, when somebody wanted to leave and they could be kept nowhere; and what was asked, by its number in ui::Action.
  std::optional<std::pair<int, std::size_t>> given_up_;
  Author::Draft given_up_draft_;      // the same of what is being written
  Ending ending_;
  struct SavedRun {
    std::string path;
    std::string text = {};  // as it was written; whoever has written there since keeps it
  };
  std::map<raft::check::BranchId, SavedRun> saved_;  // where each branch of this session was saved last
  std::optional<Recovered> recovered_;
  std::vector<ui::BranchView> branch_views_;
  struct BranchStill {
    std::int64_t event = -1;
    std::int64_t rewrites = 0;  // of the session
    ui::Still still;
  };
  std::map<raft::check::BranchId, BranchStill> branch_stills_;  // how each ends, as long as the list of them is open
  std::optional<Comparison> comparison_;
  ui::CompareView compare_view_;
  struct DifferenceKey {
    std::int64_t here = 0;
    std::int64_t there = 0;
    std::int64_t generation = 0;
    std::int64_t run = 0;
    raft::explain::Language language{};
    friend bool operator==(const DifferenceKey&, const DifferenceKey&) = default;
  };
  DifferenceKey difference_key_;  // of the one that compare_view_ tells
  std::optional<ui::View> other_view_;
  double real_seconds_ = 0;
  std::uint64_t next_seed_ = 1;

  // Made anew when the cursor has moved.
  EventSearch event_search_;
  EventSearch client_search_;
  std::vector<ui::EventLine> event_lines_;
  std::vector<ui::StepMark> step_marks_;
  std::vector<ui::UpcomingLine> upcoming_;
  std::int64_t lines_position_ = -1;
  std::int64_t lines_generation_ = -1;
  raft::explain::Language lines_language_{};
};

}  // namespace app
