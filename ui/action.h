// All that a person can ask for in the window. The UI returns actions; the app carries them out after the
// frame is built.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "raft/explain/explain.h"
#include "raft/sim/intervention.h"
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
/// Simulated time runs at 2^exponent of real time: -6 is 1/64x.
struct SetSpeed { int exponent = 0; };
struct NextStep {};      // of the walkthrough
struct PreviousStep {};  // exact and instant: to the end of the step before
struct GoToStep { int index = 0; };
struct LeaveWalkthrough {};                  // free play from here on
struct StartFreePlay { int nodes = 5; };     // a new cluster
struct OpenWalkthrough { std::string path; };
struct SetLanguage { raft::explain::Language language{}; };
struct SetTheme { ThemeName theme{}; };
struct SetTextScale { float factor = 1; };  // 1 is normal; + and - in steps
struct ToggleFullScreen {};
/// Does what the palette offers in that row for what is typed; an incomplete line is completed instead.
struct PaletteEnter { std::string text; int row = 0; };
struct ToggleGuessing {};            // free play stops before something worth seeing, and asks
struct Guess { int option = 0; };    // the answer of the person, to the question that is open
struct CopyState {};                 // the state as text, to the clipboard
struct CopyRun {};                   // the run as a walkthrough, to the clipboard
struct PasteRun {};                  // the walkthrough that the clipboard holds is opened
struct StopRunning {};  // what runs until something holds
struct DismissMessage {};
struct Quit {};

using Action = std::variant<Intervene, SetPlaying, StepForward, StepBack, SeekEvent, SeekTime, SetSpeed, NextStep,
                            PreviousStep, GoToStep, LeaveWalkthrough, StartFreePlay, OpenWalkthrough, SetLanguage,
                            SetTheme, SetTextScale, ToggleFullScreen, PaletteEnter, ToggleGuessing, Guess,
                            CopyState, CopyRun, PasteRun, StopRunning, DismissMessage, Quit>;
using Actions = std::vector<Action>;

inline constexpr int slowest_exponent = -12;
inline constexpr int fastest_exponent = 2;

}  // namespace ui
