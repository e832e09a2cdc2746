// One frame: the keys, the layout, the panels in their places, what lies over them, and the tooltip last.
#include "ui/ui.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/keys.h"
#include "ui/panels/panels.h"
#include "ui/panels/stage.h"

namespace ui {

namespace {

constexpr ImGuiWindowFlags bare_window = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                         ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav |
                                         ImGuiWindowFlags_NoBringToFrontOnFocus;

/// Dear ImGui's own drawing is switched off; only text fields still use its colours.
void push_style(const Theme& theme, float scale) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 0);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1, 1});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {8 * scale, 6 * scale});
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, 6 * scale);
  ImGui::PushStyleColor(ImGuiCol_Text, theme.text);
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, theme.text_quiet);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, theme.background);
  ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, with_alpha(theme.accent, 0.35F));
}

void pop_style() {
  ImGui::PopStyleColor(4);
  ImGui::PopStyleVar(7);
}

struct Drawing {
  const View& view;
  UiState& state;
  const Frame& frame;
  FrameNotes& notes;
  const Theme& theme;

  Panel panel(const Rect& area, bool on_top) const {
    return {view, state, notes, Canvas(ImGui::GetWindowDrawList(), theme, view.text_scale), area, on_top};
  }

  /// Runs `draw` inside a region of Dear ImGui that clips to `area`.
  template <typename Draw>
  void in_place(const char* name, const Rect& area, Draw&& draw) const {
    if (is_empty(area)) return;
    ImGui::SetCursorScreenPos({area.left, area.top});
    ImGui::BeginChild(name, {area.width(), area.height()}, false, bare_window);
    Panel here = panel(area, false);
    draw(here);
    ImGui::EndChild();
  }

  /// The same in a window of its own, above the panels.
  template <typename Draw>
  void above(const char* name, const Rect& area, Draw&& draw) const {
    if (is_empty(area)) return;
    ImGui::SetNextWindowPos({area.left, area.top});
    ImGui::SetNextWindowSize({area.width(), area.height()});
    ImGui::Begin(name, nullptr, bare_window & ~ImGuiWindowFlags_NoBringToFrontOnFocus);
    Panel here = panel(area, true);
    draw(here);
    ImGui::End();
  }
};

Layout layout_of(const View& view, const UiState& state, const Frame& frame) {
  return make_layout({.width = frame.width,
                      .height = frame.height,
                      .text_scale = view.text_scale,
                      .nodes = static_cast<int>(view.world().node_count()),
                      .right_width = state.right_width,
                      .log_height = state.log_height,
                      .room = state.room,
                      .author = view.author != nullptr,
                      .rules_off = !view.world().settings.core.rules.all_on()});
}

void draw_splitters(const Drawing& drawing, const Layout& layout) {
  UiState& state = drawing.state;
  drawing.in_place("log splitter", layout.log_splitter, [&](Panel& panel) {
    const float by = splitter(panel, "splitter", panel.area, SplitterKind::MovesUpDown);
    if (by != 0) state.log_height = layout.log.height() - by;
  });
  drawing.in_place("right splitter", layout.right_splitter, [&](Panel& panel) {
    const float by = splitter(panel, "splitter", panel.area, SplitterKind::MovesLeftRight);
    if (by != 0) state.right_width = drawing.frame.width - panel.area.center().x - by;
  });
}

void draw_panels(const Drawing& drawing, const Layout& layout) {
  drawing.in_place("stage", layout.stage, draw_stage_panel);
  drawing.in_place("top bar", layout.top_bar, draw_top_bar);
  drawing.in_place("rules", layout.rules, draw_rules_strip);
  drawing.in_place("log", layout.log, [&](Panel& panel) { draw_log_table(panel, layout); });
  drawing.in_place("inspector", layout.inspector, draw_inspector);
  drawing.in_place("events", layout.events, draw_events);
  drawing.in_place("author", layout.author, draw_author);
  drawing.in_place("safety", layout.safety, draw_safety_strip);
  drawing.in_place("caption", layout.caption, draw_caption);
  drawing.in_place("transport", layout.transport, draw_transport);
  draw_splitters(drawing, layout);
}

void draw_what_lies_above(const Drawing& drawing, const Layout& layout) {
  const View& view = drawing.view;
  const UiState& state = drawing.state;
  const Rect window{0, 0, drawing.frame.width, drawing.frame.height};
  const Canvas measure(ImGui::GetWindowDrawList(), drawing.theme, view.text_scale);
  drawing.above("message", message_bar_rect(view, layout, measure), draw_message_bar);
  // A sheet's veil does not make the strip of rules paler: it is drawn once more, above it.
  const auto sheet = [&](const char* name, auto draw) {
    drawing.above(name, window, [&](Panel& panel) {
      draw(panel);
      Panel strip = drawing.panel(layout.rules, true);
      if (!is_empty(layout.rules)) draw_rules_strip(strip);
    });
  };
  if (state.settings.open) sheet("settings", draw_settings);
  if (state.library_open) sheet("library", draw_library);
  if (state.help_open) sheet("help", draw_help);
  if (state.steps_open) sheet("steps", draw_steps);
  if (view.author != nullptr && state.author.text_open) sheet("walkthrough text", draw_author_text);
}

/// In the settings the arrows go from one control to the next and change what is reached.
bool moves_in_settings(UiState& state, const KeyPress& press, FrameNotes& notes) {
  if (!state.settings.open || state.help_open || state.library_open || press.ctrl || press.shift) return false;
  switch (press.key) {
    case Key::Up: move_focus(state.focus, true); return true;
    case Key::Down: move_focus(state.focus, false); return true;
    case Key::Left: notes.nudge -= 1; return state.focus.widget != 0;
    case Key::Right: notes.nudge += 1; return state.focus.widget != 0;
    default: return false;
  }
}

/// Enter and Space belong to the widget that Tab has reached.
bool activates(const UiState& state, const KeyPress& press) {
  return state.focus.widget != 0 && !press.repeat && (press.key == Key::Enter || press.key == Key::Space);
}

void handle_keys(const View& view, UiState& state, const Frame& frame, FrameNotes& notes) {
  const bool typing = ImGui::GetIO().WantTextInput;
  for (const KeyPress& press : frame.keys) {
    const std::optional<Command> command = command_of(press);
    if (typing && command != Command::Close) continue;
    if (moves_in_settings(state, press, notes)) continue;
    if (activates(state, press)) {
      notes.activate = true;
    } else if (command == Command::NextWidget || command == Command::PreviousWidget) {
      move_focus(state.focus, command == Command::PreviousWidget);
    } else if (command) {
      run_command(*command, press, view, state, notes.result.actions);
    }
  }
}

/// A click anywhere takes the focus back from Tab.
void forget_focus_on_click(UiState& state) {
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) state.focus.widget = 0;
}

/// Dear ImGui cuts windows down to whole points, which at odd display scales leaves a gap at the edge.
Frame in_whole_points(const Frame& frame) {
  return {std::ceil(frame.width - 0.05F), std::ceil(frame.height - 0.05F), frame.keys};
}

View in_room(const View& view, bool room) {
  View larger = view;
  if (room) larger.text_scale *= room_factor;
  return larger;
}

}  // namespace

FrameResult draw_window(const View& seen, UiState& state, const Frame& wanted) {
  FrameNotes notes;
  const Frame frame = in_whole_points(wanted);
  handle_keys(seen, state, frame, notes);
  forget_focus_on_click(state);
  const View view = in_room(seen, state.room);
  notes.overlay = state.help_open || state.library_open || state.settings.open || state.steps_open ||
                  (view.author != nullptr && state.author.text_open);
  const Theme& theme = ui::theme(view.theme);

  push_style(theme, view.text_scale);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({frame.width, frame.height});
  ImGui::Begin("Raftlab", nullptr, bare_window);
  const Drawing drawing{view, state, frame, notes, theme};
  const Layout layout = layout_of(view, state, frame);
  notes.clear_top = layout.rules.bottom;
  const Rect window{0, 0, frame.width, frame.height};
  drawing.panel(window, false).canvas.rect(window, theme.background, 0);
  if (state.blank) {
    drawing.panel(window, false).canvas.rect(window, rgb(0x000000), 0);
  } else {
    draw_panels(drawing, layout);
    draw_what_lies_above(drawing, layout);
  }
  ImGui::End();
  const Canvas top(ImGui::GetForegroundDrawList(), theme, view.text_scale);
  if (!state.blank) draw_tooltip(top, notes.tooltip, frame.width, frame.height);
  pop_style();

  state.hovered = notes.hovered;
  if (!notes.over_widget) state.hover = {};
  state.focus.order = std::exchange(state.focus.seen, {});
  state.focus.moved = false;
  return std::move(notes.result);
}

}  // namespace ui
