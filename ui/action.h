// All that a person can ask for in the window. The UI returns actions; the app carries them out after the
// frame is built.
#pragma once

#include <optional>
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
struct ToggleFullScreen {};
struct DismissMessage {};
struct Quit {};

using Action = std::variant<Intervene, SetPlaying, StepForward, StepBack, SeekEvent, SeekTime, SetSpeed, NextStep,
                            PreviousStep, GoToStep, LeaveWalkthrough, StartFreePlay, OpenWalkthrough, SelectBranch,
                            RenameBranch, RemoveBranch, ToggleRecording, SaveRun, OpenRecovered, DiscardRecovered, SetLanguage,
                            SetTheme, SetTextScale, ToggleFullScreen, DismissMessage, Quit>;
using Actions = std::vector<Action>;

inline constexpr int slowest_exponent = -12;
inline constexpr int fastest_exponent = 2;

}  // namespace ui
