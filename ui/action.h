// All that a person can ask for in the window. The UI returns actions; the app carries them out after the
// frame is built.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "raft/explain/explain.h"
#include "raft/sim/intervention.h"
#include "ui/author_action.h"
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
struct GoToStep { int index = 0; };      // at its end
struct ReplayStep {};  // the one at the cursor, from its start
struct LeaveWalkthrough {};                  // free play from here on
struct StartFreePlay { int nodes = 5; };     // a new cluster
struct OpenWalkthrough { std::string path; };
struct SetLanguage { raft::explain::Language language{}; };
struct SetTheme { ThemeName theme{}; };
struct SetTextScale { float factor = 1; };  // 1 is normal; + and - in steps
struct Author { AuthorAction what; };  // of the walkthrough that is being written
struct ToggleFullScreen {};
struct DismissMessage {};
struct Quit {};

using Action = std::variant<Intervene, SetPlaying, StepForward, StepBack, SeekEvent, SeekTime, SetSpeed, NextStep,
                            PreviousStep, GoToStep, LeaveWalkthrough, StartFreePlay, OpenWalkthrough, SetLanguage,
                            SetTheme, SetTextScale, ToggleFullScreen, DismissMessage, ReplayStep, Author, Quit>;
using Actions = std::vector<Action>;

inline constexpr int slowest_exponent = -12;
inline constexpr int fastest_exponent = 2;

}  // namespace ui
