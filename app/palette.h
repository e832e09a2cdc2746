// What the command palette offers for what is typed: the language of walkthroughs, word by word; runs until something
// holds; questions; what the window can do; all of it found by plain words too. It decides nothing about the run.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/asked_now.h"
#include "app/session.h"
#include "raft/explain/explain.h"
#include "raft/walkthrough/conditions.h"
#include "ui/keys.h"
#include "ui/ui_state.h"
#include "ui/view.h"

namespace app {

/// What a line of the palette does.
struct Deed {
  struct Commands { std::vector<raft::sim::Intervention> all; };
  struct RunUntil { raft::walkthrough::Expression condition; raft::sim::Time within = 0; };
  /// To where it came true last; `within`: so much simulated time back at most.
  struct RunBack { raft::walkthrough::Expression condition; std::optional<raft::sim::Time> within; };
  struct Open { std::string path; };
  struct FreePlay { int nodes = 0; };
  struct Show { ui::Selection what; };  // in the inspector
  /// Nothing: the line is not whole, or it is a question, which is answered where it stands.
  std::variant<std::monostate, Commands, RunUntil, RunBack, ui::Command, Open, FreePlay, Show> what;
};

struct PaletteOffers {
  ui::PaletteView shown;
  std::vector<Deed> deeds;  // of its rows
};

/// All that the palette looks at. The caller keeps it alive.
struct PaletteQuestion {
  const Session& session;
  const raft::explain::Words& words;
  const std::array<raft::explain::Words, 2>& all_words;  // plain words are understood in all languages
  const std::vector<ui::LibraryEntry>& library;
  const std::vector<std::string>& history;  // the last first
  AnswersKept& answers;
};

PaletteOffers palette_offers(const std::string& typed, const PaletteQuestion& asked);

/// How long `until CONDITION` runs without `within`.
inline constexpr raft::sim::Time default_limit = 60'000'000;

}  // namespace app
