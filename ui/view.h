// Everything that the UI may see in one frame, read-only. It is made anew for every frame from the run;
// nothing in it is kept by the UI.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "raft/check/history.h"
#include "raft/check/linearizable.h"
#include "raft/check/oracles.h"
#include "raft/explain/explain.h"
#include "raft/sim/election_times.h"
#include "raft/sim/timeline.h"
#include "ui/action.h"
#include "ui/author_view.h"
#include "ui/file_dialog.h"
#include "ui/library_view.h"
#include "ui/theme.h"

namespace ui {

/// One line of the event list, its sentences made by the app in the current language.
struct EventLine {
  std::int64_t number = 0;
  raft::sim::Time at = 0;
  raft::sim::EventKind kind{};
  raft::NodeId node = raft::no_node;
  bool quiet = false;   // heartbeats and their replies
  bool late = false;    // an answer that changes nothing any more
  std::string what;     // what happened
  std::string headline = {};  // what came of it, where that is worth more than what happened
  struct Why { std::string sentence; std::string section; };
  std::vector<Why> why;
  std::vector<std::string> rules = {};  // those that decided it, each with its text
};

struct UpcomingLine {
  raft::sim::Upcoming what;
  std::string sentence;
};

/// A walkthrough that is being played.
struct WalkthroughView {
  std::string title;
  int step = -1;       // from 0; -1 before the first
  int step_count = 0;
  bool step_complete = true;
  bool ended = false;
  std::string heading;  // the step's name
  std::string caption;  // what it says, "" if nothing
  std::string about;    // shown before the first step
  raft::NodeSet focus;
  bool left = false;    // somebody has acted by hand: Next returns to the walkthrough
  std::string next_lesson = {};    // its title, at the end of one that is followed by it
  bool has_lesson_before = false;  // Back leads to it from before the first step
  bool seeks_goal = false;  // the stage of a puzzle is set: from here on it is free play
  std::string limits;       // then: what may be done, a sentence
  struct Question {
    std::string text;
    std::vector<std::string> options;
    std::optional<std::vector<int>> answers;  // all that are right; known once the step is complete
    int number = 0;                           // of the step's questions
  };
  std::optional<Question> question;
  std::string note;     // for the speaker
  bool has_clients = false;  // one of its steps, not only this one, has a client ask for something
  struct Step { std::string name; bool hidden = false; bool asks = false; };
  std::vector<Step> steps;
};

/// Whether one order of the clients' operations explains every answer so far.
struct ClientsView {
  raft::check::Answer answer = raft::check::Answer::Yes;
  std::string sentence = {};  // with No: which operations disagree
  raft::ClientId client = raft::no_client;  // and whose answer fits nowhere,
  raft::Serial serial = 0;                  // to which of its operations
  bool past = false;          // with No: every rule was on again after it
};

/// Where a step of the walkthrough ended.
struct StepMark {
  int step = 0;  // from 0
  std::int64_t event = 0;
  raft::sim::Time at = 0;
};

/// One line that the palette offers.
struct PaletteRow {
  std::string line = {};  // what the field holds once it is taken
  std::string says = {};  // what it does, a sentence
  std::string hint = {};  // its key, if it has one
  bool is_typed = true;  // words of the language, not a name of something in the window
  bool complete = false;  // Enter does it; otherwise it goes on being typed
  std::string why_not = {};  // it would do nothing now: a sentence
};

/// What the palette answers to what is typed.
struct PaletteView {
  std::vector<PaletteRow> rows;
  std::string error;       // what is wrong, and what would be right
  int error_column = 0;    // in characters, from 1; 0: no error
};

/// Predict mode: what is asked before something worth seeing happens.
struct GuessView {
  struct Score { std::string concept_name; int right = 0; int asked = 0; };
  std::string question;  // "" while nothing is asked
  std::vector<std::string> options;
  std::optional<int> answer;  // once somebody has guessed, or asked for it
  std::optional<int> guessed;
  std::string why;            // with the answer
  Score all;
  std::vector<Score> by_concept;
};

/// Something long is under way; it can be stopped.
struct BusyView {
  std::string text;
  float part = 0;  // done, from 0 to 1
};

/// One of the futures of the run.
struct BranchView {
  int id = 0;
  int parent = 0;
  std::string name;  // as it is called on screen
  raft::sim::Time fork_at = 0;  // where it leaves its parent
  raft::sim::Time end_at = 0;
  bool current = false;
  bool trunk = false;  // the run that all others come from: it stays
  const Still* still = nullptr;  // how it ends; null while the list is closed
};

struct RecordingView {
  bool on = false;
  int actions = 0;  // since it began
  raft::sim::Time since = 0;
};

/// A recording that was under way when the program was killed.
struct RecoveredView {
  std::string when;  // date and time
  int actions = 0;
};

struct View;

/// A second run is shown beside this one.
struct CompareView {
  const View* other = nullptr;
  std::string name;        // of this run
  std::string other_name;
  bool catches_up = false;  // the other does not stand where this one stands yet
  struct Difference {
    std::int64_t event = 0;
    raft::sim::Time at = 0;  // in this run
    std::string here;        // what happened, a sentence
    std::string there;
  };
  std::optional<Difference> difference;  // the first, once it has been played in both
  int left_out = 0;                      // what was done here and could not be done there
  struct Choice { std::string name; Compare what; bool chosen = false; };
  std::vector<Choice> choices;
  std::optional<raft::sim::Time> ends_at;  // nothing is known of the other run after it
};

struct View {
  const raft::sim::Timeline& run;
  const raft::check::Oracles& oracles;
  const raft::explain::Words& words;
  ThemeName theme = ThemeName::Paper;
  float text_scale = 1;
  bool playing = false;
  int speed_exponent = -5;
  std::optional<raft::sim::Ratio> pace = {};  // a step's own, shown instead; speed_exponent is then the nearest to it
  std::span<const EventLine> of_client = {};  // what became of the last request of the client that is selected
  const raft::check::History* history = nullptr;  // what the clients asked for, and what they were told
  std::span<const EventLine> events;       // the last ones up to the cursor, oldest first
  std::optional<std::span<const EventLine>> found = {};  // those that are searched for; the list shows them instead
  std::span<const UpcomingLine> upcoming;  // what happens next, soonest first
  std::optional<WalkthroughView> walkthrough;
  std::span<const StepMark> steps = {};  // of the walkthrough, as far as it has been played
  std::int64_t rewrites = 0;             // changes when an event of a given number may have become another one
  std::span<const LibraryEntry> library;
  std::span<const std::string> chapters = {};  // of the course, by number
  int continue_with = -1;                      // of the library: where the person left off, or what comes next
  bool lecture_path = false;                   // only what is part of the lecture is listed
  bool reduced_motion = false;
  std::span<const FilePlace> recent = {};      // files of the person's own, the latest first
  std::string message;  // an error or a hint, a sentence; "" for none
  bool message_is_good = false;  // it tells of something that went well
  std::span<const BranchView> branches = {};  // empty while there is only one
  RecordingView recording = {};
  std::optional<RecoveredView> recovered = {};
  ClientsView clients = {};
  const FileDialogView* files = nullptr;  // while the file dialog is open
  PaletteView palette = {};
  std::optional<BusyView> busy = {};
  bool searching = false;                // more events are still to be looked through
  std::optional<GuessView> guess = {};  // while predict mode is on
  const raft::sim::ElectionTimes* elections = nullptr;  // of clusters like this one, once somebody has asked
  std::string state_text = {};          // all of the state in words, while the sheet with it is open
  const AuthorView* author = nullptr;  // while a walkthrough is being written
  const CompareView* compare = nullptr;  // while two runs are shown
  raft::NodeSet differing = {};  // nodes that are not in the same state in both runs now
  bool read_only = false;  // nothing can be done to this run: it is the other one
  bool asks_beside = false;  // of the other one: a question is open about the first
  double real_seconds = 0;  // runs in real time: for easing only, never for what is shown

  const raft::sim::World& world() const { return run.world(); }
  /// Back and Next go through the steps of a walkthrough; otherwise from one thing worth seeing to the next.
  bool guided() const { return walkthrough && !walkthrough->seeks_goal; }
  /// Predict mode asks something, in free play or where a walkthrough has been left.
  bool guesses() const { return (!walkthrough || walkthrough->left) && guess && !guess->question.empty(); }
  /// A question is open: until it is answered nothing that is on show tells of what comes.
  bool asks() const {
    if (asks_beside) return true;
    if (guesses()) return !guess->answer;
    return walkthrough && walkthrough->question && !walkthrough->question->answers;
  }
};

}  // namespace ui
