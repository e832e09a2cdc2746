// What a key does. A command changes what the UI remembers, or asks for an action; never the run.
#include <algorithm>
#include <cmath>

#include "ui/diagram_scene.h"
#include "ui/keys.h"
#include "ui/panels/panels.h"

namespace ui {

namespace {

using raft::NodeId;
using raft::NodeSet;

constexpr float smallest_text = 0.8F;
constexpr float largest_text = 2;
constexpr float text_step = 1.125F;

struct Keyboard {
  const View& view;
  UiState& state;
  Actions& actions;
  const KeyPress& press;

  void act(Action action) const { actions.push_back(std::move(action)); }
  void intervene(raft::sim::Intervention what) const {
    act(Intervene{std::move(what), raft::sim::Origin::Key});
  }
  NodeId picked() const { return state.selection.kind == Selection::Kind::Node ? state.selection.node : raft::no_node; }
};

void pick(const Keyboard& keys, std::size_t number) {
  if (number >= keys.view.world().node_count()) return;
  const Selection chosen{.kind = Selection::Kind::Node, .node = raft::node_at(number)};
  keys.state.selection = keys.state.selection == chosen ? Selection{} : chosen;
}

/// While a question waits for an answer the digits choose one.
bool choose_by_digit(const Keyboard& keys, int digit) {
  if (!keys.view.asks()) return false;
  const auto& walkthrough = keys.view.walkthrough;
  const bool guesses = keys.view.guesses();
  const auto& options = guesses ? keys.view.guess->options : walkthrough->question->options;
  if (digit < 1 || digit > static_cast<int>(options.size())) return false;
  if (guesses) {
    keys.act(Guess{digit - 1});
    return true;
  }
  keys.state.choice = {walkthrough->step, walkthrough->question->number, digit - 1};
  return true;
}

void pick_by_digit(const Keyboard& keys) {
  const int digit = static_cast<int>(keys.press.key) - static_cast<int>(Key::Digit0);
  if (choose_by_digit(keys, digit)) return;
  pick(keys, static_cast<std::size_t>(digit == 0 ? 9 : digit - 1));
}

void scale_text(const Keyboard& keys, float by) {
  const float wanted = keys.view.text_scale * by;
  // Steps meet 1 again exactly.
  const float steps = std::round(std::log(wanted) / std::log(text_step));
  keys.act(SetTextScale{std::clamp(std::pow(text_step, steps), smallest_text, largest_text)});
}

void toggle_tool(UiState& state, Tool tool) {
  state.stage.tool = state.stage.tool == tool ? Tool::Select : tool;
  state.stage.stroke.clear();
}

/// Of what is picked, as a click on it would open it.
void toggle_menu(UiState& state) {
  const Selection& picked = state.selection;
  StageMenu& menu = state.stage.menu;
  const bool was_open = menu.kind != StageMenu::Kind::Closed;
  menu = {.node = picked.node, .other = picked.other, .message = picked.message, .client = picked.client, .by_key = true, .focus_first = true};
  if (was_open) return;
  switch (picked.kind) {
    case Selection::Kind::Node: menu.kind = StageMenu::Kind::Node; break;
    case Selection::Kind::Message: menu.kind = StageMenu::Kind::Message; break;
    case Selection::Kind::Link: menu.kind = StageMenu::Kind::Link; break;
    case Selection::Kind::Client: menu.kind = StageMenu::Kind::Client; break;
    case Selection::Kind::Entry:
    case Selection::Kind::Nothing: break;
  }
}

/// What lies over the panels, in the order in which it is drawn (ui.cpp), the topmost first. False: nothing does.
bool close_sheet(const Keyboard& keys) {
  UiState& state = keys.state;
  if (state.blank) {
    state.blank = false;
  } else if (state.palette.open) {
    state.palette.open = false;
  } else if (state.name_prompt.what != NamePrompt::For::Nothing) {
    state.name_prompt = {};
  } else if (asks_about_recovery(keys.view, state)) {
    state.recovery_put_off = true;
  } else if (!state.field.id.empty()) {
    state.field = {};
  } else if (keys.view.author != nullptr && state.author.text_open) {
    state.author.text_open = false;
  } else if (state.steps_open) {
    state.steps_open = false;
  } else if (state.help_open) {
    state.help_open = false;
  } else if (keys.view.files != nullptr) {
    const FileDialogView& files = *keys.view.files;
    keys.act(files.replaces.empty() ? Action(CloseFileDialog{}) : Action(ListFolder{files.folder}));
  } else if (state.text_open) {
    state.text_open = false;
  } else if (state.settings.typing) {
    state.settings.typing.reset();
  } else if (state.settings.open) {
    state.settings = {};
  } else if (state.library_open && !state.home.search.empty()) {
    state.home.search.clear();
    state.focus.widget = 0;
  } else if (state.library_open) {
    state.library_open = false;
  } else {
    return false;
  }
  return true;
}

/// Lists and menus over a part of the window. False: none is open.
bool close_list(const Keyboard& keys) {
  UiState& state = keys.state;
  if (state.write.open) {
    state.write.open = false;
  } else if (state.compare_list_open && keys.view.compare != nullptr) {
    state.compare_list_open = false;
  } else if (state.branch_list.open) {
    state.branch_list = {};
  } else if (state.legend_open) {
    state.legend_open = false;
  } else if (state.diagram.menu.message != raft::sim::no_message) {
    state.diagram.menu = {};
  } else if (state.stage.menu.kind != StageMenu::Kind::Closed) {
    state.stage.menu = {};
  } else if (keys.view.author != nullptr && keys.view.author->list != AuthorList::None) {
    keys.act(Author{ShowSuggestions{AuthorList::None}});
  } else if (state.events_search_open) {
    state.events_search_open = false;
    state.events_of_picked = false;
  } else {
    return false;
  }
  return true;
}

/// What the mouse is in the middle of does not happen. False: it holds nothing.
bool drop_gesture(UiState& state) {
  StageState& stage = state.stage;
  if (state.author.drag && state.author.drag->moved && !state.author.drag->dropped) {
    state.author.drag->dropped = true;
  } else if (state.diagram.drag.kind == DiagramDrag::Kind::Delay) {
    state.diagram.drag = {};
  } else if (stage.pressing) {
    stage.drop_gesture();
  } else {
    return false;
  }
  return true;
}

/// One thing at a time, the topmost first.
void close(const Keyboard& keys) {
  UiState& state = keys.state;
  if (drop_gesture(state) || close_sheet(keys) || close_list(keys)) return;
  if (state.focus.widget != 0) {
    state.focus.widget = 0;
  } else if (state.stage.tool != Tool::Select) {
    state.stage.tool = Tool::Select;
    state.stage.stroke.clear();
    state.stage.new_islands.clear();
  } else if (state.diagram.tool != DiagramTool::Select) {
    state.diagram.tool = DiagramTool::Select;
  } else if (state.selection.kind != Selection::Kind::Nothing) {
    state.selection = {};
  } else if (keys.view.compare != nullptr) {
    keys.act(Compare{.on = false});
  } else {
    state.diagram.open = false;
  }
}

/// With no node picked: the leader, as a write goes to it then.
void kill_or_restart(const Keyboard& keys, NodeId picked) {
  const NodeId node = picked != raft::no_node ? picked : raft::sim::current_leader(keys.view.world());
  if (node == raft::no_node) return;
  if (keys.view.world().machine(node).up) {
    keys.intervene(raft::sim::Crash{NodeSet::only(node)});
  } else {
    keys.intervene(raft::sim::Restart{NodeSet::only(node)});
  }
}

void act_on_node(Command command, const Keyboard& keys) {
  const NodeId node = keys.picked();
  if (command == Command::Write) {
    keys.state.write.open = true;
    keys.state.write.to = node;
    keys.state.stage.menu = {};  // it would take the clicks beside the prompt
    return;
  }
  if (command == Command::KillOrRestart) return kill_or_restart(keys, node);
  if (node == raft::no_node) return;
  if (command == Command::TimeOut) keys.intervene(raft::sim::FireElectionTimer{node});
  if (command == Command::Isolate) keys.intervene(raft::sim::Isolate{NodeSet::only(node)});
}

/// A presenter's remote has two keys: they go through the walkthrough, or from one thing worth seeing to the next.
void go_on(const Keyboard& keys) {
  if (keys.view.guided()) {
    keys.act(NextStep{});
  } else {
    keys.act(StepForward{Stride::WorthSeeing});
  }
}

void go_back(const Keyboard& keys) {
  if (keys.view.guided()) {
    keys.act(PreviousStep{});
  } else {
    keys.act(StepBack{Stride::WorthSeeing});
  }
}

void move_cursor(Command command, const Keyboard& keys) {
  switch (command) {
    case Command::PlayPause: keys.act(SetPlaying{!keys.view.playing}); break;
    case Command::NextEvent: keys.act(StepForward{Stride::Event}); break;
    case Command::PreviousEvent: keys.act(StepBack{Stride::Event}); break;
    case Command::NextDelivery: keys.act(StepForward{Stride::Delivery}); break;
    case Command::PreviousDelivery: keys.act(StepBack{Stride::Delivery}); break;
    case Command::NextWorthSeeing: keys.act(StepForward{Stride::WorthSeeing}); break;
    case Command::PreviousWorthSeeing: keys.act(StepBack{Stride::WorthSeeing}); break;
    case Command::ToStart: keys.act(SeekEvent{0}); break;
    case Command::ToEnd: keys.act(SeekEvent{keys.view.run.end()}); break;
    case Command::Faster: keys.act(SetSpeed{std::min(keys.view.speed_exponent + 1, fastest_exponent)}); break;
    case Command::Slower: keys.act(SetSpeed{std::max(keys.view.speed_exponent - 1, slowest_exponent)}); break;
    default: break;
  }
}

/// A key that moves the diagram opens it.
void move_diagram(Command command, const Keyboard& keys) {
  DiagramState& diagram = keys.state.diagram;
  const raft::sim::Timeline& run = keys.view.run;
  constexpr double closer = 0.7;
  // Around the cursor, if it is seen.
  const auto center = [&diagram, &run] {
    const bool seen = run.clock() >= diagram.from && run.clock() <= diagram.from + diagram.span;
    return seen ? run.clock() : diagram.from + diagram.span / 2;
  };
  const bool was_open = diagram.open;
  if (command == Command::Diagram) {
    diagram.open = !diagram.open;
    return;
  }
  const bool moves = command == Command::DiagramEarlier || command == Command::DiagramLater ||
                     command == Command::DiagramCloser || command == Command::DiagramWider ||
                     command == Command::DiagramStep || command == Command::DiagramAll;
  if (!moves) return;
  diagram.open = true;
  if (command == Command::DiagramStep) show_step(diagram, keys.view);
  if (command == Command::DiagramAll) show_all(diagram, run);
  if (!was_open || diagram.span == 0) return;
  if (command == Command::DiagramEarlier) pan(diagram, run, -diagram.span / 8);
  if (command == Command::DiagramLater) pan(diagram, run, diagram.span / 8);
  if (command == Command::DiagramCloser) zoom(diagram, run, center(), closer);
  if (command == Command::DiagramWider) zoom(diagram, run, center(), 1 / closer);
}

void change_window(Command command, const Keyboard& keys) {
  UiState& state = keys.state;
  using raft::explain::Language;
  switch (command) {
    case Command::Close:
      if (keys.view.busy && !state.palette.open) {
        keys.act(StopRunning{});
      } else {
        close(keys);
      }
      break;
    case Command::OpenPalette: open_palette(state, ""); break;
    case Command::StateAsText: state.text_open = !state.text_open; break;
    case Command::Guessing: keys.act(ToggleGuessing{}); break;
    case Command::Compare: keys.act(Compare{.on = keys.view.compare == nullptr}); break;
    case Command::OpenFile: keys.act(ShowFileDialog{}); break;
    case Command::Help: state.help_open = !state.help_open; break;
    case Command::Legend: state.legend_open = !state.legend_open; break;
    case Command::SettingsSheet: state.settings = {.open = !state.settings.open}; break;
    case Command::Library:
      state.library_open = !state.library_open;
      state.home.search.clear();
      state.focus.widget = 0;
      break;
    case Command::Larger: scale_text(keys, text_step); break;
    case Command::Smaller: scale_text(keys, 1 / text_step); break;
    case Command::MinusKey:
      if (keys.view.world().node_count() > 10) {
        pick(keys, 10);
      } else {
        scale_text(keys, 1 / text_step);
      }
      break;
    case Command::NextLanguage:
      keys.act(SetLanguage{keys.view.words.language() == Language::English ? Language::Chinese : Language::English});
      break;
    case Command::NextTheme:
      keys.act(SetTheme{keys.view.theme == ThemeName::Paper ? ThemeName::Ink : ThemeName::Paper});
      break;
    case Command::ReducedMotion: keys.act(SetReducedMotion{!keys.view.reduced_motion}); break;
    case Command::Record: keys.act(ToggleRecording{}); break;
    case Command::Save: keys.act(SaveRun{}); break;
    case Command::SaveAs: state.name_prompt = {.what = NamePrompt::For::File}; break;
    case Command::FullScreen: keys.act(ToggleFullScreen{}); break;
    case Command::Room: state.room = !state.room; break;
    case Command::QuitProgram: keys.act(Quit{}); break;
    default: break;
  }
}

}  // namespace

void close_topmost(const KeyPress& press, const View& view, UiState& state, Actions& actions) {
  close({view, state, actions, press});
}

void run_command(Command command, const KeyPress& press, const View& view, UiState& state, Actions& actions) {
  const Keyboard keys{view, state, actions, press};
  if (state.blank && command != Command::Blank && command != Command::Close) state.blank = false;
  switch (command) {
    case Command::NextStep: go_on(keys); break;
    case Command::PreviousStep: go_back(keys); break;
    case Command::ReplayStep: keys.act(ReplayStep{}); break;
    case Command::Steps: state.steps_open = !state.steps_open && view.walkthrough.has_value(); break;
    case Command::Author: keys.act(Author{ToggleAuthor{}}); break;
    case Command::Blank: state.blank = !state.blank; break;
    case Command::PickNode: pick_by_digit(keys); break;
    case Command::KillOrRestart:
    case Command::TimeOut:
    case Command::Write:
    case Command::Isolate: act_on_node(command, keys); break;
    case Command::Menu:
      if (!lies_over_panels(keys.view, state)) toggle_menu(state);
      break;
    case Command::Lasso: toggle_tool(state, Tool::Lasso); break;
    case Command::Cut: toggle_tool(state, Tool::Cut); break;
    case Command::Heal: keys.intervene(raft::sim::Heal{}); break;
    case Command::NextWidget:
    case Command::PreviousWidget: break;  // key_routes.cpp
    default:
      move_cursor(command, keys);
      move_diagram(command, keys);
      change_window(command, keys);
  }
}

}  // namespace ui
