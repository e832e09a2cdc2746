// One frame: the keys, the layout, the panels in their places, what lies over them, and the tooltip last.
#include "ui/ui.h"

#include <imgui.h>
#include <imgui_internal.h>  // BringWindowToDisplayFront

#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/key_routes.h"
#include "ui/panels/compare.h"
#include "ui/panels/diagram.h"
#include "ui/panels/panels.h"
#include "ui/panels/stage.h"
#include "ui/panels/transport.h"

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

/// Seen where panels meet between two pixels. It is cleared to, which costs a tenth of painting it.
void set_ground(Color color) { ImGui::GetStyle().Colors[ImGuiCol_WindowBg] = ImGui::ColorConvertU32ToFloat4(color); }

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
    return {view, state, notes, Canvas(ImGui::GetWindowDrawList(), theme, view.text_scale, state.drawn), area, on_top};
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
  void above(const char* name, const Rect& area, Draw&& draw, bool has_keyboard = true) const {
    in_window(name, area, bare_window & ~ImGuiWindowFlags_NoBringToFrontOnFocus, draw, has_keyboard);
  }

  /// The same, and whoever types goes on typing where they were.
  template <typename Draw>
  void notice(const char* name, const Rect& area, Draw&& draw) const {
    in_window(name, area, bare_window | ImGuiWindowFlags_NoFocusOnAppearing, draw, true);
  }

  template <typename Draw>
  void in_window(const char* name, const Rect& area, ImGuiWindowFlags flags, Draw& draw, bool has_keyboard) const {
    if (is_empty(area)) return;
    ImGui::SetNextWindowPos({area.left, area.top});
    ImGui::SetNextWindowSize({area.width(), area.height()});
    ImGui::Begin(name, nullptr, flags);
    if (ImGui::IsWindowAppearing()) ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
    Panel here = panel(area, has_keyboard);
    draw(here);
    ImGui::End();
  }
};

Layout layout_of(const View& view, const UiState& state, const Frame& frame) {
  const std::size_t other_nodes = view.compare != nullptr ? view.compare->other->world().node_count() : 0;
  return make_layout({.width = frame.width,
                      .height = frame.height,
                      .text_scale = view.text_scale,
                      .nodes = static_cast<int>(std::max(view.world().node_count(), other_nodes)),
                      .right_width = state.right_width,
                      .log_height = state.log_height,
                      .diagram_height = state.diagram_height,
                      .diagram = state.diagram.open && view.compare == nullptr,
                      .room = state.room,
                      .branches = !view.branches.empty(),
                      .compare = view.compare != nullptr && view.author == nullptr,
                      .picked = state.selection.kind != Selection::Kind::Nothing,
                      .author = view.author != nullptr,
                      .legend = state.legend_open,
                      .rules_off = !view.world().settings.core.rules.all_on()});
}

void draw_splitters(const Drawing& drawing, const Layout& layout) {
  UiState& state = drawing.state;
  drawing.in_place("log splitter", layout.log_splitter, [&](Panel& panel) {
    const float by = splitter(panel, "splitter", panel.area, SplitterKind::MovesUpDown);
    if (by == 0) return;
    if (!is_empty(layout.diagram)) {
      state.diagram_height = layout.diagram.height() - by;
    } else {
      state.log_height = layout.log.height() - by;
    }
  });
  drawing.in_place("right splitter", layout.right_splitter, [&](Panel& panel) {
    const float by = splitter(panel, "splitter", panel.area, SplitterKind::MovesLeftRight);
    if (by != 0) state.right_width = drawing.frame.width - panel.area.center().x - by;
  });
}

/// The other run is drawn as this one is, and can only be looked at.
void draw_other_run(const Drawing& drawing, const Layout& layout) {
  if (is_empty(layout.other_stage)) return;
  UiState& state = drawing.state;
  if (!state.other) state.other = std::make_shared<UiState>();
  UiState& other = *state.other;
  other.hovered = state.hovered;
  other.selection = state.selection;
  // Where the runs are no longer the same, a message of this number may be another one.
  const auto of_one_run = [&](const Selection& what) { return what.kind == Selection::Kind::Message && drawing.view.compare->difference; };
  if (of_one_run(other.selection)) other.selection = {};
  if (of_one_run(other.hovered)) other.hovered = {};
  other.stage.placed = state.stage.placed;
  other.hide_heartbeats = state.hide_heartbeats;
  other.room = state.room;
  other.mouse_rests = state.mouse_rests;
  other.drawn = state.drawn;
  other.focus = {};  // the keyboard goes to this run alone
  View view = *drawing.view.compare->other;
  view.text_scale = drawing.view.text_scale;
  const Drawing beside{view, other, drawing.frame, drawing.notes, drawing.theme};
  beside.in_place("other stage", layout.other_stage, draw_stage_panel);
  beside.in_place("other log", layout.other_log, [&](Panel& panel) { draw_log_table(panel, layout); });
}

void draw_panels(const Drawing& drawing, const Layout& layout) {
  drawing.in_place("stage", layout.stage, draw_stage_panel);
  drawing.in_place("top bar", layout.top_bar, draw_top_bar);
  drawing.in_place("rules", layout.rules, draw_rules_strip);
  drawing.in_place("log", layout.log, [&](Panel& panel) { draw_log_table(panel, layout); });
  draw_other_run(drawing, layout);
  drawing.in_place("compare", layout.compare, draw_compare_heads);
  drawing.in_place("diagram", layout.diagram, draw_diagram);
  drawing.in_place("inspector", layout.inspector, draw_inspector);
  drawing.in_place("upcoming", layout.upcoming, draw_upcoming);
  drawing.in_place("events", layout.events, draw_events);
  drawing.in_place("author", layout.author, draw_author);
  drawing.in_place("legend", layout.legend, draw_legend_column);
  drawing.in_place("safety", layout.safety, draw_safety_strip);
  drawing.in_place("caption", layout.caption, [&](Panel& panel) { draw_caption(panel, layout); });
  drawing.in_place("transport", layout.transport, draw_transport);
  draw_splitters(drawing, layout);
}

void draw_what_lies_above(const Drawing& drawing, const Layout& layout) {
  const View& view = drawing.view;
  const UiState& state = drawing.state;
  const Rect window{0, 0, drawing.frame.width, drawing.frame.height};
  const Canvas measure(ImGui::GetWindowDrawList(), drawing.theme, view.text_scale);
  drawing.notice("message", message_bar_rect(view, layout, measure), draw_message_bar);
  drawing.notice("legend card", legend_card_rect(view, state, layout), draw_legend_card);
  drawing.notice("seek legend", seek_legend_rect(drawing.panel(layout.transport, true)), draw_seek_legend);
  drawing.notice("diagram menu", diagram_menu_rect(drawing.panel(layout.diagram, true)), draw_diagram_menu);
  // A sheet's veil does not make the strip of rules paler: it is drawn once more, above it.
  const auto sheet = [&](const char* name, auto draw, bool topmost) {
    const auto draw_both = [&](Panel& panel) {
      draw(panel);
      Panel strip = drawing.panel(layout.rules, topmost);
      if (!is_empty(layout.rules)) draw_rules_strip(strip);
    };
    drawing.above(name, window, draw_both, topmost);
  };
  drawing.notice("branches", branch_list_rect(view, state, layout), draw_branch_list);
  drawing.notice("compare list", compare_list_rect(view, state, layout), draw_compare_list);
  if (state.room) drawing.notice("recording", recording_mark_rect(view, layout, measure), draw_recording_mark);
  const bool recovery = asks_about_recovery(view, state);
  const bool names = state.name_prompt.what != NamePrompt::For::Nothing;
  const bool files = view.files != nullptr;
  const bool palette = state.palette.open;
  const bool text = state.text_open;
  const bool steps = state.steps_open;
  const bool written = view.author != nullptr && state.author.text_open;
  const bool above_help = palette || recovery || names || steps || written;
  if (state.library_open && !recovery) sheet("home", draw_home, home_has_keys(view, state));
  if (state.settings.open) sheet("settings", draw_settings, !text && !files && !state.help_open && !above_help);
  if (text) sheet("state as text", draw_state_text, !files && !state.help_open && !above_help);
  if (files) sheet("files", draw_file_dialog, !state.help_open && !above_help);
  if (state.help_open) sheet("help", draw_help, !above_help);
  if (steps) sheet("steps", draw_steps, !palette && !recovery && !names);
  if (written) sheet("walkthrough text", draw_author_text, !palette && !recovery && !names);
  if (recovery) sheet("recovery", draw_recovery, !palette && !names);
  if (names) sheet("name", draw_name_prompt, !palette);
  if (palette) drawing.above("palette", palette_rect(view, layout, drawing.frame.width), draw_palette);
}

/// Whoever has gone back, or to another branch, may hold on to a node that is not there yet. True if it was the selection.
bool let_go_of_absent_nodes(const View& view, UiState& state) {
  const raft::NodeSet all = view.world().all_nodes();
  const auto absent = [all](raft::NodeId node) { return node != raft::no_node && !all.contains(node); };
  StageState& stage = state.stage;
  if (absent(stage.menu.node) || absent(stage.menu.other)) stage.menu = {};
  if (absent(state.write.to)) state.write = {};
  if (absent(stage.grabbed.value_or(raft::no_node))) stage.drop_gesture();
  std::erase_if(stage.eased, [&](const auto& node) { return absent(node.first); });
  const bool picked = absent(state.selection.node) || absent(state.selection.other);
  if (picked) state.selection = {};
  return picked;
}

/// Where a panel is not drawn any more nothing sees the mouse let go: what it was in the middle of does not happen.
void let_go_of_unseen_panels(const View& view, const Layout& layout, UiState& state) {
  const bool covered = state.library_open || state.blank;
  if (covered || is_empty(layout.stage)) state.stage.drop_gesture();
  if (covered || is_empty(layout.diagram)) {
    state.diagram.drag = {};
    state.diagram.menu = {};
  }
  std::optional<AuthorState::Drag>& drag = state.author.drag;
  const bool unseen = covered || view.author == nullptr || is_empty(layout.author);
  if (unseen || (drag && drag->step >= static_cast<int>(view.author->steps.size()))) drag.reset();
  if (view.branches.empty()) state.branch_list = {};  // else it would open again with the next branch
}

/// Whoever picks something else wants to read about it, where the legend stands.
bool pick_closes_legend(UiState& state, const Layout& layout) {
  const bool other = state.selection.kind != Selection::Kind::Nothing && state.selection != state.picked_before;
  state.picked_before = state.selection;
  if (!other || is_empty(layout.legend)) return false;
  state.legend_open = false;
  return true;
}

/// Whoever goes on by keys has left the mouse where it lies: it points at nothing until it is moved, turned or pressed.
void tend_mouse(UiState& state, const Frame& frame) {
  const ImVec2 at = ImGui::GetMousePos();
  const Point now{at.x, at.y};
  const ImGuiIO& io = ImGui::GetIO();
  const bool turned = io.MouseWheel != 0 || io.MouseWheelH != 0;
  const bool used = now != state.mouse_at || ImGui::IsAnyMouseDown() || turned;
  state.mouse_at = now;
  if (ImGui::IsAnyMouseDown()) state.clicked_at = now;
  const bool keyed = !frame.keys.empty() || !io.InputQueueCharacters.empty();
  state.mouse_rests = !used && (state.mouse_rests || keyed);
}

/// A click anywhere takes the focus back from Tab.
void forget_focus_on_click(UiState& state) {
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) state.focus.widget = 0;
}

/// Dear ImGui cuts windows down to whole points, which at odd display scales leaves a gap at the edge.
Frame in_whole_points(const Frame& frame) {
  return {std::ceil(frame.width - 0.05F), std::ceil(frame.height - 0.05F), frame.keys};
}

View in_room(const View& view, bool room, float height) {
  View larger = view;
  if (room) larger.text_scale *= room_factor(height, view.text_scale);
  return larger;
}

}  // namespace

bool lies_over_panels(const View& view, const UiState& state) {
  return state.help_open || state.library_open || state.settings.open || state.palette.open || state.text_open ||
         state.branch_list.open || (view.compare != nullptr && state.compare_list_open) || state.steps_open ||
         (view.author != nullptr && state.author.text_open) || view.files != nullptr ||
         state.name_prompt.what != NamePrompt::For::Nothing || asks_about_recovery(view, state);
}

float room_factor(float height, float text_scale) {
  const float needed = height / 36 / text_small / text_scale;
  // In quarters, so that a window that is being resized does not build its fonts anew for every size.
  return std::max(1.5F / std::max(text_scale, 1.0F), std::ceil(needed * 4) / 4);
}

FrameResult draw_window(const View& seen, UiState& state, const Frame& wanted) {
  FrameNotes notes;
  // What the caller has prepared was still for that selection.
  notes.result.animating = let_go_of_absent_nodes(seen, state);
  if (state.field.taken) state.field = {};  // and nobody has refused it since
  const Selection lit_before = state.hovered;
  const Frame frame = in_whole_points(wanted);
  handle_keys(seen, state, frame, notes);
  forget_focus_on_click(state);
  tend_mouse(state, frame);
  const View view = in_room(seen, state.room, frame.height);
  notes.overlay = lies_over_panels(seen, state);
  const Theme& theme = state.room ? room_theme() : ui::theme(view.theme);

  set_ground(theme.background);
  push_style(theme, view.text_scale);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({frame.width, frame.height});
  ImGui::Begin("Raftlab", nullptr, bare_window);
  const Drawing drawing{view, state, frame, notes, theme};
  Layout layout = layout_of(view, state, frame);
  if (pick_closes_legend(state, layout)) layout = layout_of(view, state, frame);
  let_go_of_unseen_panels(view, layout, state);
  notes.clear_top = layout.rules.bottom;
  const Rect window{0, 0, frame.width, frame.height};
  if (state.blank) {
    drawing.panel(window, false).canvas.rect(window, rgb(0x000000), 0);
  } else {
    if (!state.library_open) draw_panels(drawing, layout);  // the home screen covers them all
    draw_what_lies_above(drawing, layout);
  }
  ImGui::End();
  const Canvas top(ImGui::GetForegroundDrawList(), theme, view.text_scale, state.drawn);
  if (!state.blank) draw_tooltip(top, notes.tooltip, frame.width, frame.height);
  pop_style();

  // Panels that were drawn before the one under the mouse have not shown yet what is lit now; and after a menu has closed
  // under a resting mouse there might be no other frame.
  if (lit_before != notes.hovered || state.hovered_event != notes.hovered_event) notes.result.animating = true;
  state.hovered = notes.hovered;
  state.hovered_event = notes.hovered_event;
  if (!notes.over_widget) state.hover = {};
  state.focus.order = std::exchange(state.focus.seen, {});
  state.focus.places = std::exchange(state.focus.seen_places, {});
  state.focus.moved = false;
  state.focus.arrows_inside = notes.arrows_inside;
  // What has gone takes the focus with it, or Enter would belong to nothing.
  const std::vector<std::uint32_t>& order = state.focus.order;
  if (std::find(order.begin(), order.end(), state.focus.widget) == order.end()) state.focus.widget = 0;
  return std::move(notes.result);
}

}  // namespace ui
