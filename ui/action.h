// All that a person can ask for in the window. The UI returns actions; the app carries them out after the
// frame is built.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "raft/explain/explain.h"
#include "raft/sim/intervention.h"
#include "ui/author_action.h"
#include "ui/file_dialog.h"
#include "ui/theme.h"

namespace ui {

/// By how much a step goes forward or back.
enum class Stride { Event, Delivery, WorthSeeing };

struct Intervene { raft::sim::Intervention what; raft::sim::Origin origin = raft::sim::Origin::Mouse; };
struct SetPlaying { bool playing = false; };
struct StepForward { Stride stride = Stride::Event; };
struct StepBack { Stride stride = Stride::Event; };
struct SeekEvent { std::int64_t number = 0; };
struct SeekTime { raft::sim::Time time = 0; };
/// Plays on, and stops when this time has come and what is due then has happened.
struct PlayUntil { raft::sim::Time time = 0; };
/// Simulated time runs at 2^exponent of real time: -6 is 1/64x.
struct SetSpeed { int exponent = 0; };
struct NextStep {};      // of the walkthrough
/// Exact and instant: to the end of the step before; from before the first, asked twice, to the lesson that Next came from.
struct PreviousStep {};
struct GoToStep { int index = 0; };      // at its end
struct ReplayStep {};  // the one at the cursor, from its start
struct LeaveWalkthrough {};                  // free play from here on
struct StartFreePlay { int nodes = 5; };     // a new cluster
/// `resume`: where the person left it, if it was left before its end.
struct OpenWalkthrough { std::string path; bool resume = false; };
/// Opens the file dialog; `name` is what it suggests to save under.
struct ShowFileDialog { FilePurpose purpose{}; std::string name = {}; };
struct ListFolder { std::string path; };
/// A name in the folder, or a path. A file that is there already is replaced only when the person has said so.
struct ChooseFile { std::string name; bool replace = false; };
struct CloseFileDialog {};
struct SelectBranch { int id = 0; };
struct RenameBranch { int id = 0; std::string name; };
struct RemoveBranch { int id = 0; };
struct ToggleRecording {};  // stopping saves it
/// `branch`: nullopt is what one stands on. `name`: "" is the file that it came from, or a new one.
struct SaveRun { std::optional<int> branch; std::string name; };
/// The recording that a crash has left behind.
struct OpenRecovered {};
struct DiscardRecovered {};
struct SetLanguage { raft::explain::Language language{}; };
struct SetTheme { ThemeName theme{}; };
struct SetTextScale { float factor = 1; };  // 1 is normal; + and - in steps
struct SetReducedMotion { bool on = false; };
struct SetLecturePath { bool on = false; };  // of the home screen
struct Author { AuthorAction what; };  // of the walkthrough that is being written
struct ToggleFullScreen {};
/// Does what the palette offers in that row for what is typed; an incomplete line is completed instead.
struct PaletteEnter { std::string text; int row = 0; };
struct ToggleGuessing {};            // free play stops before something worth seeing, and asks
struct Guess { int option = 0; };    // the answer of the person, to the question that is open
struct CopyState {};                 // the state as text, to the clipboard
struct CopyRun {};                   // the run as a walkthrough, to the clipboard
struct PasteRun {};                  // the walkthrough that the clipboard holds is opened
struct MeasureElections { bool on = true; };  // of clusters like this one; false: no more
struct StopRunning {};  // what runs until something holds
struct DismissMessage {};
struct Quit {};

/// A second run beside this one, in lockstep: another branch, or the same cluster with one thing changed from the start.
struct Compare {
  bool on = true;  // false: this run alone again
  std::optional<int> branch = {};
  std::optional<raft::sim::Setting> toggled = {};
  int nodes = 0;  // 0: as many as here. With nothing chosen: what is nearest at hand
  friend bool operator==(const Compare&, const Compare&) = default;
};

using Action = std::variant<Intervene, SetPlaying, StepForward, StepBack, SeekEvent, SeekTime, PlayUntil, SetSpeed, NextStep,
                            PreviousStep, GoToStep, LeaveWalkthrough, StartFreePlay, OpenWalkthrough, ShowFileDialog,
                            ListFolder, ChooseFile, CloseFileDialog, SelectBranch, RenameBranch, RemoveBranch,
                            ToggleRecording, SaveRun, OpenRecovered, DiscardRecovered, SetLanguage, SetTheme,
                            SetTextScale, SetReducedMotion, SetLecturePath, ToggleFullScreen, PaletteEnter,
                            ToggleGuessing, Guess, CopyState, CopyRun, PasteRun, MeasureElections, StopRunning, DismissMessage,
                            ReplayStep, Author, Compare, Quit>;
using Actions = std::vector<Action>;

inline constexpr int slowest_exponent = -12;
inline constexpr int fastest_exponent = 2;

}  // namespace ui
